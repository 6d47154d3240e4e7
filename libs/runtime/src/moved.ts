import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError } from '@credence/contracts';

/** What a ledger's folder says once a migration has begun to move it; it stays when that is done. */
export interface Moved {
  /** URL of the cluster, without user and password. */
  readonly to: string;
  readonly ledger: string;
  readonly since: string;
  /** When all of it was there and verified; absent: it is on its way. */
  readonly verifiedAt?: string;
}

const MARK = 'moved.json';

export const markOf = (folder: string): string => join(folder, MARK);

/**
 * The folder's mark, if it has one.
 *
 * @throws store-unavailable - there is one, and it cannot be read
 */
export function movedFrom(folder: string): Moved | undefined {
  const file = markOf(folder);
  if (!existsSync(file)) return undefined;
  try {
    const { to, ledger, since, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Moved>;
    if (to === undefined || ledger === undefined || since === undefined) throw new Error('it names no target');
    return { to, ledger, since, ...rest };
  } catch (error) {
    throw new LedgerError(
      'store-unavailable',
      `${file} says that the ledger in ${folder} was moved, and cannot be read (${(error as Error).message}); if it was not, remove that file`,
    );
  }
}

/**
 * Marks the folder; on the medium when this returns, whole or not at all.
 *
 * @throws store-unavailable - it cannot be written
 */
export function markMoved(folder: string, moved: Moved): void {
  const file = markOf(folder);
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify(moved)}\n`, { flush: true });
    renameSync(`${file}.new`, file);
    const entry = openSync(folder, 'r');
    fsyncSync(entry); // else a power cut may forget the name
    closeSync(entry);
  } catch (error) {
    throw new LedgerError('store-unavailable', `${file}: ${(error as Error).message}`);
  }
}

/**
 * For whoever would open the ledger in `folder`: one ledger lives in one place.
 *
 * @throws store-unavailable - it was moved, or is on its way; the message says where to, and what can be done
 */
export function refuseMoved(folder: string): void {
  const moved = movedFrom(folder);
  if (moved === undefined) return;
  const { to, since, verifiedAt } = moved;
  throw new LedgerError(
    'store-unavailable',
    verifiedAt === undefined
      ? `the ledger in ${folder} is being moved to ${to}, since ${since}: go on with credence migrate --from sqlite:${folder} --to ${to} …, or give the move up by removing ${markOf(folder)}`
      : `the ledger in ${folder} was moved to ${to}, and verified there at ${verifiedAt}: use it there. Whoever removes ${markOf(folder)} has two histories of one ledger`,
  );
}
