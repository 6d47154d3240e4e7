import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';

import { DATES } from '../../../test/support/dates-table.js';
import { boundsOf, compareDays, holdsAt, stateBounds } from './index.js';

const dataSet = resolve(process.env['CREDENCE_DATASETS'] ?? '../shared/data', 'standing-case');
const withDataSet = existsSync(dataSet) ? it : it.skip;

const unknown = [null, null] as const;
const around = (edtf: string): readonly [string | null, string | null] => [boundsOf(edtf).lo, boundsOf(edtf).hi];

describe('boundsOf', () => {
  it.each(DATES)('%j: the table of the belief model', (edtf, lo, hi) => {
    expect(around(edtf)).toEqual([lo, hi]);
  });

  it.each([
    ['2019', '2019-01-01', '2019-12-31'],
    ['2019-04-18', '2019-04-18', '2019-04-18'],
    ['0000', '0000-01-01', '0000-12-31'],
    ['-0044', '-0044-01-01', '-0044-12-31'],
    ['2016-02', '2016-02-01', '2016-02-29'],
    ['1900-02', '1900-02-01', '1900-02-28'],
    ['201', '2010-01-01', '2019-12-31'],
    ['20', '2000-01-01', '2099-12-31'],
  ])('%j: years, months, days, decades and centuries', (edtf, lo, hi) => {
    expect(around(edtf)).toEqual([lo, hi]);
  });

  it.each([
    ['20XX', '2000-01-01', '2099-12-31'],
    ['XXXX', '0000-01-01', '9999-12-31'],
    ['2X19', '2019-01-01', '2919-12-31'],
    ['-01XX', '-0199-01-01', '-0100-12-31'],
    ['2004-XX', '2004-01-01', '2004-12-31'],
    ['2016-1X', '2016-10-01', '2016-12-31'],
    ['2016-XX-25', '2016-01-25', '2016-12-25'],
    ['2016-X2-30', '2016-12-30', '2016-12-30'],
    ['2016-02-XX', '2016-02-01', '2016-02-29'],
    ['2019-02-2X', '2019-02-20', '2019-02-28'],
    ['1XXX-12', '1000-12-01', '1999-12-31'],
    ['XXXX-12-24', '0000-12-24', '9999-12-24'],
    ['199X-02-29', '1992-02-29', '1996-02-29'],
    ['199X-XX-31', '1990-01-31', '1999-12-31'],
  ])('%j: unspecified digits', (edtf, lo, hi) => {
    expect(around(edtf)).toEqual([lo, hi]);
  });

  it.each([
    ['2016-21', '2016-01-01', '2016-12-31'],
    ['2015-24', '2015-01-01', '2016-02-29'],
    ['2016-25', '2016-03-01', '2016-05-31'],
    ['2016-27', '2016-09-01', '2016-11-30'],
    ['2015-28', '2015-12-01', '2016-02-29'],
    ['2016-29', '2016-09-01', '2016-11-30'],
    ['2016-30', '2016-12-01', '2017-02-28'],
    ['2016-31', '2016-03-01', '2016-05-31'],
    ['2016-32', '2016-06-01', '2016-08-31'],
    ['2016-33', '2016-01-01', '2016-03-31'],
    ['2016-34', '2016-04-01', '2016-06-30'],
    ['2016-35', '2016-07-01', '2016-09-30'],
    ['2016-37', '2016-01-01', '2016-04-30'],
    ['2016-38', '2016-05-01', '2016-08-31'],
    ['2016-39', '2016-09-01', '2016-12-31'],
    ['2016-40', '2016-01-01', '2016-06-30'],
    ['2016-41', '2016-07-01', '2016-12-31'],
    ['2016-42', ...unknown],
  ])('%j: divisions of a year', (edtf, lo, hi) => {
    expect(around(edtf)).toEqual([lo, hi]);
  });

  it.each([
    ['2017~', '2016-01-01', '2018-12-31', false],
    ['2017%', '2016-01-01', '2018-12-31', true],
    ['2017-03-01~', '2017-02-28', '2017-03-02', false],
    ['2017-12-31%', '2017-12-30', '2018-01-01', true],
    ['2017~-03', '2016-03-01', '2018-03-31', false],
    ['2017-~03', '2017-02-01', '2017-04-30', false],
    ['2017-03~-31', '2017-02-28', '2017-04-30', false],
    ['2016~-02-29', '2015-02-28', '2017-02-28', false],
    ['?2017-03-15', '2017-03-15', '2017-03-15', true],
    ['2017?-03~', '2017-02-01', '2017-04-30', true],
    ['201~', '2000-01-01', '2029-12-31', false],
    ['20%', '1900-01-01', '2199-12-31', true],
    ['0000~', '-0001-01-01', '0001-12-31', false],
  ])('%j: qualifiers; about is one unit of the finest part that is marked', (edtf, lo, hi, uncertain) => {
    expect(boundsOf(edtf)).toEqual({ lo, hi, uncertain, readable: true });
  });

  it.each([
    ['Y17E7', 'Y000170000000-01-01', 'Y000170000000-12-31'],
    ['Y-17E7', '-170000000-01-01', '-170000000-12-31'],
    ['Y10000', 'Y000000010000-01-01', 'Y000000010000-12-31'],
    ['Y171010000S3', 'Y000171000000-01-01', 'Y000171999999-12-31'],
    ['Y3388E2S3', 'Y000000338000-01-01', 'Y000000338999-12-31'],
    ['1950S2', '1900-01-01', '1999-12-31'],
    ['-1950S2', '-1999-01-01', '-1900-12-31'],
    ['1950S9', '1950-01-01', '1950-12-31'],
    ['Y1E400', ...unknown],
    ['Y1E12', ...unknown],
  ])('%j: long years and significant digits', (edtf, lo, hi) => {
    expect(around(edtf)).toEqual([lo, hi]);
  });

  it.each([
    ['[2019,1999-04,2004-05-06]', '1999-04-01', '2019-12-31'],
    ['[1667, 1668..1670]', '1667-01-01', '1670-12-31'],
    ['[..2019-04-18]', null, '2019-04-18'],
    ['[2017-01..]', '2017-01-01', null],
    ['{..2017,2015}', null, '2017-12-31'],
    ['{2015~,2016?}', '2014-01-01', '2016-12-31'],
    ['[201X,2021]', '2010-01-01', '2021-12-31'],
    ['[2015~..2016-22,2019-04-18T23:00-02:00]', '2014-01-01', '2019-04-19'],
    ['[2018..2017]', ...unknown],
  ])('%j: sets', (edtf, lo, hi) => {
    expect(around(edtf)).toEqual([lo, hi]);
  });

  it.each([
    ['2019/2019-05', '2019-01-01', '2019-05-31'],
    ['2016-11-2X/2016-12', '2016-11-20', '2016-12-31'],
    ['2004-06-~01/2004-06-~20', '2004-05-31', '2004-06-21'],
    ['2019-04-18T23:30:00-04:00/2019-04-20', '2019-04-19', '2019-04-20'],
    ['-0100/-0044', '-0100-01-01', '-0044-12-31'],
    ['2016-22/2017-28', '2016-01-01', '2018-02-28'],
    ['2018/2017', ...unknown],
    ['-0044/-0100', ...unknown],
    ['2019-04-18T10:00:00/2019-05', ...unknown],
  ])('%j: intervals', (edtf, lo, hi) => {
    expect(around(edtf)).toEqual([lo, hi]);
  });

  it.each([
    ['2019-04-18T00:30+14', '2019-04-17'],
    ['2019-04-18T24:00:00Z', '2019-04-19'],
    ['2019-12-31T23:59:59.999Z', '2019-12-31'],
    ['2019-04-18T23:30:00−0400', '2019-04-19'],
    ['0050-01-01T00:00:00Z', '0050-01-01'],
  ])('%j: instants, by their UTC day', (edtf, day) => {
    expect(around(edtf)).toEqual([day, day]);
  });

  it.each(['unknown', '/', '../..', '/..', '../'])('reads %j, which says nothing', edtf => {
    expect(boundsOf(edtf)).toEqual({ lo: null, hi: null, uncertain: false, readable: true });
  });

  it.each([
    '',
    'Unknown',
    ' 2019',
    '1/96/17',
    'April 2019',
    '2019-13-01',
    '2019-02-29',
    '2019-02-29T10:00:00Z',
    '[2019-02-29]',
    '2019-04-18T10:00:00',
    '199X-02-30',
    '[]',
    '{}',
    '[..]',
    '[2016,]',
    '[..2016..]',
    '[2016..,2018]',
    '[2015,..2018]',
    '[[2016]]',
    '{2016/2017}',
    '[2016}',
    '2016/2017/2018',
    '..',
    '2016..2017',
    '2019/2018',
    '2016-22~',
    `[${Array(200).fill('2019').join(',')}]`,
  ])('does not read %j, and never coerces it', edtf => {
    expect(boundsOf(edtf)).toEqual({ lo: null, hi: null, uncertain: false, readable: false });
  });

  withDataSet('reads every date of the standing case but the deliberate ones (data set standing-case)', () => {
    const dates = (file: string): string[] => {
      const found: string[] = [];
      const collect = (value: unknown): void => {
        if (typeof value !== 'object' || value === null) return;
        for (const [key, member] of Object.entries(value)) {
          const date = key === 'assertedAt' || key === 'holdsDuring' || key === 'issued';
          const edtf: unknown = (member as { edtf?: unknown } | null)?.edtf ?? member;
          if (date && typeof edtf === 'string') found.push(edtf);
          else if (date && typeof edtf === 'number') found.push(String(edtf));
          else collect(member);
        }
      };
      collect(parseYaml(readFileSync(join(dataSet, file), 'utf8')));
      return found;
    };
    expect(dates('dossier.yaml').length).toBeGreaterThan(100);
    expect(dates('dossier.yaml').filter(edtf => !boundsOf(edtf).readable)).toEqual([]);
    expect(dates('variants/broken/bad-date.yaml').filter(edtf => !boundsOf(edtf).readable)).toEqual(['1/96/17']);
  });
});

