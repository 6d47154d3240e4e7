// The app's build takes only what is imported, so the types of the package are named here.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./edtf.d.ts" />
import { parse } from 'edtf';

import { compareDays, type Day } from './calendar.js';
import { rangeOf, UNKNOWN, type Range } from './date-parts.js';

/** What an EDTF date says about the day of a moment. */
export interface DateBounds {
  /** First day on which it can have been; `null`: unknown, counts as minus infinity. */
  readonly lo: Day | null;
  /** Last day on which it can have been; `null`: unknown, counts as plus infinity. */
  readonly hi: Day | null;
  /** Marked `?` or `%` anywhere: the bounds stand, but nothing may be proved by them. */
  readonly uncertain: boolean;
  /** False where the text gives no date that we can read; its bounds are unknown then. */
  readonly readable: boolean;
}

/** When something that lasts began and ended: each end is a day within its range. */
export interface StateBounds {
  readonly start: Range;
  readonly end: Range;
}

/**
 * First and last day of an EDTF date of level 0 to 2 (ISO 8601-2), in UTC. Total: any string has an answer, the same on
 * every machine.
 *
 * `unknown` and intervals open on both sides are readable and say nothing. Not readable: what the edtf package does not
 * parse, days that no calendar has, intervals that end before they begin, instants without zone, more than 1,000
 * characters. The edtf package judges each single date; bounds are ours, for its own are wrong for sets.
 */
export function boundsOf(edtf: string): DateBounds {
  return read(edtf).bounds;
}

/**
 * When a state that is dated by `edtf` began and ended. An interval gives one end each. A single date, of whatever
 * precision, says that it began and ended within it; so does a set of alternatives `[..]`. Of `{..}`, each member of
 * which holds, this is the envelope; `holdsAt` looks at the members.
 */
export function stateBounds(edtf: string): StateBounds {
  const { states, alternatives } = read(edtf);
  const start = hull(states.map(state => state.start));
  const end = hull(states.map(state => state.end));
  if (alternatives) return { start, end };
  return {
    start: { lo: start.lo, hi: least(known(states.map(state => state.start.hi))) },
    end: { lo: greatest(known(states.map(state => state.end.lo))), hi: end.hi },
  };
}

/**
 * Whether a state that is dated by `edtf` holds on a day: `certain` iff its latest start <= day <= its earliest end,
 * `possible` iff its earliest start <= day <= its latest end; `unknown` where the date says nothing at all. One of
 * several alternatives is certain only if all are; of `{..}` one member is enough.
 */
export function holdsAt(edtf: string, day: Day): 'certain' | 'possible' | 'no' | 'unknown' {
  const { bounds, states, alternatives } = read(edtf);
  if (bounds.lo === null && bounds.hi === null) return 'unknown';
  const certain = ({ start, end }: StateBounds): boolean =>
    start.hi !== null && end.lo !== null && compareDays(start.hi, day) <= 0 && compareDays(day, end.lo) <= 0;
  const possible = ({ start, end }: StateBounds): boolean =>
    (start.lo === null || compareDays(start.lo, day) <= 0) && (end.hi === null || compareDays(day, end.hi) <= 0);
  if (alternatives ? states.every(certain) : states.some(certain)) return 'certain';
  return states.some(possible) ? 'possible' : 'no';
}

/** A date, taken apart. */
interface Reading {
  readonly bounds: DateBounds;
  /** One, or one per member of a set. */
  readonly states: readonly StateBounds[];
  /** True for `[..]`: one of the members is meant. False for `{..}`: each is. */
  readonly alternatives: boolean;
}

const MAX_CHARACTERS = 1000;
const SAYS_NOTHING: StateBounds = { start: UNKNOWN, end: UNKNOWN };
const NOT_READABLE: Reading = {
  bounds: { ...UNKNOWN, uncertain: false, readable: false },
  states: [SAYS_NOTHING],
  alternatives: false,
};

// A ledger has few distinct dates and asks about them often, so readings are kept; dropped all at once when too many.
const readings = new Map<string, Reading>();
const MAX_READINGS = 10_000;

