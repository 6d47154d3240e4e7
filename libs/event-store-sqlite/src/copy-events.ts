import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LedgerError } from '@credence/contracts';
import { unavailable } from './medium.js';

/** Some milliseconds at a time, so that the process stays awake. */
const PAGES = 1000;

/**
 * Copies the event database of `folder` to `events.sqlite` in another folder, as it is at one moment, also while a server
 * holds it and writes: the copy is of what one read transaction sees (SQLite, "Online Backup API").
 *
 * @param onProgress - told how many pages are copied, and of how many
 * @throws store-unavailable - there is none, or the medium refused
 */
export async function copyEvents(
  folder: string,
  into: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const [file, copy] = [folder, into].map(of => join(of, 'events.sqlite')) as [string, string];
  if (!existsSync(file)) throw new LedgerError('store-unavailable', `there is no ledger in ${folder}`);
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      db.exec('BEGIN'); // the backup reads inside it: whoever writes meanwhile does not make it begin again
      db.prepare('SELECT count(*) FROM sqlite_schema').get();
      await db.backup(copy, {
        progress: ({ totalPages, remainingPages }) => {
          onProgress(totalPages - remainingPages, totalPages);
          return PAGES;
        },
      });
    } finally {
      db.close();
    }
    const written = openSync(copy, 'r');
    fsyncSync(written);
    closeSync(written);
  } catch (error) {
    throw unavailable(file, error);
  }
}
