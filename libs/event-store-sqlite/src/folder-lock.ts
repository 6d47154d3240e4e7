import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { LedgerError } from '@credence/contracts';
import { codeOf, onMedium } from './medium.js';

/** Who has a folder open. `pid` is absent in the instant between taking the lock and saying so. */
export interface Holder {
  readonly pid?: number;
  /** Where it serves, once it does. */
  readonly url?: string;
  readonly startedAt?: string;
}

/** A folder that this process holds, and no other can. */
export interface FolderLock {
  readonly folder: string;
  /** Says where this process serves the folder, for messages and for clients that look for the server. */
  announce(url: string): void;
  release(): void;
}

/**
 * Takes `folder` for this process. The truth is an exclusive transaction on `lock.sqlite`, which the operating system
 * ends with the process, however that dies; `lock.json` beside it only tells who it is.
 *
 * @throws store-unavailable - it is held, also by this very process; the message names folder, pid and URL
 */
export function lockFolder(folder: string, info: { readonly startedAt: string }): FolderLock {
  const file = join(folder, 'lock.sqlite');
  const about = join(folder, 'lock.json');
  const say = (holder: Holder) => {
    writeFileSync(`${about}.new`, JSON.stringify(holder));
    renameSync(`${about}.new`, about);
  };
  const holder = { pid: process.pid, startedAt: info.startedAt };
  return onMedium(file, () => {
    makeFolder(folder);
    const db = take(file, folder);
    say(holder);
    return {
      folder,
      announce: url => {
        say({ ...holder, url });
      },
      release: () => {
        if (!db.open) return;
        rmSync(about, { force: true });
        db.close();
      },
    };
  });
}

/** Not `mkdirSync` with `recursive`: below a folder where nothing can be made, as /proc is, that never ends (Node 24). */
function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  if (found !== undefined)
    throw new LedgerError('store-unavailable', `${folder} is a file, and a ledger is kept in a folder`);
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error; // somebody came first
  }
}

/** Who holds `folder`, or undefined if nobody does. Asking never keeps anybody from taking it. */
export function holderOf(folder: string): Holder | undefined {
  const file = join(folder, 'lock.sqlite');
  if (!existsSync(file)) return undefined;
  return onMedium(file, () => {
    const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 0 });
    try {
      db.prepare('SELECT 1 FROM sqlite_schema').get();
      return undefined;
    } catch (error) {
      if (isBusy(error)) return read(folder);
      throw error;
    } finally {
      db.close();
    }
  });
}

/** Long enough for whoever only asks, and is gone in an instant. */
const PATIENCE_MS = 250;

function take(file: string, folder: string): Database.Database {
  const db = new Database(file, { timeout: PATIENCE_MS });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    if (!isBusy(error)) throw error;
    const { pid, url } = read(folder);
    const who = pid === undefined ? 'another process' : `process ${String(pid)}`;
    throw new LedgerError(
      'store-unavailable',
      `${folder} is held by ${who}${url === undefined ? '' : `, which serves it at ${url}`}: one process opens a folder`,
    );
  }
}

function read(folder: string): Holder {
  try {
    return JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8')) as Holder;
  } catch {
    return {}; // the lock is what counts
  }
}

const isBusy = (error: unknown) => codeOf(error) === 'SQLITE_BUSY';