describe('on a machine in another zone', () => {
  const original = Object.getOwnPropertyDescriptor(Date.prototype, 'getTimezoneOffset')!;
  afterEach(() => {
    Object.defineProperty(Date.prototype, 'getTimezoneOffset', original);
  });

  it.each([-840, 720])('nothing changes (%i minutes)', offset => {
    Object.defineProperty(Date.prototype, 'getTimezoneOffset', { ...original, value: () => offset });
    const second = 10 + (offset > 0 ? 1 : 0); // no text that has been read before
    expect(new Date(0).getTimezoneOffset()).toBe(offset);
    expect(boundsOf(`2019-04-18T00:30:${second}`).readable).toBe(false);
    expect(boundsOf(`2019-04-18T00:30:${second}/..`).readable).toBe(false);
    expect(around(`2019-04-18T00:30:${second}Z`)).toEqual(['2019-04-18', '2019-04-18']);
    expect(around(`2019-04-18T23:30:${second}-04:00`)).toEqual(['2019-04-19', '2019-04-19']);
  });
});

const years = fc.integer({ min: -3000, max: 3000 });
const yearText = (year: number): string => (year < 0 ? '-' : '') + Math.abs(year).toString().padStart(4, '0');
const two = (n: number): string => n.toString().padStart(2, '0');
/** A year, a month or a day; some of them on no calendar. */
const dates = fc
  .record({
    year: years,
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
    parts: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ year, month, day, parts }) => [yearText(year), two(month), two(day)].slice(0, parts).join('-'));