function read(edtf: string): Reading {
  const kept = readings.get(edtf);
  if (kept) return kept;
  const reading = readAnew(edtf);
  if (readings.size >= MAX_READINGS) readings.clear();
  if (edtf.length <= MAX_CHARACTERS) readings.set(edtf, reading);
  return reading;
}

function readAnew(edtf: string): Reading {
  const states = edtf === 'unknown' ? [SAYS_NOTHING] : statesOf(edtf);
  if (!states) return NOT_READABLE;
  const { lo } = hull(states.map(state => state.start));
  const { hi } = hull(states.map(state => state.end));
  const bounds = { lo, hi, uncertain: /[?%]/.test(edtf), readable: true };
  return { bounds, states, alternatives: edtf.startsWith('[') };
}

/**
 * `undefined` where any part cannot be read: half a date is not guessed at. Intervals and sets are taken apart here,
 * for the package has no set whose range mixes precisions (`[2017-01..2018-04-04]`) or whose members are `2015~`.
 */
function statesOf(edtf: string): StateBounds[] | undefined {
  if (edtf.length > MAX_CHARACTERS) return undefined;
  const interval = /^([^/]*)\/([^/]*)$/.exec(edtf);
  if (interval) return all([between(endOf(interval[1]!), endOf(interval[2]!))]);
  const set = /^\[(.+)\]$|^\{(.+)\}$/.exec(edtf);
  if (!set) return all([during(dateOf(edtf))]);
  const members = (set[1] ?? set[2]!).split(/ *, */);
  const states = members.map((member, i) => memberOf(member, i === 0, i === members.length - 1));
  return all(set[1] === undefined ? states : states.map(oneMoment));
}

/** `a`, `a..b`, `..a` in the first place, `b..` in the last. */
function memberOf(text: string, first: boolean, last: boolean): StateBounds | undefined {
  const [from, to, ...rest] = text.split('..');
  if (to === undefined) return during(dateOf(text));
  const open = (from === '' && first && to !== '') || (to === '' && last && from !== '');
  if (rest.length > 0 || ((from === '' || to === '') && !open)) return undefined;
  return between(endOf(from!), endOf(to));
}

const endOf = (text: string): Range | undefined => (text === '' || text === '..' ? UNKNOWN : dateOf(text));

const PLAIN = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?$/; // most of them; the parser would take 0.1 ms to agree

function dateOf(text: string): Range | undefined {
  if (PLAIN.test(text)) return rangeOf(text);
  try {
    parse(text);
  } catch {
    return undefined;
  }
  return rangeOf(text);
}

const during = (range: Range | undefined): StateBounds | undefined => range && { start: range, end: range };

function between(start: Range | undefined, end: Range | undefined): StateBounds | undefined {
  if (!start || !end) return undefined;
  const backwards = start.lo !== null && end.hi !== null && compareDays(start.lo, end.hi) > 0;
  return backwards ? undefined : { start, end };
}

const oneMoment = (state: StateBounds | undefined): StateBounds | undefined =>
  state && during({ lo: state.start.lo, hi: state.end.hi });

const all = (states: (StateBounds | undefined)[]): StateBounds[] | undefined =>
  states.every(state => state !== undefined) ? states : undefined;

const hull = (ranges: readonly Range[]): Range => ({
  lo: least(ranges.map(range => range.lo)),
  hi: greatest(ranges.map(range => range.hi)),
});

const known = (days: readonly (Day | null)[]): (Day | null)[] => {
  const some = days.filter(day => day !== null);
  return some.length > 0 ? some : [null];
};

/** Unknown counts as minus infinity. */
function least(days: readonly (Day | null)[]): Day | null {
  return days.reduce((a, b) => (a === null || b === null ? null : compareDays(a, b) <= 0 ? a : b));
}

/** Unknown counts as plus infinity. */
function greatest(days: readonly (Day | null)[]): Day | null {
  return days.reduce((a, b) => (a === null || b === null ? null : compareDays(a, b) >= 0 ? a : b));
}
