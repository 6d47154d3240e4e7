import { refuse } from '@credence/contracts';
import type { ProblemItem, Refusal } from '@credence/contracts';

/** The body itself is wrong, at these places. */
export const invalid = (...errors: readonly ProblemItem[]): Refusal =>
  refuse('invalid-body', errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '), errors);

export const missing = (pointer: string, detail: string): ProblemItem => ({ pointer, code: 'required', detail });

export const notFound = (what: string, id: string): Refusal => refuse('not-found', `no ${what} ${id}`);

export const alreadyExists = (what: string, id: string): Refusal =>
  refuse('already-exists', `${what} ${id} exists already`);
