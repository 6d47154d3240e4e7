import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { LedgerError } from '@credence/contracts';
import { onMedium } from './medium.js';
import { SCHEMA } from './schema/index.js';

/** "CRED": tells our event database from any other SQLite file (SQLite file format, "Application ID"). */
const APPLICATION_ID = 0x43524544;

/**
 * Opens the event database `file`, or makes it if there is none. What is not ours, or not whole, is refused untouched.
 *
 * @throws store-unavailable - it is no SQLite file, a foreign one, cut short, or of a newer release; the message names it
 */
export function openDatabase(file: string): Database.Database {
  return onMedium(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) inspect(file);
    else create(file);
    const db = new Database(file, { fileMustExist: true });
    try {
      db.pragma('synchronous = FULL'); // on every connection: a WAL file opened again starts at NORMAL
      db.pragma('wal_autocheckpoint = 0');
      db.pragma('temp_store = MEMORY'); // what one append of a commit would need to be undone alone
      db.pragma('busy_timeout = 100'); // nobody else writes; a stranger who reads must not hold the event loop up
      migrate(db, file);
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  });
}

/** A database stands under its name only once it is whole: it is made beside, then renamed. */
function create(file: string): void {
  const draft = `${file}.new`;
  for (const left of [draft, `${draft}-journal`, `${draft}-wal`, `${draft}-shm`]) rmSync(left, { force: true });
  const db = new Database(draft);
  db.pragma(`application_id = ${String(APPLICATION_ID)}`);
  migrate(db, file);
  db.pragma('journal_mode = WAL');
  db.close();
  renameSync(draft, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder); // else a power cut may forget the name
  closeSync(folder);
}

function migrate(db: Database.Database, file: string): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > SCHEMA.length)
    throw refused(
      file,
      `has schema ${String(version)}, and this release knows up to ${String(SCHEMA.length)}: it was written by a newer one`,
    );
  SCHEMA.slice(version).forEach((sql, i) =>
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${String(version + i + 1)}`);
    })(),
  );
}

const refused = (file: string, what: string) => new LedgerError('store-unavailable', `${file} ${what}`);

/**
 * Looks at the file's header (SQLite file format, section 1.3) before SQLite does, which might roll a foreign file back.
 * Nobody else has it open: closing it here would drop the locks that this process holds on it.
 */
function inspect(file: string): void {
  const header = Buffer.alloc(100);
  const fd = openSync(file, 'r');
  const found = readSync(fd, header, 0, header.length, 0);
  closeSync(fd);
  if (found > 0 && header.toString('latin1', 0, Math.min(found, 16)) !== 'SQLite format 3\0'.slice(0, found))
    throw refused(file, 'is no SQLite database; it is left as it is');
  if (found < header.length) throw refused(file, `is cut short: ${String(found)} bytes, and its header alone has 100`);
  if (header.readUInt32BE(68) !== APPLICATION_ID)
    throw refused(file, 'is an SQLite database, but none of Credence; it is left as it is');
  // With a write-ahead log beside it, the end of the file may still be in there.
  const wal = statSync(`${file}-wal`, { throwIfNoEntry: false });
  const whole = header.readUInt32BE(28) * (header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16));
  const size = statSync(file).size;
  if ((wal?.size ?? 0) === 0 && size < whole)
    throw refused(file, `is cut short: ${String(size)} bytes, and its header says ${String(whole)}`);
}
