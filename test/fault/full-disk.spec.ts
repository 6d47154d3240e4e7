import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { isLedgerError } from '@credence/contracts';
import { openSqliteEventStore } from '@credence/event-store-sqlite';
import type { EventStore, Position } from '@credence/kernel';
import { openSqliteViewStore } from '@credence/view-store-sqlite';
import { all, assertLog, claimStream, ids, sealer, setClock, sha256 } from '@credence/kernel/testing';
import { eventStoreOver } from '../../libs/event-store-sqlite/src/event-store.js';
import { openDatabase } from '../../libs/event-store-sqlite/src/open-database.js';

const A = claimStream('a');
const { one, some } = sealer();
const large = () => one(A, { words: { text: 'x'.repeat(20_000) } });

/** Appends until the medium refuses; `next` counts the events of stream a. */
async function fill(store: EventStore, acknowledged: string[]): Promise<unknown> {
  for (let next = acknowledged.length; next < 5000; next++) {
    try {
      acknowledged.push(...ids(await store.append(A, next === 0 ? 'no-stream' : next - 1, [large()])));
    } catch (error) {
      return error;
    }
  }
  return undefined;
}

/** All of a transaction that does not fit is refused, whoever is in it, and none of it can be seen. */
async function refusesTogether(store: EventStore, acknowledged: readonly string[]): Promise<void> {
  const { size } = store.log.head();
  const last = size - 1;
  const B = claimStream('b');
  const outcomes = await Promise.allSettled([
    store.append(B, 'no-stream', some(B, 3)),
    store.append(A, last, [large(), ...Array.from({ length: 300 }, large)]),
    store.append(A, last, [one(A)]),
  ]);
  for (const outcome of outcomes) {
    expect(outcome.status).toBe('rejected');
    if (outcome.status === 'rejected') expect(isLedgerError(outcome.reason, 'store-unavailable')).toBe(true);
  }
  expect(store.log.head().size).toBe(size);
  expect(ids(await all(store.readAll(null)))).toEqual(acknowledged);
  expect(await all(store.readStream(B))).toEqual([]);
  expect(await store.readEvent(size)).toBeUndefined();
}

describe('promise 1: on a full disk nothing acknowledged is lost, what is refused is not there, and room ends it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'credence-full-'));
  afterAll(() => {
    if (mounted) spawnSync('umount', [mount]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('when the database may not grow', async () => {
    const file = join(folder, 'events.sqlite');
    const db = openDatabase(file);
    db.pragma('max_page_count = 500');
    const store = eventStoreOver(db, file, { clock: setClock(), sha256 });
    const acknowledged: string[] = [];
    const refused = await fill(store, acknowledged);
    expect(isLedgerError(refused, 'store-unavailable')).toBe(true);
    expect(String(refused)).toContain(file);
    expect(acknowledged.length).toBeGreaterThan(50);
    await refusesTogether(store, acknowledged);

    db.pragma('max_page_count = 100000');
    acknowledged.push(...ids(await store.append(A, acknowledged.length - 1, some(A, 5))));
    expect(ids(await all(store.readAll(null)))).toEqual(acknowledged);
    await assertLog(store);
    await store.close();
    const again = await openSqliteEventStore({ folder, clock: setClock(), sha256 });
    expect(ids(await all(again.readAll(null)))).toEqual(acknowledged);
    await assertLog(again);
    await again.close();
  });

  const mount = join(folder, 'small');
  mkdirSync(mount);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', mount]).status === 0;

  (mounted ? it : it.skip)(
    mounted
      ? 'when the file system has no room'
      : 'when the file system has no room (skipped: it takes root to mount one)',
    async () => {
      const filler = join(mount, 'filler');
      writeFileSync(filler, Buffer.alloc(2 * 1024 * 1024));
      let store = await openSqliteEventStore({ folder: mount, clock: setClock(), sha256 });
      const acknowledged: string[] = [];
      const refused = await fill(store, acknowledged);
      expect(isLedgerError(refused, 'store-unavailable')).toBe(true);
      expect(acknowledged.length).toBeGreaterThan(50);
      await refusesTogether(store, acknowledged);
      // Closed while full: what could not be copied out of the write-ahead log stays in it.
      await store.close();
      store = await openSqliteEventStore({ folder: mount, clock: setClock(), sha256 });
      expect(ids(await all(store.readAll(null)))).toEqual(acknowledged);

      rmSync(filler);
      acknowledged.push(...ids(await store.append(A, acknowledged.length - 1, some(A, 5))));
      expect(ids(await all(store.readAll(null)))).toEqual(acknowledged);
      await assertLog(store);
      await store.close();
    },
  );

  (mounted ? it : it.skip)(
    mounted
      ? 'and views say that they lost what there was no room for, and have all before it when there is room'
      : 'and views say that they lost what there was no room for (skipped: it takes root to mount a small file system)',
    async () => {
      const file = join(mount, 'views.sqlite');
      for (const left of readdirSync(mount)) rmSync(join(mount, left), { recursive: true });
      const filler = join(mount, 'filler');
      writeFileSync(filler, Buffer.alloc(1024 * 1024));
      const view = { name: 'rows', version: 1, tables: { rows: { key: ['integer'] } } } as const;
      const checkpoint = (seq: number) => ({ seq, position: String(seq) as Position });
      const store = openSqliteViewStore({ file });
      const state = store.open(view);
      const put = (seq: number) => {
        state.write(checkpoint(seq), tables => {
          tables('rows').put([seq], 'x'.repeat(20_000));
        });
      };
      let refused: unknown;
      for (let seq = 0; seq < 5000 && refused === undefined; seq++) {
        try {
          put(seq);
        } catch (error) {
          refused = error;
        }
        if (seq % 20 === 0) await new Promise(resolve => setTimeout(resolve, 120)); // so that commits come between
      }
      expect(isLedgerError(refused, 'store-unavailable')).toBe(true);
      expect(() => state.checkpoint()).toThrow(expect.objectContaining({ code: 'store-unavailable' }));
      store.close();
      rmSync(filler);

      const again = openSqliteViewStore({ file });
      const left = again.open(view);
      const last = left.checkpoint()?.seq ?? -1;
      expect(last).toBeGreaterThan(10);
      expect([...left.tables('rows').range()].map(({ key }) => key[0])).toEqual(
        Array.from({ length: last + 1 }, (_, seq) => seq),
      );
      left.write(checkpoint(last + 1), tables => {
        tables('rows').put([last + 1], 'goes on');
      });
      again.close();
    },
  );
});
