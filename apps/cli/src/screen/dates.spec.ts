import { expect, it } from '@jest/globals';
import { boundsOf } from '@credence/time';
import { inWords } from './dates.js';

it.each([
  ['2019-04-18', '18 Apr 2019'],
  ['2019-04', 'Apr 2019'],
  ['2019', '2019'],
  ['2017-03~', 'about Mar 2017'],
  ['[2019-04-18..2019-04-24]', '18-24 Apr 2019'],
  ['[2017-01-18..2017-04-11]', '18 Jan - 11 Apr 2017'],
  ['[2017-01-18..2018-04-11]', '18 Jan 2017 - 11 Apr 2018'],
  ['{2018-06-05,2018-06-15}', '5 Jun 2018 and 15 Jun 2018'],
  ['0050', '0050'],
  ['-0043-03-15', '15 Mar 44 BC'],
  ['-0043-02', 'Feb 44 BC'],
  ['-0043', '44 BC'],
  ['-0043~', 'about 44 BC'],
  ['0000', '1 BC'],
  ['-0001/0014', '1 Jan 2 BC - 31 Dec 0014'],
  ['Y170000002', '170000002'],
  ['Y-170000002', '170000003 BC'],
  ['unknown', 'date unknown'],
  ['../..', 'date unknown'],
  ['', 'date unknown'],
  ['1/96/17', '1/96/17 (unreadable date)'],
  ['2019-04-18T10:00:00', '2019-04-18T10:00:00 (unreadable date)'],
])('the date %s reads %s', (edtf, words) => {
  const { lo, hi } = boundsOf(edtf);
  expect(inWords({ edtf, lo, hi })).toBe(words);
});
