import { LedgerError } from '@credence/contracts';
import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { damageMark, isDamage, unavailable } from './failure.js';

/** 'CrVw' in the file's header: a database of Credence's views, and nobody else's. */
const APPLICATION_ID = 0x43725677;
/** Of the tables below. Another one is not migrated: views are rebuilt. */
const FORMAT = 1;

/** 32 MiB: a rebuild in no key order dirties many pages, and a checkpoint stalls. */
export const LOG_PAGES = 4000;

const SCHEMA = `
  CREATE TABLE views (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    tables TEXT NOT NULL,
    seq INTEGER,
    position TEXT,
    PRIMARY KEY (name, version)
  ) STRICT, WITHOUT ROWID`;

/**
 * Opens the database of the views, made if it is not there. Everything in it can be rebuilt, so a file of ours that is
 * damaged or of another format, and one that is no database at all, is renamed and a new one begun.
 *
 * @throws store-unavailable - the file is another program's database (it is not touched), another process has it open,
 *   or the medium refused
 */
export function openFile(file: string, report: (message: string) => void): Database.Database {
  try {
    const wrong = whatIsWrong(file);
    if (wrong !== undefined) report(setAside(file, wrong));
    try {
      return openOurs(file);
    } catch (error) {
      if (!isDamage(error)) throw error;
      report(setAside(file, 'is damaged'));
      return openOurs(file);
    }
  } catch (error) {
    throw unavailable(file, error);
  }
}

/** Read from the bytes, not by SQLite: that would write to another program's file (its log, its journal). */
function whatIsWrong(file: string): string | undefined {
  statSync(dirname(file)); // throws ENOENT where better-sqlite3 would throw a TypeError without a code
  if (!existsSync(file)) return undefined;
  const { header, bytes } = headerOf(file);
  if (bytes === 0) return undefined;
  if (bytes < header.length || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return 'is no SQLite database';
  const applicationId = header.readUInt32BE(68);
  if (applicationId !== APPLICATION_ID)
    throw new LedgerError(
      'store-unavailable',
      `${file} is a database of another program: its application_id is ${String(applicationId)}, and that of Credence's views ${String(APPLICATION_ID)}`,
    );
  if (existsSync(damageMark(file))) return 'is damaged';
  const format = header.readUInt32BE(60);
  return format === FORMAT ? undefined : `has format ${String(format)}, and this release reads ${String(FORMAT)}`;
}

function headerOf(file: string): { readonly header: Buffer; readonly bytes: number } {
  const header = Buffer.alloc(100);
  const fd = openSync(file, 'r');
  try {
    return { header, bytes: readSync(fd, header, 0, header.length, 0) };
  } finally {
    closeSync(fd);
  }
}

function setAside(file: string, why: string): string {
  let aside = `${file}.set-aside`;
  for (let n = 2; existsSync(aside); n++) aside = `${file}.set-aside-${String(n)}`;
  renameSync(file, aside);
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
  for (const rest of [`${file}-shm`, `${file}-journal`, damageMark(file)]) rmSync(rest, { force: true });
  return `${file} ${why}: it is kept as ${aside}, and the views are built anew`;
}

function openOurs(file: string): Database.Database {
  const db = new Database(file, { timeout: 1000 });
  try {
    db.pragma('locking_mode = EXCLUSIVE'); // one process has the folder; no shared memory, no lock per read
    db.pragma('page_size = 8192'); // rows up to 2 KB stay in their page; beyond, each takes a page of its own
    begin(db);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL'); // the last writes may be lost with the power: they are applied again
    db.pragma('cache_size = -262144'); // 256 MiB
    db.pragma('temp_store = MEMORY'); // what a write would need to be undone: in a file, it is most of what is written
    db.pragma(`wal_autocheckpoint = ${String(LOG_PAGES)}`);
    db.prepare('SELECT count(*) FROM views').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** One transaction, and before the log is switched on: whatever is cut short, the header names us or the file is empty. */
function begin(db: Database.Database): void {
  db.transaction(() => {
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'views'").get() !== undefined) return;
    db.pragma(`application_id = ${String(APPLICATION_ID)}`);
    db.pragma(`user_version = ${String(FORMAT)}`);
    db.exec(SCHEMA);
  }).immediate();
}
