import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { holderOf, lockFolder, openSqliteEventStore } from '@credence/event-store-sqlite';
import { setClock, sha256 } from '@credence/kernel/testing';
import { compiled } from '../support/compiled.js';
import { writerProcess } from '../support/writer-process.js';

const scratch = mkdtempSync(join(tmpdir(), 'credence-lock-'));
let program: ReturnType<typeof compiled>;
beforeAll(() => {
  program = compiled('test/fault/writer.ts');
});
afterAll(() => {
  program.remove();
  rmSync(scratch, { recursive: true, force: true });
});

const open = (folder: string) => openSqliteEventStore({ folder, clock: setClock(Date.now()), sha256 });
const startedAt = '2026-03-01T12:00:00.000Z';

describe('promise 1: one process opens a folder', () => {
  it('a second one is told which process holds it, and where that serves it; kill -9 frees it at once', async () => {
    const folder = join(scratch, 'served');
    const writer = writerProcess(program.file, [folder, '0', '10', 'http://127.0.0.1:3000']);
    try {
      await writer.line('ready');
      writer.go();
      await writer.line('batch');
      const failure: unknown = await open(folder).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'store-unavailable' });
      for (const part of [folder, String(writer.pid), 'http://127.0.0.1:3000'])
        expect((failure as Error).message).toContain(part);
      expect(holderOf(folder)).toMatchObject({ pid: writer.pid, url: 'http://127.0.0.1:3000' });
    } finally {
      await writer.kill();
    }
    expect(holderOf(folder)).toBeUndefined();
    const store = await open(folder);
    expect(store.log.head().size).toBeGreaterThan(0);
    await store.close();
  });

  it('of four that start together one gets it', async () => {
    const folder = join(scratch, 'raced');
    const writers = Array.from({ length: 4 }, (_, i) => writerProcess(program.file, [folder, String(i), '10']));
    try {
      await Promise.all(writers.map(writer => writer.line('ready')));
      for (const writer of writers) writer.go();
      const outcomes = await Promise.all(
        writers.map(writer => Promise.any([writer.line('batch'), writer.line('failed')])),
      );
      expect(outcomes.filter(line => line.startsWith('batch'))).toHaveLength(1);
      for (const line of outcomes) if (!line.startsWith('batch')) expect(line).toContain(`${folder} is held`);
    } finally {
      await Promise.all(writers.map(writer => writer.kill()));
    }
  });

  it('the same process cannot open it twice, and can again once it is closed', async () => {
    const folder = join(scratch, 'twice');
    const store = await open(folder);
    for (let i = 0; i < 2; i++)
      await expect(open(folder)).rejects.toMatchObject({
        code: 'store-unavailable',
        message: expect.stringContaining(`process ${String(process.pid)}`),
      });
    expect(holderOf(folder)).toMatchObject({ pid: process.pid });
    await store.close();
    expect(holderOf(folder)).toBeUndefined();
    await (await open(folder)).close();
  });

  it('a store under its caller’s lock leaves the folder to the caller when it closes', async () => {
    const folder = join(scratch, 'lent');
    const lock = lockFolder(folder, { startedAt });
    await (await openSqliteEventStore({ folder, clock: setClock(), sha256, lock })).close();
    await expect(open(folder)).rejects.toMatchObject({ code: 'store-unavailable' });
    lock.announce('http://127.0.0.1:4000');
    expect(holderOf(folder)).toEqual({ pid: process.pid, url: 'http://127.0.0.1:4000', startedAt });
    lock.release();
    lock.release();
    expect(holderOf(folder)).toBeUndefined();
    expect(existsSync(join(folder, 'lock.json'))).toBe(false);
  });

  it('asking who holds a folder makes nothing and keeps nobody from taking it', () => {
    expect(holderOf(join(scratch, 'nowhere'))).toBeUndefined();
    const folder = join(scratch, 'asked');
    lockFolder(folder, { startedAt }).release();
    for (let i = 0; i < 20; i++) {
      expect(holderOf(folder)).toBeUndefined();
      const lock = lockFolder(folder, { startedAt });
      expect(holderOf(folder)).toMatchObject({ pid: process.pid });
      expect(() => lockFolder(folder, { startedAt })).toThrow(/is held by process/);
      lock.release();
    }
  });
});
