import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore } from '@credence/event-store-sqlite';
import { rootOfFirst, write } from '@credence/kernel';
import type { EventStore, Position, StoredEvent } from '@credence/kernel';
import {
  all,
  claimStream,
  confirmation,
  countingPrimitives,
  entryOf,
  naiveRoot,
  sha256,
} from '@credence/kernel/testing';
import { compiled } from '../support/compiled.js';
import { writerProcess } from '../support/writer-process.js';
import type { WriterProcess } from '../support/writer-process.js';

/** How often the writer is killed; CREDENCE_KILL_CYCLES for more. */
const CYCLES = Number(process.env['CREDENCE_KILL_CYCLES'] ?? 200);
/** Every so often events are so large that the log's checkpoints run while the process is killed. */
const LARGE_EVERY = 25;
const LARGE_BYTES = 60_000;

const failures: string[] = [];
const claim = (holds: boolean, what: string) => {
  if (!holds) failures.push(what);
};

/** What has been found in the folder so far. Each cycle looks at what is new, and at the root of what is not. */
class Findings {
  readonly ids: string[] = [];
  readonly entries: string[] = [];
  private root = '';
  private position: Position | null = null;

  async update(store: EventStore, cycle: string): Promise<readonly StoredEvent[]> {
    const { size } = store.log.head();
    claim(size >= this.ids.length, `${cycle}: events are gone`);
    if (this.root !== '') claim(rootOfFirst(store.log, this.ids.length, sha256) === this.root, `${cycle}: an old root`);
    const fresh = await all(store.readAll(this.position));
    for (const event of fresh) {
      claim(event.seq === this.ids.length, `${cycle}: seq ${String(event.seq)} after ${String(this.ids.length - 1)}`);
      this.ids.push(event.id);
      this.entries.push(entryOf(event));
    }
    claim(size === this.ids.length, `${cycle}: the log has ${String(size)} of ${String(this.ids.length)}`);
    this.root = rootOfFirst(store.log, size, sha256);
    this.position = fresh.at(-1)?.position ?? this.position;
    return fresh;
  }
}

/** Every batch is there with all of its events, side by side. */
function wholeBatches(events: readonly StoredEvent[], cycle: string): void {
  for (let i = 0; i < events.length;) {
    const { batch, size = 1 } = events[i]?.words as { batch?: string; size?: number };
    const found = events.slice(i, i + size).filter(event => (event.words as { batch?: string }).batch === batch);
    claim(
      found.length === size,
      `${cycle}: batch ${String(batch)} has ${String(found.length)} of ${String(size)} events`,
    );
    i += size;
  }
}

describe(`a writer killed ${String(CYCLES)} times (kill -9)`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'credence-kill-'));
  let program: ReturnType<typeof compiled>;
  let spare: WriterProcess | undefined;

  beforeAll(() => {
    program = compiled('test/fault/writer.ts');
  });
  afterAll(async () => {
    await spare?.kill();
    program.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const bytesOf = (cycle: number) => (cycle % LARGE_EVERY === LARGE_EVERY - 1 ? LARGE_BYTES : 100);
  const start = (cycle: number) => writerProcess(program.file, [folder, String(cycle), String(bytesOf(cycle))]);

  it(
    'promise 1: nothing acknowledged is lost, nothing is half-written; promise 2: a command asked again tells its outcome',
    async () => {
      const findings = new Findings();
      let acknowledged = 0;
      let unknown = 0;
      spare = start(0);
      for (let cycle = 0; cycle < CYCLES && failures.length === 0; cycle++) {
        const writer: WriterProcess = spare;
        await writer.line('ready');
        writer.go();
        // The next process starts while this one works: starting is most of a cycle.
        spare = start(cycle + 1);
        await writer.line('batch');
        await new Promise(resolve => setTimeout(resolve, Math.random() * (bytesOf(cycle) === LARGE_BYTES ? 200 : 60)));
        await writer.kill();

        const name = `cycle ${String(cycle)}`;
        const store = await openSqliteEventStore({ folder, clock: Date.now, sha256 });
        const fresh = await findings.update(store, name);
        wholeBatches(fresh, name);
        const found = new Map(fresh.map(event => [event.id, event]));
        for (const line of writer.said) {
          const [what, subject = '', ...rest] = line.split(' ');
          if (what === 'failed') claim(false, `${name}: ${line}`);
          if (what !== 'batch') continue;
          acknowledged += rest.length;
          claim(
            rest.every(id => found.has(id)),
            `${name}: batch ${subject} was acknowledged and is lost`,
          );
        }
        unknown += await askAgain(store, writer, cycle);
        await findings.update(store, name);
        await store.close();
      }
      expect(failures).toEqual([]);
      const store = await openSqliteEventStore({ folder, clock: Date.now, sha256 });
      const events = await all(store.readAll(null));
      expect(events.length).toBe(findings.ids.length);
      expect(events.every((event, i) => event.seq === i && event.id === findings.ids[i])).toBe(true);
      expect(rootOfFirst(store.log, events.length, sha256)).toBe(naiveRoot(events.map(entryOf)).toString('hex'));
      await store.close();
      expect(acknowledged).toBeGreaterThan(CYCLES);
      expect(unknown).toBeGreaterThan(0);
    },
    60_000 + CYCLES * 5000, // a third of a second each on an idle machine,
  );

  /** Asks the commands of a run again: who was told a seq is told the same, who was told nothing learns it now. */
  async function askAgain(store: EventStore, writer: WriterProcess, cycle: number): Promise<number> {
    const stream = claimStream(`run ${String(cycle)} commands`);
    const told = new Map(
      writer.said.filter(l => l.startsWith('done ')).map(l => l.split(' ').slice(1) as [string, string]),
    );
    const asked = writer.said.filter(line => line.startsWith('ask ')).map(line => line.slice(4));
    for (const command of asked.slice(-3)) {
      const written = await write(store, confirmation(stream, command), countingPrimitives(`again ${String(cycle)}`));
      const seq = told.get(command);
      if (!('receipt' in written)) claim(false, `${command}: ${written.detail}`);
      else if (seq !== undefined)
        claim(written.outcome === 'replayed' && String(written.receipt.seq) === seq, `${command}: another receipt`);
    }
    const events = await all(store.readStream(stream));
    claim(
      new Set(events.map(event => event.commandId)).size === events.length,
      `cycle ${String(cycle)}: carried out twice`,
    );
    claim(
      events.length === asked.length,
      `cycle ${String(cycle)}: ${String(events.length)} of ${String(asked.length)} commands`,
    );
    return asked.length - told.size;
  }
});
