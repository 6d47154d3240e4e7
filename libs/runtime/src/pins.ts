import { LedgerError } from '@credence/contracts';
import type { Query } from '@credence/belief';
import { rootOfFirst, seqAt } from '@credence/kernel';
import type { LogReader } from '@credence/kernel';
import { dayOf, instantText, lastDayOf, parseAsOf } from '@credence/time';
import type { Pins, ReadParameters } from './ledger.js';
import { primitives } from './primitives.js';

/** Which events a read sees. */
export interface Moment {
  /** The last one, or null before the first. */
  readonly seq: number | null;
  /** The head was meant, not this seq. */
  readonly head: boolean;
  readonly final: boolean;
}

/** The other two axes, as belief and `holds` read them. */
export interface Axes {
  readonly query: Query;
  readonly holdsAt?: string;
}

const invalid = (parameter: string, detail: string): LedgerError =>
  new LedgerError('invalid-parameter', `${parameter}: ${detail}`, [{ pointer: parameter, code: 'invalid', detail }]);

/**
 * Resolves `asOf` (WIRE.md, "Pins").
 *
 * @param headSeq - seq of the last event that the views hold, or null
 * @throws invalid-parameter - unreadable, in the future, or beyond the head
 * @throws token-foreign - a token whose root is not that of this ledger at its seq
 */
export function momentOf(asOf: string | undefined, log: LogReader, headSeq: number | null, nowMs: number): Moment {
  const size = log.head().size;
  const asked = parseAsOf(asOf, Math.max(nowMs, log.head().effectiveAt));
  switch (asked.kind) {
    case 'head':
      return { seq: headSeq, head: true, final: false };
    case 'future':
      throw invalid('asOf', `"${String(asOf)}" lies in the future`);
    case 'invalid':
      throw invalid('asOf', asked.reason);
    case 'seq':
      if (asked.seq >= size) throw invalid('asOf', `@${String(asked.seq)} is beyond the head, ${headName(size)}`);
      return { seq: asked.seq, head: false, final: true };
    case 'token':
      if (asked.seq >= size || !rootOfFirst(log, asked.seq + 1, primitives.sha256).startsWith(asked.root32))
        throw new LedgerError('token-foreign', `the token ${String(asOf)} was not given by this ledger`);
      return { seq: asked.seq, head: false, final: true };
    case 'instant': {
      const seq = seqAt(log, asked.untilMs);
      return { seq, head: false, final: (seq ?? -1) < size - 1 };
    }
  }
}

const headName = (size: number) => (size === 0 ? 'which has no event yet' : `@${String(size - 1)}`);

/** `certain` (default) or `possible`. @throws invalid-parameter */
export function certaintyOf(text = 'certain'): 'certain' | 'possible' {
  if (text === 'certain' || text === 'possible') return text;
  throw invalid('certainty', `found "${text}", wanted certain or possible`);
}

/** `publicBy`, `certainty` and `holdsAt`, read and checked. */
export function axesOf({ publicBy, certainty: asked, holdsAt }: ReadParameters): Axes {
  const certainty = certaintyOf(asked);
  const day = holdsAt === undefined ? undefined : dayOf(holdsAt);
  if (holdsAt !== undefined && day === undefined)
    throw invalid('holdsAt', `found "${holdsAt}", wanted a day like 2019-04-18`);
  const last = publicBy === undefined ? undefined : lastDayOf(publicBy);
  if (publicBy !== undefined && last === undefined)
    throw invalid('publicBy', `found "${publicBy}", wanted a year, a month or a day like 2019-04-18`);
  return {
    query: last === undefined ? {} : { publicBy: last, certainty },
    ...(day === undefined ? {} : { holdsAt: day }),
  };
}

type Place = Omit<Pins['asOf'], 'final'>;

/** Of each log the place asked for last: a log only grows, so what was said of a place holds for ever. */
const lastPlaces = new WeakMap<LogReader, Place>();

function placeIn(log: LogReader, seq: number | null): Place {
  const last = lastPlaces.get(log);
  if (last?.seq === seq) return last;
  const treeSize = seq === null ? 0 : seq + 1;
  const root = rootOfFirst(log, treeSize, primitives.sha256);
  const place = {
    seq,
    effectiveAt: seq === null ? null : instantText(log.effectiveAt(seq)),
    treeSize,
    root,
    token: seq === null ? null : `@${String(seq)}.${root.slice(0, 32)}`,
  };
  lastPlaces.set(log, place);
  return place;
}

/** The pins as every answer carries them. */
export function pinsOf({ seq, final }: Moment, { query, holdsAt }: Axes, log: LogReader): Pins {
  return {
    asOf: { ...placeIn(log, seq), final },
    ...(query.publicBy === undefined ? {} : { publicBy: query.publicBy, certainty: query.certainty ?? 'certain' }),
    ...(holdsAt === undefined ? {} : { holdsAt }),
  };
}
