import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { compareDays, dayOf, instantMs, instantText, lastDayOf, parseAsOf } from './index.js';

const now = Date.UTC(2019, 3, 18, 10, 0, 0, 0);

describe('parseAsOf', () => {
  it.each([
    [undefined, { kind: 'head' }],
    ['2019-04-18', { kind: 'head' }],
    ['2019-04', { kind: 'head' }],
    ['2019', { kind: 'head' }],
    ['2019-04-17', { kind: 'instant', untilMs: Date.UTC(2019, 3, 18) - 1 }],
    ['2019-03', { kind: 'instant', untilMs: Date.UTC(2019, 3, 1) - 1 }],
    ['2018', { kind: 'instant', untilMs: Date.UTC(2019, 0, 1) - 1 }],
    ['-0043', { kind: 'instant', untilMs: Date.parse('-000042-01-01T00:00:00.000Z') - 1 }],
    ['0050-01-01', { kind: 'instant', untilMs: Date.parse('0050-01-01T23:59:59.999Z') }],
    ['2019-04-18T10:00:00Z', { kind: 'instant', untilMs: now }],
    ['2019-04-18T10:00Z', { kind: 'instant', untilMs: now }],
    ['2019-04-18T05:59:59.1239-04:00', { kind: 'instant', untilMs: now - 877 }],
    ['2019-04-18T10:00:00.001Z', { kind: 'future' }],
    ['2019-04-19', { kind: 'future' }],
    ['2019-05', { kind: 'future' }],
    ['2020', { kind: 'future' }],
    ['@0', { kind: 'seq', seq: 0 }],
    ['@12', { kind: 'seq', seq: 12 }],
    ['@12.0123456789abcdef0123456789abcdef', { kind: 'token', seq: 12, root32: '0123456789abcdef0123456789abcdef' }],
  ])('reads %j', (text, expected) => {
    expect(parseAsOf(text, now)).toEqual(expected);
  });

  it.each([
    ['2019-04-18T10:00:00', '2019-04-18T10:00:00 has no zone: write 2019-04-18T10:00:00Z'],
    ['2019-04-18T10:00:00 02:00', 'write + as %2B'],
    ['2019-02-29', 'on no calendar'],
    ['2019-13', 'on no calendar'],
    ['2019-04-18T25:00:00Z', 'no clock'],
    ['2019-04~', 'neither a date'],
    ['-0000', 'neither a date'],
    ['yesterday', 'neither a date'],
    ['', 'neither a date'],
    ['@', 'no position'],
    ['@-1', 'no position'],
    ['@12.0123', 'no position'],
    ['@99999999999999999999', 'no position'],
  ])('refuses %j and says how to write it', (text, reason) => {
    expect(parseAsOf(text, now)).toEqual({ kind: 'invalid', reason: expect.stringContaining(reason) });
  });

  it('takes any string', () => {
    fc.assert(fc.property(fc.string(), text => typeof parseAsOf(text, now).kind === 'string'));
  });

  it('reads back every instant that it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }), ms => {
        const read = parseAsOf(instantText(ms), Infinity);
        return instantText(ms).length === 24 && read.kind === 'instant' && read.untilMs === ms;
      }),
    );
  });
});

describe('days of parameters', () => {
  it.each([
    ['2019', '2019-12-31', undefined],
    ['2019-04', '2019-04-30', undefined],
    ['2016-02', '2016-02-29', undefined],
    ['2019-04-18', '2019-04-18', '2019-04-18'],
    ['-0043', '-0043-12-31', undefined],
    ['-0043-03-15', '-0043-03-15', '-0043-03-15'],
    ['-0000-03-15', undefined, undefined],
    ['2019-02-29', undefined, undefined],
    ['2019-00', undefined, undefined],
    ['2016-22', undefined, undefined],
    ['2019-04-18T10:00:00Z', undefined, undefined],
    ['2019~', undefined, undefined],
    ['', undefined, undefined],
  ])('%j', (parameter, last, day) => {
    expect([lastDayOf(parameter), dayOf(parameter)]).toEqual([last, day]);
  });
});

describe('instants', () => {
  it('are written with a fixed width', () => {
    expect(instantText(now)).toBe('2019-04-18T10:00:00.000Z');
    expect(instantText(-1)).toBe('1969-12-31T23:59:59.999Z');
  });

  it.each([NaN, Infinity, 253_402_300_800_000, -62_167_219_200_001])(
    'are not written outside four-digit years (%d)',
    ms => {
      expect(() => instantText(ms)).toThrow(expect.objectContaining({ code: 'instant-out-of-range' }));
    },
  );

  it('agree with Date.parse, which needs a zone to be right', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
        fc.integer({ min: -14, max: 14 }),
        (date, hours) => {
          const zone = `${hours < 0 ? '-' : '+'}${Math.abs(hours).toString().padStart(2, '0')}:30`;
          const text = date.toISOString().replace('Z', zone);
          return instantMs(text) === Date.parse(text);
        },
      ),
    );
  });
});

describe('compareDays', () => {
  it('orders days of any age, and agrees with string order from year 0 on', () => {
    const days = [
      '-170000000-12-31',
      '-0100-01-01',
      '-0044-03-15',
      '-0044-03-16',
      '-0001-12-31',
      '0000-01-01',
      '2019-04-18',
      '2019-04-19',
      '9999-12-31',
      'Y000000010000-01-01',
      'Y000170000000-01-01',
    ];
    expect(days.toReversed().sort(compareDays)).toEqual(days);
    expect(days.slice(5).toReversed().sort()).toEqual(days.slice(5));
    expect(days.filter(day => day < '0000-01-01')).toEqual(days.slice(0, 5));
  });
});
