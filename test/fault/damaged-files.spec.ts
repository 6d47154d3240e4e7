import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { openSqliteEventStore } from '@credence/event-store-sqlite';
import { all, claimStream, sealer, setClock, sha256 } from '@credence/kernel/testing';

const scratch = mkdtempSync(join(tmpdir(), 'credence-damaged-'));
const sound = join(scratch, 'sound');
let made = 0;

/** A folder in which `spoil` has been at work on a sound event database, or on the place where one belongs. */
function folderWith(spoil: (file: string) => void, { empty = false } = {}): { folder: string; file: string } {
  const folder = join(scratch, `folder ${String(made++)}`);
  if (empty) mkdirSync(folder);
  else cpSync(sound, folder, { recursive: true });
  const file = join(folder, 'events.sqlite');
  spoil(file);
  return { folder, file };
}

const open = (folder: string) => openSqliteEventStore({ folder, clock: setClock(), sha256 });
const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** The folder is refused by name and in words, the file keeps every byte, and nobody is left holding the folder. */
async function refusedUntouched({ folder, file }: { folder: string; file: string }, words: RegExp): Promise<void> {
  const before = digest(file);
  for (let i = 0; i < 2; i++) {
    const failure: unknown = await open(folder).then(
      () => 'it was opened',
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'store-unavailable', message: expect.stringMatching(words) });
    expect((failure as Error).message).toContain(file);
  }
  expect(digest(file)).toBe(before);
}

beforeAll(async () => {
  const store = await open(sound);
  const A = claimStream('a');
  await store.append(A, 'no-stream', sealer().some(A, 1500));
  await store.close();
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

describe('promise 12: a file that is no whole event database is refused with a clear message, and left as it is', () => {
  it('no SQLite file', () =>
    refusedUntouched(
      folderWith(file => {
        writeFileSync(file, 'Dear diary, '.repeat(1000));
      }),
      /is no SQLite database/,
    ));

  it('a short text', () =>
    refusedUntouched(
      folderWith(file => {
        writeFileSync(file, 'notes');
      }),
      /is no SQLite database/,
    ));

  it('an empty file', () =>
    refusedUntouched(
      folderWith(file => {
        writeFileSync(file, '');
      }),
      /is cut short: 0 bytes/,
    ));

  it.each([1, 16, 99, 100, 4095, 4096, 8192, 100_000])('a database cut off after %d bytes', bytes =>
    refusedUntouched(
      folderWith(file => {
        truncateSync(file, bytes);
      }),
      /is cut short/,
    ),
  );

  it('a database that lacks its last byte', () =>
    refusedUntouched(
      folderWith(file => {
        truncateSync(file, statSync(file).size - 1);
      }),
      /is cut short/,
    ));

  it('an SQLite database of another program', () =>
    refusedUntouched(
      folderWith(
        file => {
          const db = new Database(file);
          db.exec('CREATE TABLE bookmarks (url TEXT)');
          db.close();
        },
        { empty: true },
      ),
      /none of Credence/,
    ));

  it('a database of a newer release', () =>
    refusedUntouched(
      folderWith(file => {
        const db = new Database(file);
        db.pragma('user_version = 99');
        db.pragma('wal_checkpoint(TRUNCATE)');
        db.close();
      }),
      /schema 99.*newer/,
    ));

  it('a database whose tree of pages is overwritten with noise', async () => {
    const { folder, file } = folderWith(path => {
      const bytes = readFileSync(path);
      bytes.fill(0xa5, 4096);
      writeFileSync(path, bytes);
    });
    await refusedUntouched({ folder, file }, /malformed|not a database|corrupt/);
  });

  it('a folder that cannot be made', async () => {
    const file = join(scratch, 'in the way');
    writeFileSync(file, '');
    await expect(open(file)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining(file),
    });
  });
});

describe('what is left of an interrupted creation is no hindrance', () => {
  it('a draft beside the place', async () => {
    const { folder } = folderWith(
      file => {
        writeFileSync(`${file}.new`, 'half a database');
        writeFileSync(`${file}.new-journal`, 'half a journal');
      },
      { empty: true },
    );
    const store = await open(folder);
    expect(store.log.head().size).toBe(0);
    await store.close();
  });
});

it('a page that is damaged while the store is open is reported when it is read, by file, and is no crash', async () => {
  const { folder, file } = folderWith(path => {
    const bytes = readFileSync(path);
    // The middle of the table: neither the schema nor the end of the log, which opening reads.
    bytes.fill(0xa5, 40 * 4096, 60 * 4096);
    writeFileSync(path, bytes);
  });
  const reading = open(folder).then(async store => {
    try {
      await all(store.readAll(null));
    } finally {
      await store.close();
    }
  });
  await expect(reading).rejects.toMatchObject({ code: 'store-unavailable', message: expect.stringContaining(file) });
});
