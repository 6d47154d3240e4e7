import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { memoryEventStore, memoryViewStore } from '@credence/kernel';
import type { EventStore, StoredEvent } from '@credence/kernel';
import { countingPrimitives, sealed, sha256 } from '@credence/kernel/testing';
import { openLedger } from './open-ledger.js';
import { originOf } from './views-origin.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-origin-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const within = (...names: string[]) => join(folder, ...names);
const open = (name: string) => openLedger({ url: `sqlite:${within(name)}`, actor: 'ada' });

/** Opens a ledger, records the claims, and closes it. @returns the texts of all its claims, newest first */
async function session(name: string, ...texts: string[]): Promise<string[]> {
  const ledger = await open(name);
  try {
    for (const text of texts) await ledger.execute({ command: 'RecordClaim', data: {}, words: { text }, actor: 'ada' });
    await ledger.built();
    const { items } = await ledger.claims({ after: String((await ledger.health()).head) });
    const { claims } = await ledger.summary();
    expect(claims).toBe(items.length);
    return items.map(item => item.text);
  } finally {
    await ledger.close();
  }
}

describe('views follow the events that are there', () => {
  it('when the events were deleted and a new ledger is begun beside old views', async () => {
    await session('a', 'one', 'two');
    rmSync(within('a', 'events.sqlite'));
    expect(await session('a', 'three')).toEqual(['three']);
  });

  it.each([[['x']], [['x', 'y']], [['x', 'y', 'z']]])(
    'when those of another ledger were put in their place: %j',
    async others => {
      await session('a', 'one', 'two');
      await session('b', ...others);
      copyFileSync(within('b', 'events.sqlite'), within('a', 'events.sqlite'));
      expect(await session('a')).toEqual([...others].reverse());
      expect(await session('a', 'more')).toEqual(['more', ...[...others].reverse()]);
    },
  );

  it('when an older copy of the same ledger was put back, and when it went another way since', async () => {
    await session('a', 'one');
    copyFileSync(within('a', 'events.sqlite'), within('older.sqlite'));
    await session('a', 'two', 'three');
    copyFileSync(within('a', 'events.sqlite'), within('longer.sqlite'));
    copyFileSync(within('older.sqlite'), within('a', 'events.sqlite'));
    expect(await session('a')).toEqual(['one']);
    expect(await session('a', 'four')).toEqual(['four', 'one']);
    copyFileSync(within('longer.sqlite'), within('a', 'events.sqlite'));
    expect(await session('a')).toEqual(['three', 'two', 'one']);
  });
});

describe('what views pass over', () => {
  const MAIN = 'ledger-main';
  const primitives = countingPrimitives();
  const store = memoryEventStore({ clock: () => 0, sha256 });
  const views = memoryViewStore();
  const setAside = (event: number) =>
    sealed(MAIN, `set aside ${String(event)}`, primitives, { type: 'EventSetAside', data: { event } });

  /** As at a start. @returns what is set aside, and the revisions that were read to know it */
  async function started() {
    const revisions: number[] = [];
    const readStream: EventStore['readStream'] = async function* (stream, options) {
      for await (const page of store.readStream(stream, options)) {
        revisions.push(...page.map(({ revision }: StoredEvent) => revision));
        yield page;
      }
    };
    const origin = originOf({ log: store.log, readStream }, views);
    origin.forgetForeign([]);
    return { setAside: [...(await origin.setAside())], revisions };
  }

  it('is known at the next start, and of the stream where it stands only what came since is read', async () => {
    await store.append(MAIN, 'no-stream', [sealed(MAIN, 'opened', primitives), setAside(7), setAside(9)]);
    expect(await started()).toEqual({ setAside: [7, 9], revisions: [0, 1, 2] });
    expect(await started()).toEqual({ setAside: [7, 9], revisions: [] });
    await store.append(MAIN, 2, [setAside(4)]);
    expect(await started()).toEqual({ setAside: [7, 9, 4], revisions: [3] });
    expect(await started()).toEqual({ setAside: [7, 9, 4], revisions: [] });
  });
});
