import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isLedgerError, isRefusal } from '@credence/contracts';
import type { EventStore } from '../event-store.js';
import { rootOfFirst } from '../log.js';
import { write } from '../write-loop.js';
import { claimStream, confirmation, countingPrimitives, sealer, setClock, sha256 } from './build.js';
import { all, runCase } from './event-store-kit-case.js';
import type { EventStoreCase, EventStoreSubject, Stand } from './event-store-kit-case.js';
import { assertLog, entryOf } from './event-store-kit-log.js';

const STREAMS = ['a', 'b', 'c'].map(claimStream);
const TOO_LONG = 'x'.repeat(70_000);

/** One thing that befalls a ledger. Streams and commands are numbers, so that they meet often. */
export type Step =
  | { readonly do: 'append'; readonly stream: number; readonly count: number; readonly off: number }
  | { readonly do: 'too-large'; readonly stream: number }
  | { readonly do: 'command'; readonly stream: number; readonly command: number; readonly content: number }
  | { readonly do: 'together'; readonly streams: readonly number[] }
  | { readonly do: 'clock'; readonly byMs: number }
  | { readonly do: 'reopen' };

const stream = fc.nat(STREAMS.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      stream,
      count: fc.integer({ min: 1, max: 4 }),
      off: fc.constantFrom(0, 0, 0, -1, 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('too-large' as const), stream }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('command' as const),
      stream,
      command: fc.nat(4),
      content: fc.constantFrom(0, 0, 0, 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('together' as const),
      streams: fc.array(stream, { minLength: 2, maxLength: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      byMs: fc.constantFrom(1, 1000, 60_000, -3000, -5000, -5001),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);

export const histories = fc.array(step, { maxLength: 40 });

/** What a naive ledger holds: a list, and nothing else. */
interface ModelEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly recordedAt: string;
  readonly commandId: string;
  readonly commandHash: string;
}

/** Plays a history and says what each step came to. With `model`, each outcome is also what the naive ledger has. */
export async function play(stand: Stand, steps: readonly Step[]): Promise<readonly unknown[]> {
  const clock = setClock();
  const primitives = countingPrimitives();
  const { one, some } = sealer(primitives);
  const model: ModelEvent[] = [];
  const said: unknown[] = [];
  let store = await stand.open(clock);
  let latest = -Infinity;

  const revisionOf = (name: string) => model.filter(event => event.stream === name).length - 1;
  const expectedOf = (revision: number) => (revision === -1 ? ('no-stream' as const) : revision);
  const remember = (
    name: string,
    event: { readonly id: string; readonly commandId: string; readonly commandHash: string },
  ) => {
    const { id, commandId, commandHash } = event;
    latest = Math.max(latest, clock.now);
    const recordedAt = new Date(latest).toISOString();
    model.push({ stream: name, revision: revisionOf(name) + 1, id, recordedAt, commandId, commandHash });
  };
  const skewed = () => clock.now < latest - 5000;

  for (const now of steps) {
    const name = 'stream' in now ? (STREAMS[now.stream] as string) : '';
    switch (now.do) {
      case 'clock':
        clock.now += now.byMs;
        break;
      case 'reopen':
        store = await stand.reopen(store, clock);
        break;
      case 'append': {
        const events = some(name, now.count);
        const revision = revisionOf(name) + now.off;
        const code = await outcome(store.append(name, expectedOf(Math.max(-1, revision)), events));
        const stale = Math.max(-1, revision) !== revisionOf(name);
        assert.equal(code, stale ? 'wrong-expected-revision' : skewed() ? 'clock-skew' : 'done');
        if (code === 'done') for (const event of events) remember(name, event);
        said.push(code);
        break;
      }
      case 'too-large': {
        const events = [one(name), one(name, { correlationId: TOO_LONG })];
        const code = await outcome(store.append(name, expectedOf(revisionOf(name)), events));
        assert.equal(code, skewed() ? 'clock-skew' : 'event-too-large');
        said.push(code);
        break;
      }
      case 'together': {
        // All see the same revision: of those who write to one stream, the first wins.
        const attempts = now.streams.map(i => {
          const target = STREAMS[i] as string;
          const event = one(target);
          return { target, event, code: outcome(store.append(target, expectedOf(revisionOf(target)), [event])) };
        });
        const won = new Set<string>();
        for (const { target, event, code } of attempts) {
          const found = await code;
          assert.equal(found, won.has(target) ? 'wrong-expected-revision' : skewed() ? 'clock-skew' : 'done');
          if (found === 'done') {
            won.add(target);
            remember(target, event);
          }
          said.push(found);
        }
        break;
      }
      case 'command': {
        const request = confirmation(name, `command ${String(now.command)}`, `content ${String(now.content)}`);
        const before = model.find(event => event.stream === name && event.commandId === request.commandId);
        const result = await write(store, request, primitives).catch((error: unknown) => {
          if (isLedgerError(error, 'clock-skew')) return error.code;
          throw error;
        });
        if (before === undefined && skewed()) assert.equal(result, 'clock-skew');
        else if (before !== undefined && before.commandHash !== request.commandHash) {
          assert(isRefusal(result));
          assert.equal(result.refused, 'idempotency-conflict');
        } else {
          assert(typeof result === 'object' && !isRefusal(result));
          assert.equal(result.outcome, before === undefined ? 'recorded' : 'replayed');
          const id = result.receipt.events[0]?.id ?? '';
          if (before === undefined) remember(name, { ...request, id });
          else assert.deepEqual([id, result.receipt.revision], [before.id, before.revision]);
        }
        said.push(result);
      }
    }
  }
  await assertModel(store, model);
  store = await stand.reopen(store, clock);
  await assertModel(store, model);
  await assertLog(store);
  const { size } = store.log.head();
  return [...said, (await all(store.readAll(null))).map(entryOf), rootOfFirst(store.log, size, sha256)];
}

async function outcome(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'done';
  } catch (error) {
    if (isLedgerError(error)) return error.code;
    throw error;
  }
}

async function assertModel(store: EventStore, model: readonly ModelEvent[]): Promise<void> {
  const pick = ({ stream: name, revision, id, recordedAt, commandId, commandHash }: ModelEvent) =>
    [name, revision, id, recordedAt, commandId, commandHash].join(' ');
  const everything = await all(store.readAll(null, { pageSize: 17 }));
  assert.deepEqual(everything.map(pick), model.map(pick));
  assert(everything.every((event, i) => event.seq === i));
  for (const name of STREAMS)
    assert.deepEqual((await all(store.readStream(name))).map(pick), model.filter(e => e.stream === name).map(pick));
}

export const HISTORIES: readonly EventStoreCase[] = [
  {
    name: 'promises 2 and 3: after any history a store holds what a naive list holds, and its log is the naive tree',
    run: async stand => {
      await fc.assert(
        fc.asyncProperty(histories, async steps => {
          await play(stand, steps);
        }),
        { numRuns: stand.histories, seed: 20260301 },
      );
    },
  },
];

/** @throws if two adapters do not come to the same, step by step and in every byte of the log, after any history */
export async function assertSame(a: EventStoreSubject, b: EventStoreSubject, runs = 40): Promise<void> {
  const transcript = async (subject: EventStoreSubject, steps: readonly Step[]) => {
    let said: readonly unknown[] = [];
    await runCase({ name: 'history', run: async stand => void (said = await play(stand, steps)) }, subject);
    return JSON.stringify(said);
  };
  await fc.assert(
    fc.asyncProperty(histories, async steps => (await transcript(a, steps)) === (await transcript(b, steps))),
    { numRuns: runs },
  );
}
