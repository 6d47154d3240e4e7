import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { canonicalize } from '@credence/integrity';
import { MAX_CLOCK_SKEW_MS } from '../clock.js';
import type { EventStore, StoredEvent } from '../event-store.js';
import { rootOfFirst, seqAt } from '../log.js';
import { claimStream, NOON, sealer, setClock, sha256 } from './build.js';
import { all, refusedWith } from './event-store-kit-case.js';
import type { EventStoreCase } from './event-store-kit-case.js';

const A = claimStream('a');
const B = claimStream('b');

const sha = (...parts: readonly (Uint8Array | string)[]) =>
  hash('sha256', Buffer.concat(parts.map(part => Buffer.from(part as Uint8Array))), 'buffer');

/** The tree hash as RFC 6962 section 2.1 defines it, with nothing kept and nothing shared with the code under test. */
export function naiveRoot(entries: readonly string[]): Buffer {
  if (entries.length === 0) return sha('');
  if (entries.length === 1) return sha('\u0000', entries[0] as string);
  let half = 1;
  while (half * 2 < entries.length) half *= 2;
  return sha('\u0001', naiveRoot(entries.slice(0, half)), naiveRoot(entries.slice(half)));
}

/** The entry of the log that an event is: its canonical envelope, member by member. */
export function entryOf(event: StoredEvent): string {
  const { id, stream, revision, seq, type, schemaVersion, recordedAt, actor } = event;
  const { commandId, commandHash, correlationId, ledger, dataHash, wordsHash } = event;
  const head = { id, stream, revision, seq, type, schemaVersion, recordedAt, actor };
  return canonicalize({ ...head, commandId, commandHash, correlationId, ledger, dataHash, wordsHash });
}

/** All that an event says. */
const told = (event: StoredEvent) => {
  const { position, effectiveAt, bytes, data, words, salts } = event;
  return { entry: entryOf(event), position, effectiveAt, bytes, data, words, salts: JSON.stringify(salts) };
};

/** @throws if the log is not the RFC 6962 tree over the events that the store gives */
export async function assertLog(store: EventStore, atSizes?: readonly number[]): Promise<void> {
  const entries = (await all(store.readAll(null))).map(entryOf);
  for (const size of atSizes ?? [entries.length])
    assert.equal(
      rootOfFirst(store.log, size, sha256),
      naiveRoot(entries.slice(0, size)).toString('hex'),
      `root of the first ${String(size)} events`,
    );
}

export const LOG: readonly EventStoreCase[] = [
  {
    name: 'the log is the RFC 6962 tree over the canonical envelopes, at every size',
    run: async stand => {
      const store = await stand.open();
      const { one, some } = sealer();
      await assertLog(store);
      await store.append(A, 'no-stream', [one(A)]);
      await store.append(B, 'no-stream', some(B, 30));
      for (let i = 0; i < 20; i++) await store.append(A, i, [one(A)]);
      await store.append(B, 29, some(B, 20));
      await assertLog(
        store,
        Array.from({ length: 72 }, (_, size) => size),
      );
    },
  },
  {
    name: 'beyond the head the log says so',
    run: async stand => {
      const store = await stand.open();
      assert.deepEqual(store.log.head(), { size: 0, effectiveAt: -Infinity });
      assert.throws(() => store.log.nodes(0), RangeError);
      await store.append(A, 'no-stream', [sealer().one(A)]);
      assert.throws(() => store.log.nodes(1), RangeError);
      assert.throws(() => store.log.effectiveAt(1), RangeError);
    },
  },
  {
    name: 'an event knows its size as committed: data, words and envelope in UTF-8',
    run: async stand => {
      const store = await stand.open();
      const event = sealer().one(A, { words: { text: 'größer 😀' } });
      await store.append(A, 'no-stream', [event]);
      const [found] = await all(store.readAll(null));
      assert(found !== undefined);
      assert.equal(found.bytes, Buffer.byteLength(event.dataText + event.wordsText + entryOf(found)));
    },
  },
  {
    name: 'recordedAt is the clock’s, and never decreases while the clock steps back by up to 5 s',
    run: async stand => {
      const clock = setClock();
      const store = await stand.open(clock);
      const { one } = sealer();
      const times = [0, 1000, -4000, 999, 1000, 6000, 1000, 5999, 6001].map(ms => NOON + ms);
      const expected: number[] = [];
      for (const [i, now] of times.entries()) {
        clock.now = now;
        expected.push(Math.max(...times.slice(0, i + 1)));
        await store.append(A, i === 0 ? 'no-stream' : i - 1, [one(A)]);
      }
      const events = await all(store.readAll(null));
      assert.deepEqual(
        events.map(event => Date.parse(event.recordedAt)),
        expected,
      );
      let running = -Infinity;
      for (const event of events) {
        running = Math.max(running, Date.parse(event.recordedAt));
        assert.equal(event.effectiveAt, running);
        assert.equal(store.log.effectiveAt(event.seq), running);
      }
      assert.equal(store.log.head().effectiveAt, running);
      assert.deepEqual(
        [seqAt(store.log, NOON - 1), seqAt(store.log, NOON + 1000), seqAt(store.log, Infinity)],
        [null, 4, 8],
      );
    },
  },
  {
    name: 'the events of one append are recorded at one moment, at which the clock stood inside the commit',
    run: async stand => {
      const clock = setClock();
      const store = await stand.open(clock);
      const { some } = sealer();
      const placed = await store.append(A, 'no-stream', some(A, 50));
      assert.deepEqual([...new Set(placed.map(({ recordedAt }) => recordedAt))], ['2026-03-01T12:00:00.000Z']);
    },
  },
  {
    name: 'a clock more than 5 s behind is refused and writes nothing; set right, it writes again',
    run: async stand => {
      const clock = setClock();
      let store = await stand.open(clock);
      const { one } = sealer();
      await store.append(A, 'no-stream', [one(A)]);
      store = await stand.reopen(store, clock);
      clock.now = NOON - MAX_CLOCK_SKEW_MS - 1;
      await refusedWith('clock-skew', store.append(A, 0, [one(A)]));
      await refusedWith('wrong-expected-revision', store.append(A, 5, [one(A)]));
      assert.equal(store.log.head().size, 1);
      clock.now = NOON - MAX_CLOCK_SKEW_MS;
      const [placed] = await store.append(A, 0, [one(A)]);
      assert.deepEqual([placed?.seq, placed?.recordedAt], [1, '2026-03-01T12:00:00.000Z']);
      await assertLog(store);
    },
  },
  {
    name: 'opened again, a store is what it was: events, log, dates, and the next seq',
    reopens: true,
    run: async stand => {
      const clock = setClock();
      let store = await stand.open(clock);
      const { one, some } = sealer();
      const look = async () => ({
        events: (await all(store.readAll(null))).map(told),
        head: store.log.head(),
        root: rootOfFirst(store.log, store.log.head().size, sha256),
      });
      store = await stand.reopen(store, clock);
      assert.equal(store.log.head().size, 0);
      for (let round = 1, a = 0; round < 9; round++) {
        clock.now += 1000;
        await store.append(A, a === 0 ? 'no-stream' : a - 1, some(A, round));
        a += round;
        const stream = claimStream(String(round));
        await store.append(stream, 'no-stream', [one(stream)]);
        const before = await look();
        store = await stand.reopen(store, clock);
        assert.deepEqual(await look(), before);
        await assertLog(store);
      }
    },
  },
];
