import assert from 'node:assert/strict';
import { isLedgerError, MAX_ENVELOPE_BYTES } from '@credence/contracts';
import type { EventStore } from '../event-store.js';
import { rootOfFirst } from '../log.js';
import { claimStream, sealer, sha256 } from './build.js';
import { all, ids, meanwhile, refusedWith, turn } from './event-store-kit-case.js';
import type { EventStoreCase } from './event-store-kit-case.js';

const A = claimStream('a');
const B = claimStream('b');
const TOO_LONG = 'x'.repeat(MAX_ENVELOPE_BYTES);

/** Everything that a reader can see of a store. */
const seen = async (store: EventStore) => ({
  events: ids(await all(store.readAll(null))),
  head: store.log.head(),
  root: rootOfFirst(store.log, store.log.head().size, sha256),
});

/** @throws if seqs are not 0, 1, 2, … or if a stream's revisions are not */
async function assertDense(store: EventStore): Promise<void> {
  const events = await all(store.readAll(null));
  assert.deepEqual(
    events.map(event => event.seq),
    events.map((_, i) => i),
    'seqs',
  );
  const next = new Map<string, number>();
  for (const { stream, revision } of events) {
    assert.equal(revision, next.get(stream) ?? 0, `revision in ${stream}`);
    next.set(stream, revision + 1);
  }
  assert.equal(store.log.head().size, events.length, 'size of the log');
}

