import { boundsOf } from '@credence/time';
import type { CslDate } from './csl.js';
import { dayWords } from './date-words.js';

/** One date, of whatever precision, and whether it is marked as approximate or uncertain (CSL has one word for both). */
interface Single {
  readonly parts: readonly number[];
  readonly circa: boolean;
  readonly season?: number;
}

/**
 * An EDTF date (ISO 8601-2) as CSL has it. Years, months, days, their approximate forms, seasons and closed intervals have
 * a form there; for all others (one of several days, open ends, decades, quarters) CSL has words only, and gets them with the
 * EDTF string beside. What nobody can read stands as it was written. Undefined: no date is known.
 */
export function cslDate(edtf: string): CslDate | undefined {
  const { readable, lo, hi } = boundsOf(edtf);
  if (!readable) return { literal: edtf };
  if (lo === null && hi === null) return undefined;
  const one = single(edtf);
  if (one !== undefined)
    return {
      'date-parts': [one.parts],
      ...(one.circa ? { circa: true } : {}),
      ...(one.season === undefined ? {} : { season: one.season }),
    };
  const [from, to] = edtf.split('/').map(single);
  if (from !== undefined && to !== undefined && from.season === undefined && to.season === undefined)
    return { 'date-parts': [from.parts, to.parts], ...(from.circa || to.circa ? { circa: true } : {}) };
  return { literal: inWords(edtf), edtf };
}

const DATE = /^(-?\d{4})(?:-(\d\d|XX))?(?:-(\d\d|XX))?$/;

function single(edtf: string): Single | undefined {
  const plain = edtf.replace(/[?~%]/g, '').replace(/T.*$/, '');
  const [, year, month = 'XX', day = 'XX'] = DATE.exec(plain) ?? [];
  if (year === undefined || (month === 'XX' && day !== 'XX')) return undefined;
  const circa = plain !== edtf && /[?~%]/.test(edtf);
  // ISO 8601 counts a year 0, which CSL and the calendars of historians do not.
  const count = Number(year) > 0 ? Number(year) : Number(year) - 1;
  if (month === 'XX') return { parts: [count], circa };
  if (Number(month) <= 12) return { parts: [count, Number(month), ...(day === 'XX' ? [] : [Number(day)])], circa };
  const season = Number(month) - 20;
  return season >= 1 && season <= 4 ? { parts: [count], circa, season } : undefined;
}

function inWords(edtf: string): string {
  const set = /^([[{])(.+)[\]}]$/.exec(edtf);
  if (set !== null) {
    const members = (set[2] as string).split(/ *, */).map(memberWords);
    return members.length === 1 ? String(members[0]) : listed(members, set[1] === '[' ? 'or' : 'and');
  }
  const ends = edtf.split('/');
  if (ends.length === 2) return rangeWords(ends[0] as string, ends[1] as string, 'to');
  return wordsOf(edtf);
}

function memberWords(member: string): string {
  const [from, to] = member.split('..');
  return to === undefined ? wordsOf(member) : rangeWords(from as string, to, 'and');
}

function rangeWords(from: string, to: string, joint: 'to' | 'and'): string {
  const [first, last] = [from, to].map(end => (end === '' || end === '..' ? undefined : wordsOf(end)));
  if (first === undefined) return `until ${last ?? ''}`;
  if (last === undefined) return joint === 'to' ? `from ${first} on` : `${first} or later`;
  return joint === 'to' ? `from ${first} to ${last}` : `between ${first} and ${last}`;
}

const DIVISIONS: Readonly<Record<string, string>> = {
  ...{ 21: 'spring', 22: 'summer', 23: 'autumn', 24: 'winter', 25: 'spring', 26: 'summer', 27: 'autumn', 28: 'winter' },
  ...{ 29: 'spring', 30: 'summer', 31: 'autumn', 32: 'winter' },
  ...{ 33: 'the first quarter of', 34: 'the second quarter of', 35: 'the third quarter of', 36: 'the last quarter of' },
  ...{ 37: 'the first third of', 38: 'the second third of', 39: 'the last third of' },
  ...{ 40: 'the first half of', 41: 'the second half of' },
};

function wordsOf(edtf: string): string {
  const one = single(edtf);
  const about = /[?~%]/.test(edtf) ? 'about ' : '';
  if (one !== undefined && one.season === undefined) return `${about}${dayWords(one.parts)}`;
  const [, year, division] = /^(-?\d{4})-(\d\d)[?~%]?$/.exec(edtf) ?? [];
  if (year !== undefined && division !== undefined && DIVISIONS[division] !== undefined)
    return `${about}${DIVISIONS[division]} ${year}`;
  const decade = /^(\d{3})X[?~%]?$/.exec(edtf);
  if (decade !== null) return `${about}the ${String(decade[1])}0s`;
  return edtf;
}

const listed = (items: readonly string[], joint: string) =>
  items.length === 2
    ? items.join(` ${joint} `)
    : `${items.slice(0, -1).join('; ')}; ${joint} ${items.at(-1) as string}`;
