import { eachLetter, isCombining, widthAt } from './letters.js';

/** A stretch of source that is read on without a stop; `joint` says how it hangs together with the one before. */
export interface Run {
  readonly start: number;
  readonly end: number;
  /** `bridge`: only an interruption lies between; `stop`: no sentence goes across. */
  readonly joint: 'bridge' | 'stop';
}

/** A text in the order in which it is read: the letters, and where in the source each stands. */
export interface Reading {
  readonly source: string;
  readonly runs: readonly Run[];
  /** Folded code units; STOP between runs that do not hang together. */
  readonly units: Uint16Array;
  /** Where in the source the character of each unit begins. */
  readonly at: Uint32Array;
  /** For each run the number of its first unit. */
  readonly begins: readonly number[];
}

/** No character: U+FFFF. */
export const STOP = 0xffff;

export function readingOf(source: string, runs: readonly Run[]): Reading {
  let size = runs.length + 16;
  for (const run of runs) size += run.end - run.start;
  let units = new Uint16Array(size);
  let at = new Uint32Array(size);
  let count = 0;
  const push = (unit: number, place: number) => {
    if (count === units.length) {
      units = grown(units, Uint16Array);
      at = grown(at, Uint32Array);
    }
    units[count] = unit;
    at[count] = place;
    count += 1;
    if (unit >= 0x300 && count > 1 && isCombining(unit)) orderMarks(units, count - 1);
  };
  const begins: number[] = [];
  for (const [index, run] of runs.entries()) {
    if (index > 0 && run.joint === 'stop') push(STOP, run.start);
    begins.push(count);
    eachLetter(source, run.start, run.end, push);
  }
  return { source, runs, units: units.subarray(0, count), at: at.subarray(0, count), begins };
}

function grown<T extends Uint16Array | Uint32Array>(from: T, Kind: new (length: number) => T): T {
  const to = new Kind(from.length * 2);
  to.set(from);
  return to;
}

/** As many marks on one letter are put in order; more are no writing. */
const MOST_MARKS = 8;

/** Canonical order of marks (UAX #15): two that stand in another order are the same text. Places stay as they are. */
function orderMarks(units: Uint16Array, last: number): void {
  for (let index = last; index > 0 && index > last - MOST_MARKS; index -= 1) {
    const [one, two] = [units[index - 1] as number, units[index] as number];
    if (!isCombining(one) || !changePlaces(one, two)) return;
    units[index - 1] = two;
    units[index] = one;
  }
}

function changePlaces(one: number, two: number): boolean {
  const key = one * 0x10000 + two;
  const known = inOtherOrder.get(key);
  if (known !== undefined) return known;
  const pair = String.fromCharCode(one, two);
  const other = pair.normalize('NFD') === String.fromCharCode(two, one) && one !== two;
  inOtherOrder.set(key, other);
  return other;
}
const inOtherOrder = new Map<number, boolean>();

/** Where in the source the character of a unit ends. */
export const endOf = ({ source, at }: Reading, index: number) =>
  (at[index] as number) + widthAt(source, at[index] as number);

/** The number of the run to which a unit belongs. */
export function runOf({ begins }: Reading, unit: number): number {
  let [low, high] = [0, begins.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((begins[middle] as number) <= unit) low = middle;
    else high = middle;
  }
  return low;
}

/** Stands in a gap for an interruption: footnote mark, notes, running head, page number, page break. */
export const INTERRUPTION = '\uffff';

/** What lies between a unit and the one before it; an interruption in it is one character, INTERRUPTION. */
export function gapBefore(reading: Reading, unit: number): string {
  const { source, runs, units, at } = reading;
  const run = runOf(reading, unit);
  const place = at[unit] as number;
  // Nothing hangs together across a stop: what the source has between may be half the text.
  if (unit === 0 || units[unit - 1] === STOP) return source.slice((runs[run] as Run).start, place);
  const before = runOf(reading, unit - 1);
  const end = endOf(reading, unit - 1);
  if (before === run) return source.slice(end, place);
  return source.slice(end, (runs[before] as Run).end) + INTERRUPTION + source.slice((runs[run] as Run).start, place);
}
