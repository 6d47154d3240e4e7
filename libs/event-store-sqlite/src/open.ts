import { join } from 'node:path';
import type { Sha256 } from '@credence/integrity';
import type { Clock, EventStore } from '@credence/kernel';
import { eventStoreOver } from './event-store.js';
import { lockFolder } from './folder-lock.js';
import type { FolderLock } from './folder-lock.js';
import { onMedium } from './medium.js';
import { openDatabase } from './open-database.js';

export interface SqliteEventStoreOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly sha256: Sha256;
  /** The caller's lock on the folder, which stays the caller's. Without it the store takes one, and releases it at close. */
  readonly lock?: FolderLock;
}

/**
 * Opens the event store in `folder` (`events.sqlite`), making folder and store if they are not there.
 *
 * Nothing is recomputed: the end of the log is found by a handful of reads, however many events there are.
 *
 * @throws store-unavailable - the folder is held, or the file is not a whole database of ours; the message names it
 */
export async function openSqliteEventStore(options: SqliteEventStoreOptions): Promise<EventStore> {
  const { folder, clock, sha256 } = options;
  const lock = options.lock ?? lockFolder(folder, { startedAt: new Date(clock()).toISOString() });
  const release = () => {
    if (options.lock === undefined) lock.release();
  };
  const file = join(folder, 'events.sqlite');
  try {
    const db = openDatabase(file);
    try {
      return onMedium(file, () => eventStoreOver(db, file, { clock, sha256, onClose: release }));
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    release();
    throw error;
  }
}
