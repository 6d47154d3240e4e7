import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LedgerError } from '@credence/contracts';
import { rootOfFirst } from '@credence/kernel';
import type { CaptureStore, EventStore } from '@credence/kernel';
import type { KurrentEventStore } from '@credence/event-store-kurrentdb';
import { capturesNamed } from './backup.js';
import { markMoved, markOf, movedFrom } from './moved.js';
import { opened } from './opened.js';
import { verifyLog } from './operations.js';
import type { Progress } from './operations.js';
import { primitives } from './primitives.js';
import { markShared } from './shared-captures.js';
import { DEFAULT_DATA, folderOf } from './stores.js';

/** What a migration came to. */
export interface MigrateAnswer {
  readonly ledger: string;
  /** Events in the target, and the root of the Merkle tree over them: those of the source. */
  readonly size: number;
  readonly root: string;
  /** Events and captures that this run copied. */
  readonly copied: number;
  readonly captures: number;
  /** SHA-256 of captures that events name and that the source does not have. */
  readonly missing: readonly string[];
}

export interface MigrateRequest {
  /** `sqlite:<folder>` */
  readonly from: string;
  /** `kurrentdb://…` */
  readonly to: string;
  /** The folder that all nodes share. */
  readonly captures: string;
  /** The folder of the node that does the work; it may serve afterwards. */
  readonly data?: string;
}

/**
 * Moves a ledger from a folder to a cluster: same ids, order, seq, `recordedAt` and root, so every token, citation and proof
 * stays what it was. From the first event on the source is marked, and nobody opens it any more, also after a run that was
 * ended, and after the last; no node serves the target before all of it is there and verified. A run that was ended,
 * however, goes on where it was; a run after the last finds nothing to do.
 *
 * @throws invalid-parameter - `from` is no folder, or `to` no cluster
 * @throws already-exists - the cluster or the folder for captures holds another ledger, or one that went on by itself; or
 *   the source is on its way to another cluster
 * @throws store-unavailable - the source is held or damaged, or the cluster refused
 */