const readableDates = dates.filter(date => boundsOf(date).readable);
const scraps = fc.string({ unit: fc.constantFrom(...'0123456789-XYESTZ:.,/[]{}?~%+ '), maxLength: 24 });

const within = (lo: string | null, day: string | null, hi: string | null): boolean =>
  day !== null && (lo === null || compareDays(lo, day) <= 0) && (hi === null || compareDays(day, hi) <= 0);

describe('laws of bounds', () => {
  it('any string has bounds, the first of which is not after the last; unreadable means unknown', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          scraps,
          fc.string(),
          dates,
          fc.tuple(dates, dates).map(pair => pair.join('/')),
        ),
        text => {
          const { lo, hi, readable } = boundsOf(text);
          return (lo === null || hi === null || compareDays(lo, hi) <= 0) && (readable || (lo === null && hi === null));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('an interval reaches from the first day of its start to the last of its end', () => {
    fc.assert(
      fc.property(readableDates, readableDates, (a, b) => {
        const [start, end, both] = [boundsOf(a), boundsOf(b), boundsOf(`${a}/${b}`)];
        if (compareDays(start.lo!, end.hi!) > 0) return !both.readable;
        return both.lo === start.lo && both.hi === end.hi;
      }),
    );
  });

  it('a set reaches from its earliest member to its latest', () => {
    fc.assert(
      fc.property(fc.array(readableDates, { minLength: 1, maxLength: 5 }), members => {
        const lo = members.map(m => boundsOf(m).lo!).sort(compareDays)[0];
        const hi = members
          .map(m => boundsOf(m).hi!)
          .sort(compareDays)
          .at(-1);
        return [`[${members.join(',')}]`, `{${members.join(' , ')}}`].every(
          set => boundsOf(set).lo === lo && boundsOf(set).hi === hi,
        );
      }),
    );
  });

  it('a plain date means the same as the set that holds it alone', () => {
    fc.assert(
      fc.property(dates, date => {
        const [plain, alone] = [boundsOf(date), boundsOf(`{${date}}`)];
        return plain.lo === alone.lo && plain.hi === alone.hi && plain.readable === alone.readable;
      }),
    );
  });

  it('about a date contains the date, and a question mark moves nothing', () => {
    fc.assert(
      fc.property(readableDates, date => {
        const [exact, about, asked] = [boundsOf(date), boundsOf(`${date}~`), boundsOf(`${date}?`)];
        return (
          within(about.lo, exact.lo, about.hi) &&
          within(about.lo, exact.hi, about.hi) &&
          about.lo !== exact.lo &&
          about.hi !== exact.hi &&
          !about.uncertain &&
          asked.uncertain &&
          asked.lo === exact.lo &&
          asked.hi === exact.hi
        );
      }),
    );
  });

  it('masking digits widens', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 9999 }),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        (year, mask) => {
          const [whole, masked] = [
            boundsOf(`${year}`),
            boundsOf([...`${year}`].map((d, i) => (mask[i] ? 'X' : d)).join('')),
          ];
          return within(masked.lo, whole.lo, masked.hi) && within(masked.lo, whole.hi, masked.hi);
        },
      ),
    );
  });
});

