/**
 * A day in UTC of the proleptic Gregorian calendar: `2019-04-18`. Year 0 is 1 BC (ISO 8601): `-0043-03-15` is in 44 BC.
 * Years after 9999 are written `Y` and twelve digits: `Y000170000000-12-31`.
 *
 * So comparing the strings compares the days, except two days that both lie before year 0; `compareDays` is always
 * right.
 */
export type Day = string;

/** Years farther away than this have no days here; the universe is 1.4e10 years old. */
export const MAX_YEAR = 999_999_999_999;

/** Negative, zero or positive as `a` is before, the same as or after `b`. */
export function compareDays(a: Day, b: Day): number {
  if (a === b) return 0;
  if (a.startsWith('-') && b.startsWith('-')) {
    const [yearA, yearB] = [yearOf(a), yearOf(b)];
    if (yearA !== yearB) return yearA - yearB;
  }
  return a < b ? -1 : 1;
}

const yearOf = (day: Day): number => Number(day.slice(0, -'-mm-dd'.length));

/** Months count from 1 to 12; any other month is carried into the year: month 14 is February of the next. */
export function dayText(year: number, month: number, day: number): Day {
  const y = year + Math.floor((month - 1) / 12);
  const size = Math.abs(y).toString();
  const written = y < 0 ? `-${size.padStart(4, '0')}` : y > 9999 ? `Y${size.padStart(12, '0')}` : size.padStart(4, '0');
  return `${written}-${two(monthOf(month))}-${two(day)}`;
}

/** Number of days of a month, which is carried as in `dayText`. */
export function monthLength(year: number, month: number): number {
  const y = year + Math.floor((month - 1) / 12);
  const leap = y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][monthOf(month) - 1]!;
}

/** Milliseconds since 1970 of a time of day in UTC, for years of up to four digits; hour 24 and minutes are carried. */
export function utcMs(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, ms = 0): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // Date.UTC takes the years 0 to 99 for 1900 to 1999
  return date.setUTCHours(hour, minute, second, ms);
}

/** The UTC day in which a millisecond lies. */
export function dayAt(ms: number): Day {
  const date = new Date(ms);
  return dayText(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

const monthOf = (month: number): number => ((((month - 1) % 12) + 12) % 12) + 1;
const two = (n: number): string => n.toString().padStart(2, '0');
