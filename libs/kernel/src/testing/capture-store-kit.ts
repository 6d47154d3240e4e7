import assert from 'node:assert/strict';
import { describe, it } from '@jest/globals';
import type { CaptureStore } from '../capture-store.js';
import { bytesOf, giver, hexOf, read, runCaptureStoreCase } from './capture-store-kit-case.js';
import type { CaptureStoreCase, CaptureStoreSubject } from './capture-store-kit-case.js';
import { turn } from './event-store-kit-case.js';

const DOCUMENT = bytesOf(300_000);
const NAME = hexOf(DOCUMENT);

/** @throws if what is kept under the name is not all of these bytes */
async function keeps(store: CaptureStore, bytes: Uint8Array, what: string): Promise<void> {
  const found = await read(store, hexOf(bytes));
  assert(found !== undefined, `${what}: nothing is kept`);
  assert(await store.has(hexOf(bytes)), `${what}: it says that it has nothing`);
  assert.equal(found.length, bytes.length, `${what}: bytes kept`);
  assert.equal(hexOf(found), hexOf(bytes), `${what}: SHA-256 of the bytes kept`);
}

async function lacks(store: CaptureStore, name: string, what: string): Promise<void> {
  assert.equal(await store.has(name), false, `${what}: it says that it has something`);
  assert.equal(await store.get(name), undefined, `${what}: something is kept`);
}

