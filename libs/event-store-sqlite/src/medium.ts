import { LedgerError } from '@credence/contracts';

/** Whether the medium failed, and not our code: an error of SQLite, or of the operating system. */
const isMediumError = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^(SQLITE_|E(?!RR_)[A-Z]+$)/.test(error.code);

/** What callers are told when the medium fails: which file, and what it said. Anything else stays what it is. */
export function unavailable(file: string, error: unknown): unknown {
  return isMediumError(error)
    ? new LedgerError('store-unavailable', `${file}: ${error.message} (${error.code})`)
    : error;
}

/** @throws store-unavailable - naming `file`, when the medium fails */
export function onMedium<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw unavailable(file, error);
  }
}