describe('states', () => {
  it('give an interval one range for each end, and a single date the same range twice', () => {
    expect(stateBounds('2016-11/2016-12')).toEqual({
      start: { lo: '2016-11-01', hi: '2016-11-30' },
      end: { lo: '2016-12-01', hi: '2016-12-31' },
    });
    const april = { lo: '2019-04-01', hi: '2019-04-30' };
    expect(stateBounds('2019-04')).toEqual({ start: april, end: april });
    const handOver = { lo: '2017-01-18', hi: '2018-04-11' };
    expect(stateBounds('[2017-01-18..2018-04-11]')).toEqual({ start: handOver, end: handOver });
    expect(stateBounds('2018/')).toEqual({
      start: { lo: '2018-01-01', hi: '2018-12-31' },
      end: { lo: null, hi: null },
    });
    expect(stateBounds('{2018-06-05,2018-06-15}')).toEqual({
      start: { lo: '2018-06-05', hi: '2018-06-05' },
      end: { lo: '2018-06-15', hi: '2018-06-15' },
    });
  });

  it.each([
    ['2016-11/2016-12', '2016-10-31', 'no'],
    ['2016-11/2016-12', '2016-11-01', 'possible'],
    ['2016-11/2016-12', '2016-11-30', 'certain'],
    ['2016-11/2016-12', '2016-12-01', 'certain'],
    ['2016-11/2016-12', '2016-12-02', 'possible'],
    ['2016-11/2016-12', '2017-01-01', 'no'],
    ['2017-01-18/2018-04-11', '2017-06-01', 'certain'],
    ['2017-01-18', '2017-01-18', 'certain'],
    ['2017-01-18', '2017-01-19', 'no'],
    ['2019-04', '2019-04-18', 'possible'],
    ['2019-05-21?', '2019-05-21', 'certain'],
    ['[2017-01-18..2018-04-11]', '2017-06-01', 'possible'],
    ['[2017-01-18..2018-04-11]', '2018-04-12', 'no'],
    ['[2017,2019]', '2018-06-01', 'no'],
    ['[2017-01-18]', '2017-01-18', 'certain'],
    ['{2018-06-05,2018-06-15}', '2018-06-05', 'certain'],
    ['{2018-06-05,2018-06-15}', '2018-06-10', 'no'],
    ['{2018-06-05..2018-06-15}', '2018-06-10', 'certain'],
    ['2018/', '2017-12-31', 'no'],
    ['2018/', '2018-01-01', 'possible'],
    ['2017-01-16/..', '2030-01-01', 'possible'],
    ['/2017', '0001-01-01', 'possible'],
    ['../2017-03', '2017-04-01', 'no'],
    ['unknown', '2017-04-01', 'unknown'],
    ['../..', '2017-04-01', 'unknown'],
    ['1/96/17', '2017-04-01', 'unknown'],
  ] as const)('%s on %s: %s', (edtf, day, holds) => {
    expect(holdsAt(edtf, day)).toBe(holds);
  });

  it('hold with certainty only where they may hold, and never outside their bounds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          readableDates,
          fc.tuple(readableDates, readableDates).map(pair => pair.join('/')),
        ),
        readableDates.map(date => boundsOf(date).lo!),
        (edtf, day) => {
          const { lo, hi, readable } = boundsOf(edtf);
          const { start, end } = stateBounds(edtf);
          const holds = holdsAt(edtf, day);
          if (!readable) return holds === 'unknown';
          if (!within(lo, day, hi)) return holds === 'no';
          return holds === (within(start.hi, day, end.lo) ? 'certain' : 'possible');
        },
      ),
    );
  });
});
