import { isLedgerError, LedgerError } from '@credence/contracts';
import type { LedgerEvent } from '@credence/contracts';
import type { EventStore } from '@credence/kernel';
import type { ReadModel } from '@credence/views';
import { beliefPast } from '../belief-past.js';
import type { Pinned, Pins, ReadParameters, SpanParameters } from '../ledger.js';
import type { Axes, Moment } from '../pins.js';

/** What a read runs over: tables of all views at one seq, and the pins to answer with. */
export interface Reading {
  readonly model: ReadModel;
  readonly moment: Moment;
  readonly axes: Axes;
}

/** How the ledger reads; what is asked of it over time stands on these. */
export interface Reads {
  readonly store: EventStore;
  isSetAside(seq: number): boolean;
  /** How many events views pass over; what was computed before another one joined them is not true of them now. */
  passedOver(): number;
  /** @param pinned - the moment of the first page */
  reading(parameters?: ReadParameters, pinned?: { readonly seq: number | null }): Promise<Reading>;
  pinned<T extends object>(answer: T, at: Reading): Pinned<T>;
  /** The id of the claim that a reference names. @throws not-found, ambiguous-reference */
  claimNamed(reference: string, at: Reading): string;
  /** The events of the claim's stream that a reading sees. */
  claimEvents(claim: string, at: Reading): Promise<readonly LedgerEvent[]>;
  /** Whether tables that were read at the head have moved since. */
  movedSince(at: Reading): () => boolean;
}

/** More than a history reads: it can do without beliefs. */
const MOST = { streams: 20_000, events: 500_000 };

/**
 * Every event that the belief in the claim hangs on, up to the reading's moment.
 *
 * @throws too-large - more than one answer reads
 */
export async function wholePast(
  claim: string,
  { moment, model }: Reading,
  { store, isSetAside }: Reads,
): Promise<readonly LedgerEvent[]> {
  const events = await beliefPast(claim, moment.seq ?? -1, model.belief, store, isSetAside, MOST);
  if (events === undefined)
    throw new LedgerError('too-large', `the belief in claim ${claim} hangs on more events than one answer reads`);
  return events;
}

/** Two moments. */
export interface Span {
  readonly from: Reading;
  readonly to: Reading;
  readonly pins: { readonly from: Pins['asOf']; readonly to: Pins['asOf'] };
}

/**
 * The two moments that `from` and `to` name, each as `asOf` is written; `to` is `asOf` unless given, and neither lies
 * behind that.
 *
 * @param pinned - the moments of the first page
 * @throws invalid-parameter - naming `from` or `to`
 */
export async function spanOf(
  { from, to, asOf, ...others }: SpanParameters,
  reads: Reads,
  pinned?: { readonly from: number | null; readonly to: number | null },
): Promise<Span> {
  if (from === undefined) throw invalid('from', 'is missing: since when? A date, an instant, @<seq> or a token');
  const at = (name: string, moment: string | undefined, seq: number | null | undefined) =>
    reads
      .reading(
        { ...others, ...(moment === undefined ? {} : { asOf: moment }) },
        seq === undefined ? undefined : { seq },
      )
      .catch((error: unknown) => {
        throw renamed(error, name);
      });
  // The later one last: nothing is awaited between it and what is read from it.
  const start = await at('from', from, pinned?.from);
  const bound = asOf === undefined || to === undefined ? undefined : await at('asOf', asOf, undefined);
  const end = await at(to === undefined ? 'asOf' : 'to', to ?? asOf, pinned?.to);
  for (const [name, moment] of [
    ['from', start],
    ['to', end],
  ] as const)
    if ((moment.moment.seq ?? -1) > ((bound ?? (asOf === undefined ? moment : end)).moment.seq ?? -1))
      throw invalid(name, `${seqText(moment)} lies behind asOf, ${seqText(bound ?? end)}`);
  const pinsOf = (reading: Reading) => reads.pinned({}, reading).pins.asOf;
  return { from: start, to: end, pins: { from: pinsOf(start), to: pinsOf(end) } };
}

/** `@41` */
export const seqText = ({ moment }: Reading): string =>
  moment.seq === null ? 'before the first event' : `@${String(moment.seq)}`;

export const invalid = (parameter: string, detail: string): LedgerError =>
  new LedgerError('invalid-parameter', `${parameter}: ${detail}`, [{ pointer: parameter, code: 'invalid', detail }]);

/** What is wrong with a moment, under the name of the parameter that gave it. */
function renamed(error: unknown, name: string): unknown {
  if (!isLedgerError(error, 'invalid-parameter') || error.errors[0]?.pointer !== 'asOf') return error;
  return invalid(name, error.errors[0].detail);
}