export const APPENDS: readonly EventStoreCase[] = [
  {
    name: 'promise 3: a stream is created once',
    run: async stand => {
      const store = await stand.open();
      const { one } = sealer();
      const [first] = await store.append(A, 'no-stream', [one(A)]);
      assert.deepEqual([first?.revision, first?.seq], [0, 0]);
      await refusedWith('wrong-expected-revision', store.append(A, 'no-stream', [one(A)]));
      assert.equal((await all(store.readStream(A))).length, 1);
    },
  },
  {
    name: 'promise 3: an append lands right after the revision that its caller saw, or not at all',
    run: async stand => {
      const store = await stand.open();
      const { one, some } = sealer();
      await refusedWith('wrong-expected-revision', store.append(A, 0, [one(A)]));
      await store.append(A, 'no-stream', some(A, 2));
      await refusedWith('wrong-expected-revision', store.append(A, 2, [one(A)]));
      await refusedWith('wrong-expected-revision', store.append(A, -1, [one(A)]));
      const placed = await store.append(A, 1, some(A, 3));
      assert.deepEqual(
        placed.map(({ revision, seq }) => [revision, seq]),
        [
          [2, 2],
          [3, 3],
          [4, 4],
        ],
      );
      await assertDense(store);
    },
  },
  {
    name: 'promise 3: a stale revision writes nothing',
    run: async stand => {
      const store = await stand.open();
      const { one, some } = sealer();
      await store.append(A, 'no-stream', some(A, 3));
      const before = await seen(store);
      await refusedWith('wrong-expected-revision', store.append(A, 0, some(A, 2)));
      await refusedWith('wrong-expected-revision', store.append(A, 'no-stream', [one(A)]));
      assert.deepEqual(await seen(store), before);
      const [next] = await store.append(A, 2, [one(A)]);
      assert.deepEqual([next?.revision, next?.seq], [3, 3]);
      await assertDense(store);
    },
  },
  {
    name: 'promise 3: the receipt of an append says where each event stands',
    run: async stand => {
      const store = await stand.open();
      const { some } = sealer();
      await store.append(B, 'no-stream', some(B, 2));
      for (const { id, revision, recordedAt, seq = -1 } of await store.append(A, 'no-stream', some(A, 3))) {
        const event = await store.readEvent(seq);
        assert.deepEqual([event?.id, event?.revision, event?.recordedAt], [id, revision, recordedAt]);
      }
    },
  },
  {
    name: 'promise 1: a batch is there as a whole or not at all, for every reader at every moment',
    run: async stand => {
      const store = await stand.open();
      const { some } = sealer();
      const BATCH = 5;
      let writing = true;
      const wrote = meanwhile(
        (async () => {
          for (let i = 0; i < 40; i++) await store.append(A, i === 0 ? 'no-stream' : i * BATCH - 1, some(A, BATCH));
        })().finally(() => (writing = false)),
      );
      const counts = new Set<number>();
      while (writing) {
        counts.add((await all(store.readAll(null, { pageSize: 7 }))).length);
        counts.add((await all(store.readStream(A))).length);
        counts.add(store.log.head().size);
        await turn();
      }
      await wrote;
      assert.deepEqual(
        [...counts].filter(count => count % BATCH !== 0),
        [],
        'sizes seen in the middle of a batch',
      );
      assert.equal((await all(store.readStream(A))).length, 40 * BATCH);
    },
  },
  {
    name: 'promise 1: the head of the log is never ahead of what can be read',
    run: async stand => {
      const store = await stand.open();
      const { one } = sealer();
      let writing = true;
      const wrote = meanwhile(
        Promise.all(
          Array.from({ length: 30 }, (_, i) => claimStream(String(i))).map(async stream => {
            await store.append(stream, 'no-stream', [one(stream)]);
            await store.append(stream, 0, [one(stream)]);
          }),
        ).finally(() => (writing = false)),
      );
      while (writing) {
        const { size, effectiveAt } = store.log.head();
        if (size > 0) {
          assert.equal((await store.readEvent(size - 1))?.seq, size - 1);
          assert(store.log.nodes(size - 1).length >= 32);
          assert(store.log.effectiveAt(size - 1) <= effectiveAt);
        }
        await turn();
      }
      await wrote;
    },
  },
  {
    name: 'promise 1: what was refused is never seen by anybody',
    run: async stand => {
      const store = await stand.open();
      const { one } = sealer();
      const glimpsed = new Map<number, Set<string>>();
      const note = (events: readonly { readonly seq: number; readonly id: string }[]) => {
        for (const { seq, id } of events) glimpsed.set(seq, (glimpsed.get(seq) ?? new Set()).add(id));
      };
      const abort = new AbortController();
      const following = meanwhile(
        (async () => {
          for await (const page of store.follow(null, { signal: abort.signal })) note(page);
        })(),
      );
      await store.append(A, 'no-stream', [one(A)]);
      for (let i = 0; i < 20; i++) {
        const attempts = [
          store.append(A, i, [one(A)]),
          store.append(A, i, [one(A)]),
          store.append(A, i + 1, [one(A), one(A, { correlationId: TOO_LONG })]),
          store.append(B, 7, [one(B)]),
        ];
        const settled = Promise.allSettled(attempts);
        note(await all(store.readAll(null)));
        await turn();
        note(await all(store.readAll(null)));
        assert.equal((await settled).filter(({ status }) => status === 'fulfilled').length, 1);
      }
      await turn();
      abort.abort();
      await following;
      const final = await all(store.readAll(null));
      for (const [seq, found] of glimpsed) assert.deepEqual([...found], [final[seq]?.id], `event ${String(seq)}`);
    },
  },
  {
    name: 'promise 3: among appends that share a commit, a conflict fails alone',
    run: async stand => {
      const store = await stand.open();
      const { one } = sealer();
      await store.append(A, 'no-stream', [one(A)]);
      const C = claimStream('c');
      const outcomes = await Promise.allSettled([
        store.append(A, 0, [one(A)]),
        store.append(A, 0, [one(A)]),
        store.append(B, 'no-stream', [one(B)]),
        store.append(B, 'no-stream', [one(B)]),
        store.append(A, 1, [one(A)]),
        store.append(C, 3, [one(C)]),
        store.append(B, 0, [one(B)]),
      ]);
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
      );
      // Which stream came first is the store's to say; within each they stand as they were asked for.
      for (const [stream, count] of [
        [A, 3],
        [B, 2],
        [C, 0],
      ] as const)
        assert.deepEqual(
          (await all(store.readAll(null))).filter(event => event.stream === stream).map(({ revision }) => revision),
          Array.from({ length: count }, (_, i) => i),
        );
      await assertDense(store);
    },
  },
  {
    name: 'promise 3: seq has no gaps and no repeats under 64 writers who come in each other’s way',
    run: async stand => {
      const store = await stand.open();
      const { one } = sealer();
      let conflicts = 0;
      const places: [seq: number | undefined, id: string][] = [];
      const writer = async (n: number) => {
        const stream = claimStream(`shared ${String(n % 8)}`);
        for (let landed = 0; landed < 4;) {
          const { length } = await all(store.readStream(stream));
          try {
            for (const { seq, id } of await store.append(stream, length === 0 ? 'no-stream' : length - 1, [
              one(stream),
            ]))
              places.push([seq, id]);
            landed++;
          } catch (error) {
            if (!isLedgerError(error, 'wrong-expected-revision')) throw error;
            assert(++conflicts < 5000, 'somebody gets through');
            await turn();
          }
        }
      };
      await Promise.all(Array.from({ length: 64 }, (_, n) => writer(n)));
      assert(conflicts > 0, 'the writers came in each other’s way');
      await assertDense(store);
      assert.deepEqual(
        places.toSorted(([a = -1], [b = -1]) => a - b),
        (await all(store.readAll(null))).map(({ seq, id }) => [seq, id]),
      );
      assert.equal(places.length, 256);
    },
  },
  {
    name: 'an append of no events is an error',
    run: async stand => {
      const store = await stand.open();
      await assert.rejects(store.append(A, 'no-stream', []));
      assert.equal(store.log.head().size, 0);
    },
  },
  {
    name: 'promise 1: an envelope that is too large refuses its whole batch and nobody else’s',
    run: async stand => {
      const store = await stand.open();
      const { one } = sealer();
      const large = store.append(A, 'no-stream', [one(A), one(A, { correlationId: TOO_LONG }), one(A)]);
      const small = store.append(B, 'no-stream', [one(B)]);
      await refusedWith('event-too-large', large);
      const [placed] = await small;
      assert.deepEqual([placed?.seq, placed?.revision], [0, 0]);
      assert.deepEqual(await all(store.readStream(A)), []);
      await store.append(A, 'no-stream', [one(A)]);
      await assertDense(store);
    },
  },
  {
    name: 'a batch of 500 events is one append',
    run: async stand => {
      const store = await stand.open();
      const { some } = sealer();
      const events = some(A, 500);
      assert.deepEqual(ids(await store.append(A, 'no-stream', events)), ids(events));
      assert.deepEqual(ids(await all(store.readStream(A))), ids(events));
      await assertDense(store);
    },
  },
  {
    name: 'a closed store takes nothing more',
    run: async stand => {
      const store = await stand.open();
      const { one } = sealer();
      const last = store.append(A, 'no-stream', [one(A)]);
      await store.close();
      assert.equal((await last).length, 1, 'what was asked before the close');
      await refusedWith('store-unavailable', store.append(A, 0, [one(A)]));
      await store.close();
    },
  },
];
