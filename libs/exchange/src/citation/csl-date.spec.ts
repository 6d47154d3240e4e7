import { describe, expect, it } from '@jest/globals';
import { cslDate } from './csl-date.js';
import { apaDate, chicagoDate } from './date-words.js';
import type { CslDate } from './csl.js';

const parts = (...dates: number[][]): CslDate => ({ 'date-parts': dates });

describe('an EDTF date in CSL', () => {
  it.each<[string, CslDate | undefined]>([
    ['2019', parts([2019])],
    ['2019-04', parts([2019, 4])],
    ['2019-04-18', parts([2019, 4, 18])],
    ['2019-04-18T09:12:00Z', parts([2019, 4, 18])],
    ['2019-04~', { ...parts([2019, 4]), circa: true }],
    ['2019?', { ...parts([2019]), circa: true }],
    ['2019-04-18%', { ...parts([2019, 4, 18]), circa: true }],
    ['2019-22', { ...parts([2019]), season: 2 }],
    ['2019-XX', parts([2019])],
    ['2019-04-XX', parts([2019, 4])],
    ['2016-12/2017-01-16', parts([2016, 12], [2017, 1, 16])],
    ['2016~/2017', { ...parts([2016], [2017]), circa: true }],
    // ISO 8601 has a year 0 and CSL has none: -0043 is 44 BC.
    ['-0043-03-15', parts([-44, 3, 15])],
    ['0000', parts([-1])],
    ['unknown', undefined],
    ['../..', undefined],
    ['next week', { literal: 'next week' }],
    [
      '[2019-04-18..2019-04-24]',
      { literal: 'between April 18, 2019 and April 24, 2019', edtf: '[2019-04-18..2019-04-24]' },
    ],
    ['[2018-06-05,2018-06-15]', { literal: 'June 5, 2018 or June 15, 2018', edtf: '[2018-06-05,2018-06-15]' }],
    ['{2018-06-05,2018-06-15}', { literal: 'June 5, 2018 and June 15, 2018', edtf: '{2018-06-05,2018-06-15}' }],
    ['[..2018-10-26]', { literal: 'until October 26, 2018', edtf: '[..2018-10-26]' }],
    ['2019-04/..', { literal: 'from April 2019 on', edtf: '2019-04/..' }],
    ['201X', { literal: 'the 2010s', edtf: '201X' }],
    ['2016-36', { literal: 'the last quarter of 2016', edtf: '2016-36' }],
  ])('%s', (edtf, csl) => {
    expect(cslDate(edtf)).toEqual(csl);
  });
});

describe('dates in words', () => {
  it.each<[string, string | undefined, string]>([
    ['2019', '2019', '2019'],
    ['2019-04-18', 'April 18, 2019', '2019, April 18'],
    ['2019-04~', 'ca. April 2019', 'ca. 2019, April'],
    ['2019-22', 'Summer 2019', '2019, Summer'],
    ['2019-04-18/2019-04-24', 'April 18–24, 2019', '2019, April 18–24'],
    ['2019-04-18/2019-05-02', 'April 18–May 2, 2019', '2019, April 18–May 2'],
    ['2018-12/2019-01', 'December 2018–January 2019', '2018, December–2019, January'],
    ['2018/2019', '2018–2019', '2018–2019'],
    ['-0043', '44 BC', '44 BC'],
    ['unknown', undefined, 'n.d.'],
  ])('%s', (edtf, chicago, apa) => {
    expect(chicagoDate(cslDate(edtf))).toBe(chicago);
    expect(apaDate(cslDate(edtf))).toBe(apa);
  });
});
