import { isLedgerError, LedgerError } from '@credence/contracts';

/*
 * What a failed call means. Matched by the shape of the error, for the client throws its own, those of the transport,
 * and plain ones.
 */

export type Meaning =
  /** It may have been carried out, or not. */
  | 'ambiguous'
  /** It was not carried out, and may be if asked again. */
  | 'not-done'
  /** The stream is not at the revision that was named. */
  | 'conflict'
  /** The stream does not exist, or is soft-deleted. */
  | 'not-found'
  /** The stream is gone for good. */
  | 'deleted'
  /** Asking again changes nothing. */
  | 'refused';

interface Failure {
  readonly type?: string;
  readonly code?: unknown;
  readonly message?: string;
  readonly name?: string;
}

/** gRPC status codes. */
const [UNKNOWN, ABORTED, UNAVAILABLE] = [2, 10, 14];

const NEVER_SENT =
  /ECONNREFUSED|No connection established|Failed to discover|not ready|is busy|Name resolution failed|EHOSTUNREACH|ENETUNREACH/i;

const PERMANENT = new Set([
  'access-denied',
  'invalid-argument',
  'maximum-append-size-exceeded',
  'append-record-size-exceeded',
  'transaction-max-size-exceeded',
  'unsupported',
]);

export function meaningOf(error: unknown): Meaning {
  const { type = '', code, message = '' } = error as Failure;
  if (type === 'wrong-expected-version' || type === 'append-consistency-violation') return 'conflict';
  if (type === 'stream-not-found' || type === 'no-stream') return 'not-found';
  if (type === 'stream-deleted' || type === 'stream-tombstoned') return 'deleted';
  if (type === 'not-leader') return 'not-done';
  if (PERMANENT.has(type)) return 'refused';
  if (NEVER_SENT.test(message)) return 'not-done';
  if (['deadline-exceeded', 'timeout', 'cancelled', 'unavailable'].includes(type)) return 'ambiguous';
  if (type === 'unknown')
    return code === UNKNOWN || code === ABORTED || code === UNAVAILABLE || code === undefined ? 'ambiguous' : 'refused';
  if (error instanceof Late || code === UNAVAILABLE || /write after end/i.test(message)) return 'ambiguous';
  // Not of the client's vocabulary: a bug of ours is no outage.
  return isBug(error) ? 'refused' : 'ambiguous';
}

const isBug = (error: unknown) => error instanceof TypeError || error instanceof RangeError || isLedgerError(error);

/** The call was not answered in time. */
export class Late extends Error {
  constructor(what: string, ms: number) {
    super(`${what}: no answer within ${String(ms)} ms`);
  }
}

/** @throws Late if `work` has not settled after `ms` */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  work.catch(() => undefined); // what comes too late is nobody's failure
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new Late(what, ms));
        }, ms);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** Full jitter: 0 to a bound that doubles, so that nodes which lost one leader do not come back in step. */
export const backOffMs = (attempt: number, random: () => number): number =>
  10 + random() * Math.min(2000, 50 * 2 ** Math.min(attempt, 6));

export const textOf = (error: unknown): string => {
  const { type, message = '', name } = error as Failure;
  // Of a read the client gives no more than the name of its class.
  if (!/^(\w+Error)?$/.test(message)) return message;
  if (type === 'unavailable') return 'no answer: is it running, is it reached, and is its certificate trusted?';
  return type ?? name ?? String(error);
};

/** What the details of an outage say where the user of the URL lacks a right, or the password is another. */
export const ACCESS_DENIED = 'access-denied';

/** As callers of the port are told. */
export function outage(where: string, error: unknown): LedgerError {
  if (isLedgerError(error)) return error;
  if ((error as Failure).type !== 'access-denied')
    return new LedgerError('store-unavailable', `${where}: ${textOf(error)}`);
  const detail =
    "access denied; the user of the URL, under the right password, needs to read $all, and to read and write the ledger's streams (docs/how-to/kurrentdb.md)";
  return new LedgerError('store-unavailable', `${where}: ${detail}`, [
    { pointer: 'ledger', code: ACCESS_DENIED, detail },
  ]);
}
