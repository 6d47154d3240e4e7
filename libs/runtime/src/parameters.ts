import { createHash } from 'node:crypto';
import { STATUS_CODES } from '@credence/belief';
import type { Grade, WhatIf } from '@credence/belief';
import { LedgerError, meant } from '@credence/contracts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;

const invalid = (parameter: string, detail: string): LedgerError =>
  new LedgerError('invalid-parameter', `${parameter}: ${detail}`, [{ pointer: parameter, code: 'invalid', detail }]);

/** @throws invalid-parameter */
export function limitOf(limit: string | undefined): number {
  if (limit === undefined) return DEFAULT_LIMIT;
  const n = /^[0-9]{1,6}$/.test(limit) ? Number(limit) : NaN;
  if (!(n >= 1 && n <= MAX_LIMIT)) throw invalid('limit', `found "${limit}", wanted 1 to ${String(MAX_LIMIT)}`);
  return n;
}

/** A seq given as a parameter. @throws invalid-parameter */
export function seqOf(parameter: string, text: string): number {
  const seq = /^[0-9]{1,15}$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(seq)) throw invalid(parameter, `found "${text}", wanted the number of an event, from 0`);
  return seq;
}

/** Status codes divided by commas. @throws invalid-parameter */
export function statusesOf(text: string): readonly string[] {
  const codes = text.split(',');
  const unknown = codes.find(code => !(STATUS_CODES as readonly string[]).includes(code));
  if (unknown !== undefined)
    throw invalid('status', `found "${unknown}", wanted ${STATUS_CODES.join(', ')}${meant(unknown, STATUS_CODES)}`);
  return codes;
}

/** `retracted`, `dropped` or `grade:<A-G>`. @throws invalid-parameter */
export function whatIfOf(text: string | undefined): WhatIf | undefined {
  if (text === undefined || text === 'retracted' || text === 'dropped') return text;
  const grade = /^grade:([A-G])$/.exec(text)?.[1] as Grade | undefined;
  if (grade === undefined) throw invalid('whatIf', `found "${text}", wanted retracted, dropped or grade:A to grade:G`);
  return { grade };
}

/** `recorded` (default) or `public`. @throws invalid-parameter */
export function axisOf(text = 'recorded'): 'recorded' | 'public' {
  if (text === 'recorded' || text === 'public') return text;
  throw invalid('axis', `found "${text}", wanted public or recorded`);
}

/** Where the next page of a list begins: bound to the moment of the first page and to everything else that was asked. */
export interface Cursor {
  readonly before: number;
  readonly seq: number | null;
  /** The earlier one of two moments. */
  readonly from?: number | null;
}

const digest = (list: string, filter: object) =>
  createHash('sha256')
    .update(JSON.stringify([list, Object.entries(filter).sort()]))
    .digest('base64url')
    .slice(0, 16);

export const cursorText = (list: string, filter: object, { before, seq, from }: Cursor): string =>
  Buffer.from(JSON.stringify([before, seq, digest(list, filter), ...(from === undefined ? [] : [from])])).toString(
    'base64url',
  );

/** @throws invalid-cursor - not one of ours, or given with other parameters than the page that it came with */
export function cursorOf(list: string, filter: object, text: string): Cursor {
  const [before, seq, of, from] = parsed(text);
  const isMoment = (value: unknown) => value === null || Number.isSafeInteger(value);
  if (!Number.isSafeInteger(before) || !isMoment(seq) || !(from === undefined || isMoment(from)))
    throw new LedgerError('invalid-cursor', 'the cursor is not one that a list of this ledger gave');
  if (of !== digest(list, filter))
    throw new LedgerError('invalid-cursor', 'the cursor belongs to a list asked with other parameters');
  const at = { before: before as number, seq: seq as number | null };
  return from === undefined ? at : { ...at, from: from as number | null };
}

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
