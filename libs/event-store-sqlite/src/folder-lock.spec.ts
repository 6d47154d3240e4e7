import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockFolder } from './folder-lock.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'credence-lock-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});
const lock = (folder: string) => lockFolder(folder, { startedAt: '2026-01-01T00:00:00.000Z' });

describe('the lock of a folder', () => {
  it('makes the folder, also below others that are not there', () => {
    const folder = join(root, 'a', 'b');
    const held = lock(folder);
    expect(existsSync(join(folder, 'lock.sqlite'))).toBe(true);
    expect(() => lock(folder)).toThrow(/held by process/);
    held.release();
    lock(folder).release();
  });

  it('says that a file is no folder', () => {
    writeFileSync(join(root, 'file'), '');
    for (const folder of [join(root, 'file'), join(root, 'file', 'inside')])
      expect(() => lock(folder)).toThrow(expect.objectContaining({ code: 'store-unavailable' }));
    expect(() => lock(join(root, 'file'))).toThrow(/is a file, and a ledger is kept in a folder/);
  });

  // Where there is no /proc the folder cannot be made either, or is made.
  (existsSync('/proc/self') ? it : it.skip)('says where no folder can be made, and does not try for ever', () => {
    for (const folder of ['/proc/credence', '/proc/credence/inside'])
      expect(() => lock(folder)).toThrow(expect.objectContaining({ code: 'store-unavailable' }));
  });
});
