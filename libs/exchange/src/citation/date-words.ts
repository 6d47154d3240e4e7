import type { CslDate } from './csl.js';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const SEASONS = ['Spring', 'Summer', 'Autumn', 'Winter'];

const yearWords = (year: number) => (year < 0 ? `${String(-year)} BC` : String(year));
const monthWords = (month: number) => MONTHS[month - 1] ?? String(month);

/** "April 18, 2019", "April 2019", "2019". */
export function dayWords([year = 0, month, day]: readonly number[]): string {
  if (month === undefined) return yearWords(year);
  return `${monthWords(month)} ${day === undefined ? '' : `${String(day)}, `}${yearWords(year)}`;
}

/** As the Chicago manual writes a date: "April 18, 2019", "April 18–24, 2019", "ca. 2019"; undefined where none is known. */
export function chicagoDate(date: CslDate | undefined): string | undefined {
  if (date === undefined) return undefined;
  if (date.literal !== undefined) return date.literal;
  const [from, to] = date['date-parts'] ?? [];
  if (from === undefined) return undefined;
  const season = date.season === undefined ? '' : `${SEASONS[date.season - 1] ?? ''} `;
  return `${date.circa === true ? 'ca. ' : ''}${season}${to === undefined ? dayWords(from) : rangeWords(from, to)}`;
}

function rangeWords(from: readonly number[], to: readonly number[]): string {
  const [year, month, day] = from;
  if (year !== to[0] || month === undefined || to[1] === undefined) return `${dayWords(from)}–${dayWords(to)}`;
  const first = `${monthWords(month)}${day === undefined ? '' : ` ${String(day)}`}`;
  const sameMonth = month === to[1] && day !== undefined && to[2] !== undefined;
  const last = sameMonth ? `${String(to[2])}, ${yearWords(year ?? 0)}` : dayWords(to);
  return `${first}–${last}`;
}

/** As APA writes it in a reference: "2019, April 18", "2019", "2019, April 18–24", "n.d.". */
export function apaDate(date: CslDate | undefined): string {
  if (date === undefined) return 'n.d.';
  if (date.literal !== undefined) return date.literal;
  const [from, to] = date['date-parts'] ?? [];
  if (from === undefined) return 'n.d.';
  const about = date.circa === true ? 'ca. ' : '';
  const [year = 0] = from;
  const first = rest(from);
  if (date.season !== undefined) return `${about}${yearWords(year)}, ${SEASONS[date.season - 1] ?? ''}`;
  if (to === undefined) return `${about}${yearWords(year)}${first === '' ? '' : `, ${first}`}`;
  const other = year === to[0] ? '' : `${yearWords(to[0] ?? 0)}${rest(to) === '' ? '' : ', '}`;
  const sameMonth = other === '' && from[1] === to[1] && from[2] !== undefined && to[2] !== undefined;
  const last = sameMonth ? String(to[2]) : `${other}${rest(to)}`;
  return `${about}${yearWords(year)}${first === '' ? '' : `, ${first}`}${last === '' ? '' : `–${last}`}`;
}

const rest = ([, month, day]: readonly number[]) =>
  month === undefined ? '' : `${monthWords(month)}${day === undefined ? '' : ` ${String(day)}`}`;

/** The year alone, where the date is one. */
export function yearOf(date: CslDate | undefined): string | undefined {
  if (date?.literal !== undefined) return date.literal;
  const [from, to] = date?.['date-parts'] ?? [];
  if (from?.[0] === undefined) return undefined;
  const years =
    to?.[0] === undefined || to[0] === from[0] ? yearWords(from[0]) : `${yearWords(from[0])}–${yearWords(to[0])}`;
  return `${date?.circa === true ? 'ca. ' : ''}${years}`;
}
