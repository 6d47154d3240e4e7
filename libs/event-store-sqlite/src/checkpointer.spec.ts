import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { all, claimStream, ids, sealer, setClock, sha256 } from '@credence/kernel/testing';
import { openSqliteEventStore } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'credence-checkpoints-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const MiB = 1024 * 1024;
const sizeOf = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;

it('the write-ahead log is copied while events come in, starts over, and is gone after the close', async () => {
  const A = claimStream('a');
  const { one } = sealer();
  let store = await openSqliteEventStore({ folder, clock: setClock(), sha256 });
  const appended: string[] = [];
  // About 60 MB in all: each event fills a few pages.
  for (let i = 0; i < 1200; i++) {
    const [placed] = await store.append(A, i === 0 ? 'no-stream' : i - 1, [
      one(A, { words: { text: 'x'.repeat(50_000) } }),
    ]);
    appended.push(placed?.id ?? '');
  }
  expect(sizeOf('events.sqlite')).toBeGreaterThan(20 * MiB);
  expect(sizeOf('events.sqlite-wal')).toBeLessThan(50 * MiB);
  expect(ids(await all(store.readAll(null, { pageSize: 50 })))).toEqual(appended);
  await store.close();
  expect(sizeOf('events.sqlite-wal')).toBe(0);
  expect(sizeOf('events.sqlite')).toBeGreaterThan(50 * MiB);
  store = await openSqliteEventStore({ folder, clock: setClock(), sha256 });
  expect(ids(await all(store.readAll(null, { pageSize: 50 })))).toEqual(appended);
  await store.close();
});
