import { LedgerError } from '@credence/contracts';

/** The code of an error, whoever made it: those of SQLite and of node are no `Error` of ours in every realm. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What callers are told when the medium fails: which file, and what it said. Anything else stays what it is. */
export function unavailable(file: string, error: unknown): unknown {
  const code = codeOf(error);
  if (!/^(SQLITE_|E(?!RR_)[A-Z]+$)/.test(code)) return error;
  return new LedgerError('store-unavailable', `${file}: ${(error as Error).message} (${code})`);
}

/** @throws store-unavailable - naming `file`, when the medium fails */
export function onMedium<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw unavailable(file, error);
  }
}
