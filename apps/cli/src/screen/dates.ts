import { boundsOf } from '@credence/time';
import type { DateShown } from '@credence/views';
import { clean } from './text.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A date as people write it: "18 Apr 2019", "18-24 Apr 2019", "about Mar 2017", "until 26 Oct 2018", "date unknown"; what
 * cannot be read as it was written: "1/96/17 (unreadable date)".
 */
export function inWords({ edtf, lo, hi }: DateShown): string {
  if (lo === null && hi === null)
    return edtf === '' || boundsOf(edtf).readable ? 'date unknown' : `${clean(edtf)} (unreadable date)`;
  const simple = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]$/.exec(edtf);
  if (simple !== null) return `about ${simpleText(simple)}`; // its bounds are wider than what people mean to read
  const sure = /[~?%]/.test(edtf) ? 'about ' : '';
  if (edtf.startsWith('{') && !edtf.includes('..')) return listOf(edtf) ?? `${sure}${between(lo, hi)}`;
  return `${sure}${between(lo, hi)}`;
}

function simpleText([, year = '', month, day]: RegExpExecArray): string {
  if (month === undefined) return yearText(year);
  return day === undefined
    ? `${MONTHS[Number(month) - 1] ?? month} ${yearText(year)}`
    : dayText(`${year}-${month}-${day}`);
}

/** Days that are all meant, each by its name; undefined where one is no plain day. */
function listOf(edtf: string): string | undefined {
  const days = edtf
    .slice(1, -1)
    .split(',')
    .map(day => day.trim());
  return days.every(day => /^\d{4}-\d\d-\d\d$/.test(day)) ? days.map(dayText).join(' and ') : undefined;
}

function between(lo: string | null, hi: string | null): string {
  if (lo === null) return `until ${dayText(hi as string)}`;
  if (hi === null) return `since ${dayText(lo)}`;
  if (lo === hi) return dayText(lo);
  const [from, to] = [parts(lo), parts(hi)];
  if (from.year === to.year && lo.endsWith('-01-01') && hi.endsWith('-12-31')) return from.year;
  const sameYear = from.year === to.year;
  const sameMonth = sameYear && from.month === to.month;
  if (sameMonth && from.day === 1 && hi === boundsOf(hi.slice(0, -'-dd'.length)).hi)
    return `${monthOf(from)} ${from.year}`;
  if (sameMonth) return `${String(from.day)}-${dayText(hi)}`;
  return sameYear ? `${String(from.day)} ${monthOf(from)} - ${dayText(hi)}` : `${dayText(lo)} - ${dayText(hi)}`;
}

interface DayParts {
  readonly year: string;
  readonly month: number;
  readonly day: number;
}

function parts(day: string): DayParts {
  const [, year = day, month = '1', of = '1'] = /^(-?\d+|Y\d+)-(\d\d)-(\d\d)$/.exec(day) ?? [];
  return { year: yearText(year), month: Number(month), day: Number(of) };
}

/** Year 0 is 1 BC (ISO 8601); one of more than four digits is written with all of them. */
function yearText(year: string): string {
  const number = Number(year.replace('Y', ''));
  if (number <= 0) return `${String(1 - number)} BC`;
  return number > 9999 ? String(number) : year;
}

const monthOf = ({ month }: DayParts) => MONTHS[month - 1] ?? String(month);

function dayText(day: string): string {
  const at = parts(day);
  return `${String(at.day)} ${monthOf(at)} ${at.year}`;
}

/** An instant of the ledger: "2026-11-24 08:00:01" (UTC). */
export const instant = (text: string): string => text.slice(0, 19).replace('T', ' ');
