import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openLedger } from './open-ledger.js';

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