export async function migrate(request: MigrateRequest, progress: Progress = () => undefined): Promise<MigrateAnswer> {
  const { from, to, captures, data = DEFAULT_DATA } = request;
  if (!from.startsWith('sqlite:')) throw invalid('from', `found "${from}", wanted sqlite:<folder>`);
  const { lockFolder, openSqliteEventStore } = await import('../../event-store-sqlite/src/index.js');
  const { addressOf, isAt, openKurrentEventStore } = await import('../../event-store-kurrentdb/src/index.js');
  const { fsCaptureStore } = await import('../../capture-store-fs/src/index.js');
  const { sha256 } = primitives;
  const folder = folderOf(from);
  if (!existsSync(join(folder, 'events.sqlite')))
    throw new LedgerError('store-unavailable', `there is no ledger in ${folder}`);
  const startedAt = new Date().toISOString();
  const address = addressOf(to);
  const locks = [lockFolder(folder, { startedAt })];
  try {
    const mark = movedFrom(folder);
    if (mark !== undefined && !isAt(address, mark.to))
      fail(
        'already-exists',
        `the ledger in ${folder} ${mark.verifiedAt === undefined ? 'is being moved' : 'was moved'} to ${mark.to}, since ${mark.since}: go on there, or give that move up by removing ${markOf(folder)}`,
      );
    locks.push(lockFolder(resolve(data), { startedAt }));
    const source = await openSqliteEventStore({ folder, clock: Date.now, sha256, lock: locks[0] as (typeof locks)[0] });
    try {
      const { ledger } = (await opened(source)) ?? fail('store-unavailable', `the ledger in ${folder} has no event`);
      const target = await openKurrentEventStore({
        url: to,
        file: join(resolve(data), 'log.sqlite'),
        clock: Date.now,
        wallClock: Date.now,
        sha256,
        random: Math.random,
      });
      try {
        if (mark?.verifiedAt !== undefined && target.log.head().size === 0)
          fail(
            'store-unavailable',
            `the ledger in ${folder} was moved to ${mark.to}, verified at ${mark.verifiedAt}, and nothing is there now: put back the cluster's backup, or remove ${markOf(folder)} to have the ledger as it was before the move`,
          );
        const marked = mark ?? { to: address.place, ledger, since: startedAt };
        const begin = () => {
          if (mark === undefined) markMoved(folder, marked);
        };
        const moved = await moveEvents(source, target, ledger, begin, progress);
        const shared = resolve(captures);
        markShared(shared, ledger);
        const came = await moveCaptures(join(folder, 'captures'), fsCaptureStore({ folder: shared }), progress);
        const missing: string[] = [];
        for (const name of await capturesNamed(source))
          if (!(await fsCaptureStore({ folder: shared }).has(name))) missing.push(name);
        if (!moved.verified) await verified(source, target, ledger, progress);
        if (marked.verifiedAt === undefined) markMoved(folder, { ...marked, verifiedAt: new Date().toISOString() });
        const size = source.log.head().size;
        return {
          ledger,
          size,
          root: rootOfFirst(source.log, size, sha256),
          copied: moved.copied,
          captures: came,
          missing,
        };
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
  } finally {
    for (const lock of locks) lock.release();
  }
}

const PAGE = 500;

/**
 * Copies what the target does not have yet, after having seen that what it has is the beginning of the source.
 *
 * @param begin - called once the target is found to be right, and is claimed, before the first event is written there
 */
async function moveEvents(
  source: EventStore,
  target: KurrentEventStore,
  ledger: string,
  begin: () => void,
  progress: Progress,
): Promise<{ readonly copied: number; readonly verified: boolean }> {
  const { size } = source.log.head();
  const there = target.log.head().size;
  const state = await target.migration.state();
  const other = (detail: string) => fail('already-exists', `the cluster ${detail}; nothing is written over`);
  if (state !== undefined && state.ledger !== ledger)
    other(`is being migrated to, or was, from ledger ${state.ledger}`);
  if (there > 0 && target.index.ledger !== ledger) other(`holds ledger ${target.index.ledger ?? ''}`);
  if (there > 0 && state === undefined) other(`holds this ledger already, and no migration began it`);
  const common = Math.min(size, there);
  if (rootOfFirst(target.log, common, primitives.sha256) !== rootOfFirst(source.log, common, primitives.sha256))
    other('holds other events than the source');
  if (state?.type === 'MigrationVerified') {
    if (size > state.size) other('was migrated to before the last events of the source were recorded');
    begin();
    return { copied: 0, verified: true };
  }
  if (there > size) other('holds events beyond those of the source');
  // In this order: ended between the two, nobody begins another ledger in the cluster, and the source is as it was.
  if (state === undefined) await target.migration.note('MigrationBegan', { ledger, size });
  begin();
  const after = there === 0 ? null : ((await source.readEvent(there - 1))?.position ?? null);
  let copied = 0;
  for await (const page of source.readAll(after, { pageSize: PAGE })) {
    await target.migration.copy(page);
    copied += page.length;
    progress('events copied', there + copied, size);
  }
  return { copied, verified: false };
}

async function verified(
  source: EventStore,
  target: KurrentEventStore,
  ledger: string,
  progress: Progress,
): Promise<void> {
  const { size } = source.log.head();
  const found = await verifyLog(target, progress);
  const root = rootOfFirst(source.log, size, primitives.sha256);
  if (!found.ok || found.size !== size || found.root !== root)
    fail(
      'store-unavailable',
      `the copy is not the source: ${found.damage === undefined ? `root ${found.root} over ${String(found.size)} events` : `event ${String(found.damage.seq)}: ${found.damage.detail}`}; wanted root ${root} over ${String(size)}`,
    );
  await target.migration.note('MigrationVerified', { ledger, size, root });
}

/** Captures and what lies beside them under their own hash. @returns how many were copied */
async function moveCaptures(from: string, to: CaptureStore, progress: Progress): Promise<number> {
  if (!existsSync(from)) return 0;
  const { fsCaptureStore } = await import('../../capture-store-fs/src/index.js');
  const source = fsCaptureStore({ folder: from });
  const names = (await readdir(from, { recursive: true }))
    .map(name => name.replaceAll('\\', '/').split('/').at(-1) ?? '')
    .filter(name => /^[0-9a-f]{64}$/.test(name));
  let copied = 0;
  for (const [i, name] of names.entries()) {
    progress('captures', i + 1, names.length);
    if (await to.has(name)) continue;
    const bytes = await source.get(name);
    if (bytes === undefined) continue;
    await to.put(bytes);
    copied++;
  }
  return copied;
}

function fail(code: 'already-exists' | 'store-unavailable', detail: string): never {
  throw new LedgerError(code, detail);
}

const invalid = (pointer: string, detail: string) =>
  new LedgerError('invalid-parameter', `${pointer}: ${detail}`, [{ pointer, code: 'invalid', detail }]);
