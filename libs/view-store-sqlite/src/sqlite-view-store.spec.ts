import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position, ViewShape } from '@credence/kernel';
import Database from 'better-sqlite3';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteViewStore } from './index.js';

const VIEW: ViewShape = { name: 'claims', version: 1, tables: { claims: { key: ['text'] } } };
const ROWS = 5000;

let folder: string;
let file: string;
let said: string[];
const open = () => openSqliteViewStore({ file, report: message => said.push(message) });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-views-'));
  file = join(folder, 'views.sqlite');
  said = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function fill(): void {
  const store = open();
  store.open(VIEW).write({ seq: 0, position: '0' as Position }, tables => {
    for (let i = 0; i < ROWS; i++) tables('claims').put([`claim ${String(i)}`], 'x'.repeat(100));
  });
  store.close();
}

const beginsAnew = (why: RegExp) => {
  const store = open();
  expect(store.list()).toEqual([]);
  expect(store.open(VIEW).checkpoint()).toBeNull();
  store.close();
  expect(said).toEqual([expect.stringMatching(why)]);
  expect(readdirSync(folder).sort()).toEqual(['views.sqlite', 'views.sqlite.set-aside']);
};

const change = (at: number, bytes: Uint8Array) => {
  const fd = openSync(file, 'r+');
  writeSync(fd, bytes, 0, bytes.length, at);
  closeSync(fd);
};

describe('the file of the view store', () => {
  it('is found again, with what was written', () => {
    fill();
    const store = open();
    expect(store.list()).toEqual([{ name: 'claims', version: 1, checkpoint: { seq: 0, position: '0' } }]);
    expect([...store.open(VIEW).tables('claims').range()]).toHaveLength(ROWS);
    store.close();
    expect(said).toEqual([]);
    expect(readdirSync(folder)).toEqual(['views.sqlite']);
  });

  it('is left alone when it is a database of another program', () => {
    const other = new Database(file);
    other.pragma('journal_mode = WAL');
    other.exec('CREATE TABLE theirs (a)');
    other.close();
    const before = readFileSync(file);
    expect(open).toThrow(
      expect.objectContaining({ code: 'store-unavailable', message: expect.stringContaining(file) }),
    );
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(folder)).toEqual(['views.sqlite']);
  });

  it('is begun anew when it is no database at all', () => {
    writeFileSync(file, 'not a database, but somebody may want it');
    beginsAnew(/is no SQLite database/);
    expect(readFileSync(`${file}.set-aside`, 'utf8')).toContain('somebody may want it');
  });

  it('is begun anew when a release wrote it whose format this one does not read', () => {
    fill();
    change(60, Uint8Array.of(0, 0, 0, 2));
    beginsAnew(/has format 2, and this release reads 1/);
  });

  it.each([50, 5000, 100_000])('is begun anew when it was cut after %i bytes', bytes => {
    fill();
    truncateSync(file, bytes);
    beginsAnew(/is damaged|is no SQLite database/);
  });

  it('is begun anew at the next start when damage is met in the middle', () => {
    fill();
    const page = 8192;
    for (let at = 2 * page; at < statSync(file).size; at += page) change(at, new Uint8Array(page).fill(0xa5));
    const store = open();
    expect(() => [...store.open(VIEW).tables('claims').range()]).toThrow(
      expect.objectContaining({ code: 'store-unavailable' }),
    );
    store.close();
    beginsAnew(/is damaged/);
  });

  it('keeps each file that is set aside', () => {
    for (const text of ['first', 'second']) {
      writeFileSync(file, text);
      open().close();
    }
    expect(readFileSync(`${file}.set-aside`, 'utf8')).toBe('first');
    expect(readFileSync(`${file}.set-aside-2`, 'utf8')).toBe('second');
  });

  it('is refused while another connection has it open', () => {
    const store = open();
    expect(open).toThrow(
      expect.objectContaining({ code: 'store-unavailable', message: expect.stringContaining('locked') }),
    );
    store.close();
  });

  it('is refused where it cannot be made', () => {
    file = join(folder, 'missing', 'views.sqlite');
    expect(open).toThrow(expect.objectContaining({ code: 'store-unavailable' }));
    file = folder;
    expect(open).toThrow(expect.objectContaining({ code: 'store-unavailable' }));
  });
});
