import assert from 'node:assert/strict';
import { canonicalize } from '@credence/integrity';
import type { EventStore, Pages } from '../event-store.js';
import { claimStream, countingPrimitives, sealed, sealer, sha256 } from './build.js';
import { all, followed, ids, meanwhile, turn } from './event-store-kit-case.js';
import type { EventStoreCase } from './event-store-kit-case.js';

const A = claimStream('a');
const B = claimStream('b');

/** Appends `count` events, a hundred at a time, to one stream after the other. */
async function fill(store: EventStore, count: number, streams: readonly string[] = [A]): Promise<void> {
  const { some } = sealer(countingPrimitives('fill'));
  const ends = new Map<string, number>();
  for (const stream of streams) ends.set(stream, (await all(store.readStream(stream))).length);
  for (let done = 0, round = 0; done < count; done += 100, round++) {
    const stream = streams[round % streams.length] as string;
    const end = ends.get(stream) ?? 0;
    const more = some(stream, Math.min(100, count - done));
    await store.append(stream, end === 0 ? 'no-stream' : end - 1, more);
    ends.set(stream, end + more.length);
  }
}

const sizes = async (pages: Pages) => {
  const found: number[] = [];
  for await (const page of pages) found.push(page.length);
  return found;
};

export const READS: readonly EventStoreCase[] = [
  {
    name: 'promise 3: all events are read in seq order, each stream in the order of its revisions',
    run: async stand => {
      const store = await stand.open();
      await fill(store, 600, [A, B]);
      const everything = await all(store.readAll(null));
      assert.deepEqual(
        everything.map(event => event.seq),
        Array.from({ length: 600 }, (_, i) => i),
      );
      for (const stream of [A, B])
        assert.deepEqual(ids(await all(store.readStream(stream))), ids(everything.filter(e => e.stream === stream)));
      assert.deepEqual(await all(store.readStream(claimStream('nowhere'))), []);
      assert.deepEqual(await all((await stand.open()).readAll(null)), []);
    },
  },
  {
    name: 'promise 11: pages are as small as asked for, and bounded when nobody asks',
    run: async stand => {
      const store = await stand.open();
      await fill(store, 2500);
      assert.deepEqual(await sizes(store.readAll(null, { pageSize: 1000 })), [1000, 1000, 500]);
      assert.deepEqual(await sizes(store.readStream(A, { pageSize: 999, from: 2 })), [999, 999, 500]);
      for (const pages of [store.readAll(null), store.readStream(A)]) {
        const found = await sizes(pages);
        assert(Math.max(...found) <= 1000, `a page of ${String(Math.max(...found))} events`);
        assert(found.every(size => size > 0));
      }
      let largest = 0;
      let before = 0;
      await followed(store, 2500, {
        pageSize: 50,
        between: ({ length }) => {
          largest = Math.max(largest, length - before);
          before = length;
        },
      });
      assert(largest <= 50, `a follower got a page of ${String(largest)}`);
    },
  },
  {
    name: 'reading goes on after any position, and from any revision',
    run: async stand => {
      const store = await stand.open();
      await fill(store, 130, [A, B]);
      const everything = await all(store.readAll(null));
      for (const [i, { position }] of everything.entries())
        assert.deepEqual(ids(await all(store.readAll(position, { pageSize: 60 }))), ids(everything.slice(i + 1)));
      const stream = await all(store.readStream(A));
      for (const from of [0, 1, 50, 99, 100, 1000])
        assert.deepEqual(ids(await all(store.readStream(A, { from }))), ids(stream.slice(from)));
    },
  },
  {
    name: 'what is appended during a read of all events is not in it',
    run: async stand => {
      const store = await stand.open();
      await fill(store, 30);
      const pages = store.readAll(null, { pageSize: 10 });
      await fill(store, 5, [B]);
      const found = [];
      for await (const page of pages) {
        found.push(...page);
        if (found.length === 10) await store.append(A, 29, sealer().some(A, 3));
      }
      assert.equal(found.length, 30);
      assert.equal((await all(store.readAll(null))).length, 38);
    },
  },
  {
    name: 'each event is found by its seq, and none beyond the head',
    run: async stand => {
      const store = await stand.open();
      await fill(store, 20, [A, B]);
      for (const event of await all(store.readAll(null)))
        assert.equal((await store.readEvent(event.seq))?.id, event.id);
      assert.equal(await store.readEvent(20), undefined);
      assert.equal(await store.readEvent(1e12), undefined);
    },
  },
  {
    name: 'an event is read as it was sealed: texts, numbers, names in any order, salts, hashes',
    run: async stand => {
      const store = await stand.open();
      const primitives = countingPrimitives();
      const data = {
        z: 1,
        a: [0, -0, 1e21, 9_007_199_254_740_991, -1.5e-7, 4.35, true, false, null, {}, []],
        '\u20ac': 'euro',
        'a b': { y: 'deep', x: [[['nest']]] },
      };
      const words = {
        text: 'Дмитриев ✓ 😀 e\u0301 é \u0000 \u001f " \\ / \u2028 \ufeff',
        empty: '',
        '😀': 'after the euro in code units?',
        long: 'ä'.repeat(20_000),
      };
      const idSalt = primitives.random(32);
      const event = sealed(A, 'round trip', primitives, { data, words, idSalt, actor: '~!{}"' });
      await store.append(A, 'no-stream', [event]);
      const [found] = await all((await stand.reopen(store)).readAll(null));
      assert(found !== undefined);
      assert.equal(canonicalize(found.data), event.dataText);
      assert.equal(canonicalize(found.words), event.wordsText);
      assert.equal(canonicalize(found.data), canonicalize(data));
      assert.deepEqual(
        Object.values(found.salts).map(salt => Buffer.from(salt as Uint8Array).toString('hex')),
        Object.values(event.salts).map(salt => Buffer.from(salt as Uint8Array).toString('hex')),
      );
      for (const part of ['data', 'words'] as const) {
        const text = event[`${part}Text`];
        const hash = sha256(Buffer.concat([found.salts[part], Buffer.from(text)]));
        assert.equal(found[`${part}Hash`], Buffer.from(hash).toString('hex'), `salted hash of ${part}`);
      }
      const members = [
        'id',
        'type',
        'schemaVersion',
        'actor',
        'commandId',
        'commandHash',
        'correlationId',
        'ledger',
      ] as const;
      for (const member of members) assert.equal(found[member], event[member], member);
    },
  },
  {
    name: 'promise 3: a follower is given everything once and in order, from its position on',
    run: async stand => {
      const store = await stand.open();
      await fill(store, 250, [A, B]);
      const everything = await all(store.readAll(null));
      assert.deepEqual(ids(await followed(store, 250, { pageSize: 40 })), ids(everything));
      const after = everything[99]?.position ?? null;
      assert.deepEqual(ids(await followed(store, 150, { after })), ids(everything.slice(100)));
    },
  },
  {
    name: 'promise 3: a follower misses nothing between catching up and the live feed',
    run: async stand => {
      const store = await stand.open();
      const { one } = sealer();
      await fill(store, 100);
      let next = 99;
      let asked = 0;
      const add = () => store.append(A, next++, [one(A)]);
      const late: Promise<unknown>[] = [];
      const found = await followed(store, 160, {
        pageSize: 25,
        between: async ({ length }) => {
          if (asked++ >= 60) return;
          // While it catches up, before it asks again, and in the very turn in which it asks again.
          if (length % 3 === 0) await add();
          else if (length % 3 === 1) late.push(meanwhile(add()));
          else {
            late.push(meanwhile(turn().then(add)));
            await Promise.resolve();
          }
        },
      });
      await Promise.all(late);
      assert.deepEqual(
        found.map(event => event.seq),
        Array.from({ length: 160 }, (_, i) => i),
      );
      assert.deepEqual(ids(found), ids(await all(store.readAll(null))));
    },
  },
  {
    name: 'followers that wait are given what 16 writers append, each all of it',
    run: async stand => {
      const store = await stand.open();
      const { one } = sealer();
      const waiting = [1, 2, 3].map(pageSize => meanwhile(followed(store, 160, { pageSize })));
      await turn();
      await Promise.all(
        Array.from({ length: 16 }, async (_, n) => {
          const stream = claimStream(`writer ${String(n)}`);
          for (let i = 0; i < 10; i++) await store.append(stream, i === 0 ? 'no-stream' : i - 1, [one(stream)]);
        }),
      );
      const everything = ids(await all(store.readAll(null)));
      for (const found of await Promise.all(waiting)) assert.deepEqual(ids(found), everything);
    },
  },
  {
    name: 'an abort ends a follower, whether it reads or waits',
    run: async stand => {
      const store = await stand.open();
      await fill(store, 30);
      const run = async (pageSize: number, abortAt: number) => {
        const abort = new AbortController();
        let count = 0;
        if (abortAt === 0) abort.abort();
        for await (const page of store.follow(null, { signal: abort.signal, pageSize })) {
          count += page.length;
          if (count === abortAt)
            if (abortAt === 30)
              setTimeout(() => {
                abort.abort();
              }, 5);
            else abort.abort();
        }
        return count;
      };
      assert.deepEqual([await run(10, 0), await run(10, 10), await run(10, 30)], [0, 10, 30]);
    },
  },
  {
    name: 'a follower of a store that closes is told so',
    run: async stand => {
      const store = await stand.open();
      await fill(store, 10);
      const waiting = meanwhile(followed(store, 11));
      await turn();
      await store.close();
      await assert.rejects(waiting, { code: 'store-unavailable' });
    },
  },
];
