import { LedgerError } from '@credence/contracts';
import type { CaptureStore } from '@credence/kernel';
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { clearLeftovers, release, temporaryName } from './temporary.js';

const CHUNK_BYTES = 65_536;

/**
 * Captures as files `<aa>/<sha256>` below `folder`, which is made if it is not there; `aa` are the first two digits.
 * Bytes are written under a temporary name in `tmp`, synced, renamed, and the folder synced, so that a name never shows
 * less than all its bytes. Several processes may use the folder at once. A capture is hashed again while it is read:
 * bytes that are no longer what the name says end in `store-unavailable`, not in silence.
 *
 * @throws store-unavailable - the folder cannot be made or read
 */
export function fsCaptureStore({ folder }: { readonly folder: string }): CaptureStore {
  const root = resolve(folder);
  const tmp = join(root, 'tmp');
  try {
    makeFolder(tmp);
    clearLeftovers(tmp);
  } catch (error) {
    throw unavailable(root, error);
  }
  const pathOf = (sha256: string) => join(root, sha256.slice(0, 2), sha256);

  const has = async (sha256: string): Promise<boolean> => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return false;
    try {
      return (await stat(pathOf(sha256))).isFile();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw unavailable(pathOf(sha256), error);
    }
  };

  return {
    has,
    get: async sha256 => ((await has(sha256)) ? checked(pathOf(sha256), sha256) : undefined),
    put: async bytes => {
      const temporary = join(tmp, temporaryName());
      try {
        const written = await writeSynced(temporary, bytes);
        await medium(temporary, () => moveIn(temporary, pathOf(written.sha256), written.size));
        return written;
      } finally {
        await rm(temporary, { force: true }).catch(() => undefined); // what is left is cleared when next opened
        release(temporary);
      }
    },
  };
}

/** Makes `path` and what is missing above it, durably. */
function makeFolder(path: string): void {
  const first = mkdirSync(path, { recursive: true });
  if (first === undefined) return;
  for (let above = dirname(path); above.length >= dirname(first).length; above = dirname(above)) {
    const folder = openSync(above, 'r');
    fsyncSync(folder);
    closeSync(folder);
    if (above === dirname(above)) return;
  }
}

/** What the giver of the bytes throws passes as it is; what the disk refuses is `store-unavailable`. */
async function writeSynced(path: string, bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
  const hash = createHash('sha256');
  let size = 0;
  const file = await medium(path, () => open(path, 'wx'));
  try {
    for await (const chunk of bytes) {
      hash.update(chunk);
      await medium(path, () => writeAll(file, chunk));
      size += chunk.length;
    }
    await medium(path, () => file.sync());
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), size };
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
}

/** Synced folders also where the name is there already: the one who made it may not have come so far yet. */
async function moveIn(temporary: string, path: string, size: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if ((await sizeOf(path)) !== size) await rename(temporary, path); // another size is a damaged file: healed
  await syncFolder(dirname(path));
  await syncFolder(dirname(dirname(path)));
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function* checked(path: string, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  const file = await medium(path, () => open(path, 'r'));
  try {
    for (;;) {
      const { bytesRead, buffer } = await medium(path, () => file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES));
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      hash.update(chunk);
      yield chunk;
    }
  } finally {
    await file.close();
  }
  const found = hash.digest('hex');
  if (found !== sha256)
    throw new LedgerError('store-unavailable', `${path} is damaged: the SHA-256 of its bytes is ${found}`);
}

/** @throws store-unavailable - what the disk refused */
async function medium<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw unavailable(path, error);
  }
}

/** By shape: an error of another realm is no `instanceof Error` here. */
const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown } | null)?.code;

const unavailable = (path: string, error: unknown): LedgerError =>
  new LedgerError('store-unavailable', `${path}: ${(error as Partial<Error>).message ?? String(error)}`);
