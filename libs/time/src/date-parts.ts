import { dayAt, dayText, MAX_YEAR, monthLength, utcMs, type Day } from './calendar.js';
import { instantMs } from './instant.js';

/** First and last day on which something can have been; `null` is unknown: minus or plus infinity. */
export interface Range {
  readonly lo: Day | null;
  readonly hi: Day | null;
}

export const UNKNOWN: Range = { lo: null, hi: null };

/**
 * The days that one EDTF date without `/`, `,` or `..` can mean, the padding of `~` and `%` included.
 *
 * The edtf package has accepted the text before; here it is given its meaning.
 *
 * @returns `undefined` where no such day exists (2019-02-29), or where nobody can tell the day (an instant without zone)
 */
export function rangeOf(text: string): Range | undefined {
  return dateRange(text) ?? divisionRange(text) ?? longYearRange(text) ?? instantRange(text);
}

const QUALIFIER = '([?~%]?)';
const DATE = new RegExp(
  `^${QUALIFIER}(-?)([\\dX]{2,4})${QUALIFIER}` +
    `(?:-${QUALIFIER}([\\dX]{2})${QUALIFIER}(?:-${QUALIFIER}([\\dX]{2})${QUALIFIER})?)?$`,
);

/** Years, months and days, with their qualifiers and unspecified digits; also `201`, a decade, and `20`, a century. */
function dateRange(text: string): Range | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, beforeYear, sign, digits, afterYear, beforeMonth, month, afterMonth, beforeDay, day, afterDay] = match;
  const first = extreme('first', sign === '-', digits!.padEnd(4, 'X'), month, day);
  const last = extreme('last', sign === '-', digits!.padEnd(4, 'X'), month, day);
  if (!first || !last) return undefined;

  const unit = isApproximate(beforeDay, afterDay)
    ? 'day'
    : isApproximate(beforeMonth, afterMonth)
      ? 1
      : isApproximate(beforeYear, afterYear)
        ? 12 * 10 ** (4 - digits!.length)
        : undefined;
  if (unit === undefined) return { lo: dayText(...first), hi: dayText(...last) };
  if (unit === 'day') return { lo: nextDay(first, -1), hi: nextDay(last, 1) };
  return { lo: monthsLater(first, -unit), hi: monthsLater(last, unit, day === undefined) };
}

/** A convention (BELIEF 8): about means give or take one unit, that of the finest part of the date that is marked. */
const isApproximate = (...marks: (string | undefined)[]): boolean => marks.some(mark => mark === '~' || mark === '%');

type Civil = readonly [year: number, month: number, day: number];

/** The first or last real day whose digits fit; `X` fits any. Years are tried in turn, for 29 February is rare. */
function extreme(which: 'first' | 'last', bc: boolean, year: string, month = 'XX', day = 'XX'): Civil | undefined {
  const years = fitting(year, 0, 9999).map(size => (bc ? -size : size));
  for (const y of (which === 'first') === bc ? years.reverse() : years) {
    for (const m of ordered(which, fitting(month, 1, 12))) {
      const [d] = ordered(which, fitting(day, 1, monthLength(y, m)));
      if (d !== undefined) return [y, m, d];
    }
  }
  return undefined;
}

const ordered = (which: 'first' | 'last', ascending: number[]): number[] =>
  which === 'first' ? ascending : ascending.reverse();

function fitting(mask: string, from: number, to: number): number[] {
  if (!mask.includes('X')) return Number(mask) >= from && Number(mask) <= to ? [Number(mask)] : [];
  const fits = new RegExp(`^${mask.replaceAll('X', '.')}$`);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(n =>
    fits.test(n.toString().padStart(mask.length, '0')),
  );
}

const nextDay = ([y, m, d]: Civil, step: 1 | -1): Day => dayAt(utcMs(y, m, d + step));

/** 31 March less a month is the last day of February; `toTheEnd` makes it the last day of whatever month it is. */
function monthsLater([y, m, d]: Civil, months: number, toTheEnd = false): Day {
  const length = monthLength(y, m + months);
  return dayText(y, m + months, toTheEnd ? length : Math.min(d, length));
}

/**
 * First and last month of EDTF's divisions of a year; 14 is February of the next. Without a hemisphere a season can be
 * any time of its year, and a winter can also end in the next.
 */
const DIVISIONS: Readonly<Record<string, readonly [first: number, last: number]>> = {
  ...{ 21: [1, 12], 22: [1, 12], 23: [1, 12], 24: [1, 14] },
  ...{ 25: [3, 5], 26: [6, 8], 27: [9, 11], 28: [12, 14] }, // north: spring, summer, autumn, winter
  ...{ 29: [9, 11], 30: [12, 14], 31: [3, 5], 32: [6, 8] }, // south
  ...{ 33: [1, 3], 34: [4, 6], 35: [7, 9], 36: [10, 12] }, // quarters
  ...{ 37: [1, 4], 38: [5, 8], 39: [9, 12] }, // four months
  ...{ 40: [1, 6], 41: [7, 12] }, // half-years
};

function divisionRange(text: string): Range | undefined {
  const match = /^(-?\d{4})-(\d{2})$/.exec(text);
  const months = match && DIVISIONS[match[2]!];
  if (!months) return undefined;
  const year = Number(match[1]);
  return { lo: dayText(year, months[0], 1), hi: dayText(year, months[1], monthLength(year, months[1])) };
}

const LONG_YEAR = /^(?:Y(-?)(\d+)(?:E(\d+))?|(-?)(\d{4}))(?:S(\d))?$/;

/** Years of more than four digits (`Y170000002`, `Y17E7`), and years of which only some digits are significant. */
function longYearRange(text: string): Range | undefined {
  const match = LONG_YEAR.exec(text);
  if (!match) return undefined;
  const size = Number(match[2] ?? match[5]) * 10 ** Number(match[3] ?? 0);
  if (!(size <= MAX_YEAR)) return undefined;
  const unit = match[6] === undefined ? 1 : 10 ** Math.max(0, size.toString().length - Number(match[6]));
  const least = Math.floor(size / unit) * unit;
  const bc = (match[1] ?? match[4]) === '-';
  const [first, last] = bc ? [-(least + unit - 1), -least] : [least, least + unit - 1];
  return { lo: dayText(first, 1, 1), hi: dayText(last, 12, 31) };
}

function instantRange(text: string): Range | undefined {
  const ms = instantMs(text);
  return typeof ms === 'number' ? { lo: dayAt(ms), hi: dayAt(ms) } : undefined;
}