const failure = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Every promise of the capture store's port, as a list: so that the kit itself can be tested on stores with known bugs. */
export const CAPTURE_STORE_CASES: readonly CaptureStoreCase[] = [
  {
    name: 'names bytes by their SHA-256 in hex and counts them (FIPS 180-4: none, "abc")',
    run: async ({ open }) => {
      const store = open();
      const known = [
        ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
        ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
      ] as const;
      for (const [text, sha256] of known) {
        const bytes = new TextEncoder().encode(text);
        const put = await store.put(text === '' ? [] : [bytes]);
        assert.equal(put.sha256, sha256);
        assert.equal(put.size, text.length);
        await keeps(store, bytes, `'${text}'`);
      }
    },
  },
  {
    name: 'keeps the same bytes under the same name, in whatever chunks they come',
    run: async ({ open }) => {
      for (const size of [1000, 65_536, 70_001, DOCUMENT.length]) {
        const store = open();
        assert.equal((await store.put(giver(DOCUMENT, size))).sha256, NAME);
        await keeps(store, DOCUMENT, `in chunks of ${String(size)}`);
      }
      const store = open();
      const none = new Uint8Array();
      await store.put([none, DOCUMENT.subarray(0, 1), none, DOCUMENT.subarray(1), none]);
      await keeps(store, DOCUMENT, 'with empty chunks');
    },
  },
  {
    name: 'has put what it says it has put: it is there as soon as the promise resolves',
    run: async ({ open, afterCrash }) => {
      const store = open();
      await store.put([DOCUMENT]);
      await keeps(store, DOCUMENT, 'at once');
      await keeps(afterCrash(store), DOCUMENT, 'after a crash');
    },
  },
  {
    name: 'takes the same bytes again and changes nothing; also many at once',
    run: async ({ open }) => {
      const store = open();
      const other = bytesOf(200_000, 7);
      const all = await Promise.all(
        [1000, 999, 65_536, 300_000].flatMap(size => [store.put(giver(DOCUMENT, size)), store.put(giver(other, size))]),
      );
      assert.deepEqual(
        all.map(({ sha256, size }) => `${sha256} ${String(size)}`),
        [1, 2, 3, 4].flatMap(() => [`${NAME} 300000`, `${hexOf(other)} 200000`]),
      );
      for (let again = 0; again < 2; again++) {
        await keeps(store, DOCUMENT, 'one document');
        await keeps(store, other, 'the other');
        assert.equal((await store.put([DOCUMENT])).size, DOCUMENT.length);
      }
    },
  },
  {
    name: 'shows all of a capture or nothing, at every moment of its being put',
    run: async ({ open, afterCrash }) => {
      const store = open();
      let done = false;
      const put = store
        .put(
          giver(DOCUMENT, 60_000, async given => {
            await lacks(store, NAME, `after ${String(given)} bytes`);
            await lacks(afterCrash(store), NAME, `after a crash behind ${String(given)} bytes`);
            await lacks(store, hexOf(DOCUMENT.subarray(0, given)), `the first ${String(given)} bytes`);
          }),
        )
        .finally(() => (done = true));
      const seen = (async () => {
        for (; !done; await turn()) {
          const found = await read(store, NAME);
          if (found !== undefined) assert.equal(hexOf(found), NAME, 'what is visible');
        }
      })();
      await Promise.all([put, seen]);
      await keeps(store, DOCUMENT, 'in the end');
    },
  },
  {
    name: 'keeps nothing of bytes whose giver fails, and throws on what he threw',
    run: async ({ open, afterCrash }) => {
      const store = open();
      const boom = new Error('the connection was cut');
      const cut = giver(DOCUMENT, 100_000, given => {
        if (given === 200_000) throw boom;
      });
      assert.equal(await failure(store.put(cut)), boom);
      for (const end of [0, 100_000, 200_000, 300_000])
        for (const one of [store, afterCrash(store)])
          await lacks(one, hexOf(DOCUMENT.subarray(0, end)), `the first ${String(end)} bytes`);
      await store.put([DOCUMENT]);
      await keeps(store, DOCUMENT, 'given again');
    },
  },
  {
    name: 'starts over after a crash in the middle: nothing of the first attempt is trusted',
    run: async ({ open, afterCrash }) => {
      const store = open();
      let left: CaptureStore = store;
      let stopped = false;
      const first = store.put(
        giver(DOCUMENT, 100_000, given => {
          if (given !== 200_000) return;
          left = afterCrash(store);
          stopped = true;
          throw new Error('killed');
        }),
      );
      await failure(first);
      assert(stopped);
      for (const bytes of [bytesOf(150_000, 3), DOCUMENT]) {
        await left.put([bytes]);
        await keeps(left, bytes, 'after the crash');
      }
    },
  },
  {
    name: 'copies what it is given: the giver may fill the same buffer again',
    run: async ({ open }) => {
      const store = open();
      const buffer = new Uint8Array(50_000);
      await store.put(
        (async function* () {
          for (let at = 0; at < DOCUMENT.length; at += buffer.length) {
            buffer.set(DOCUMENT.subarray(at, at + buffer.length));
            yield buffer;
          }
        })(),
      );
      buffer.fill(0);
      await keeps(store, DOCUMENT, 'after the buffer was filled again');
    },
  },
  {
    name: 'gives bytes that a reader may change, to many readers at once, and to one that stops early',
    run: async ({ open }) => {
      const store = open();
      await store.put([DOCUMENT]);
      for await (const chunk of (await store.get(NAME)) ?? []) chunk.fill(0);
      for await (const chunk of (await store.get(NAME)) ?? []) if (chunk.length > 0) break;
      const readers = await Promise.all([1, 2, 3].map(() => read(store, NAME)));
      for (const found of readers) assert.equal(found && hexOf(found), NAME);
    },
  },
  {
    name: 'has nothing under a name that was never put, or that is no SHA-256 in lower-case hex',
    run: async ({ open }) => {
      const store = open();
      await store.put([DOCUMENT]);
      const names = [
        hexOf(bytesOf(1)),
        NAME.toUpperCase(),
        NAME.slice(1),
        `${NAME}0`,
        `${NAME}/`,
        ` ${NAME}`,
        `${NAME}\n`,
      ];
      for (const name of [...names, '', '.', '..', '/', `../${NAME}`, 'tmp', NAME.slice(0, 2)])
        await lacks(store, name, JSON.stringify(name));
    },
  },
  {
    name: 'still has after a crash what it had',
    reopens: true,
    run: async ({ open, afterCrash }) => {
      let store = open();
      const documents = Array.from({ length: 10 }, (_, i) => bytesOf(1000 * i, i));
      for (const document of documents) {
        await store.put([document]);
        store = afterCrash(store);
      }
      for (const document of documents) await keeps(store, document, `${String(document.length)} bytes`);
    },
  },
];

/** Holds an adapter to every promise of the port. */
export function captureStoreKit(name: string, subject: CaptureStoreSubject): void {
  describe(`capture store ${name}`, () => {
    for (const kitCase of CAPTURE_STORE_CASES)
      if (kitCase.reopens !== true || subject.afterCrash !== undefined)
        it(kitCase.name, () => runCaptureStoreCase(kitCase, subject));
  });
}
