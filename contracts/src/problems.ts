/** Every problem code with its HTTP status (WIRE.md, "Errors"). The codes are stable; the words beside them are not. */
export const PROBLEMS = {
  'invalid-body': 400,
  'invalid-parameter': 400,
  'invalid-cursor': 400,
  'actor-required': 400,
  'not-found': 404,
  'idempotency-conflict': 409,
  'token-foreign': 409,
  'ambiguous-reference': 409,
  'claim-retracted': 409,
  'already-retracted': 409,
  'already-exists': 409,
  'already-linked': 409,
  'already-dissolved': 409,
  'already-superseded': 409,
  'retraction-not-standing': 409,
  'not-standing': 409,
  'not-stopped': 409,
  'backup-damaged': 409,
  'payload-redacted': 410,
  'wrong-expected-revision': 412,
  'too-large': 413,
  'event-too-large': 413,
  'unsupported-media-type': 415,
  'unknown-reference': 422,
  'unreadable-document': 422,
  internal: 500,
  'store-unavailable': 503,
  'outcome-unknown': 503,
  'view-behind': 503,
  'clock-skew': 503,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** One wrong place: an RFC 6901 pointer into the body (it names a missing member too), or a parameter's name. */
export interface ProblemItem {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** What a door answers to whoever asked: RFC 9457, with a stable code. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors: readonly ProblemItem[];
  readonly correlationId: string;
  readonly candidates?: readonly string[];
}

/** An expected failure as a value; callers must look at it. */
export interface Refusal {
  readonly refused: ProblemCode;
  readonly detail: string;
  readonly errors: readonly ProblemItem[];
  readonly candidates?: readonly string[];
}

export function refuse(refused: ProblemCode, detail: string, errors: readonly ProblemItem[] = []): Refusal {
  return { refused, detail, errors };
}

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;

/** A failure that is thrown: an outage, a conflict, or a read that cannot be answered. Match on `code`. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly errors: readonly ProblemItem[] = [],
    readonly candidates?: readonly string[],
  ) {
    super(detail);
  }
}

export const isLedgerError = (error: unknown, code?: ProblemCode): error is LedgerError =>
  error instanceof Error &&
  error.name === 'LedgerError' &&
  (code === undefined || (error as LedgerError).code === code);

export function problemOf(failure: Refusal | LedgerError, correlationId: string): ProblemDocument {
  const code = 'refused' in failure ? failure.refused : failure.code;
  return {
    type: `urn:credence:problem:${code}`,
    title: code.replaceAll('-', ' '),
    status: PROBLEMS[code],
    code,
    detail: 'refused' in failure ? failure.detail : failure.message,
    errors: failure.errors,
    correlationId,
    ...(failure.candidates === undefined ? {} : { candidates: failure.candidates }),
  };
}
