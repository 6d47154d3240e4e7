import { LedgerError } from '@credence/contracts';
import { writeFileSync } from 'node:fs';

/** Beside a database file in which damage was met: it is set aside when it is next opened. */
export const damageMark = (file: string): string => `${file}.damaged`;

/** By shape: an error of another realm is no `instanceof Error` here. */
const codeOf = (error: unknown): string => {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

/** The bytes in the file are not those of a whole database. */
export const isDamage = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error));

/** What SQLite or the file system refused, as the port says it; anything else is a bug and passes as it is. */
export function unavailable(file: string, error: unknown): unknown {
  if (!/^(SQLITE_|E[A-Z]+$)/.test(codeOf(error))) return error;
  const { message } = error as Error;
  if (!isDamage(error)) return new LedgerError('store-unavailable', `${file}: ${message}`);
  markDamaged(file);
  return new LedgerError('store-unavailable', `${file}: ${message}; the next start sets it aside and builds it anew`);
}

function markDamaged(file: string): void {
  try {
    writeFileSync(damageMark(file), '');
  } catch {
    // The disk takes nothing: the damage will be met again.
  }
}
