import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';

/** Names that this process is writing under. */
const inUse = new Set<string>();
/** A writer on another machine that has not written for so long is taken for dead. */
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

const HOST = hostname().replaceAll(/[^A-Za-z0-9.-]/g, '-');

/** `<host>~<pid>~<uuid>`: says whose it is, so that nobody clears away what another process is still writing. */
export function temporaryName(): string {
  const name = `${HOST}~${String(process.pid)}~${randomUUID()}`;
  inUse.add(name);
  return name;
}

export function release(path: string): void {
  inUse.delete(basename(path));
}

/** Removes what writers left that are gone: killed, or cut off from the power. */
export function clearLeftovers(folder: string): void {
  for (const name of readdirSync(folder))
    if (!inUse.has(name) && isAbandoned(join(folder, name), name)) rmSync(join(folder, name), { force: true });
}

function isAbandoned(path: string, name: string): boolean {
  const [host, pid] = name.split('~');
  if (host === HOST) return Number(pid) === process.pid || !isAlive(Number(pid));
  const file = statSync(path, { throwIfNoEntry: false });
  return file !== undefined && Date.now() - file.mtimeMs > ABANDONED_AFTER_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { readonly code?: unknown }).code === 'EPERM'; // alive, and another user's
  }
}
