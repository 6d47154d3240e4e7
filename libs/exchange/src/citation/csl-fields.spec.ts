import { describe, expect, it } from '@jest/globals';
import { cslFields } from './csl-fields.js';

describe('bibliographic fields as CSL asks for them', () => {
  it('numbers are text, a name that is a string is a literal one, a bare year is a date', () => {
    expect(cslFields({ type: 'report', volume: 1, author: 'The Office', issued: 2019 })).toEqual({
      type: 'report',
      volume: '1',
      author: [{ literal: 'The Office' }],
      issued: { 'date-parts': [[2019]] },
    });
  });

  it.each([
    [{ 'date-parts': [['2019', '4', '18']] }, { 'date-parts': [[2019, 4, 18]] }],
    [
      {
        'date-parts': [
          [2019, 4],
          [2019, 5],
        ],
        circa: 1,
      },
      {
        'date-parts': [
          [2019, 4],
          [2019, 5],
        ],
        circa: true,
      },
    ],
    [{ raw: '2019-04~' }, { 'date-parts': [[2019, 4]], circa: true }],
    [{ literal: 'Easter 2019' }, { literal: 'Easter 2019' }],
    [
      { 'date-parts': [[2019]], season: '3' },
      { 'date-parts': [[2019]], season: 3 },
    ],
  ])('a CSL date keeps what it says: %j', (issued, csl) => {
    expect(cslFields({ issued })).toEqual({ issued: csl });
  });

  it('what CSL has no place for is kept beside', () => {
    const odd = { type: 'tweet', shoeSize: 42, author: [{}], issued: { 'date-parts': [] }, title: ['a', 'b'] };
    expect(cslFields({ ...odd, publisher: 'P' })).toEqual({ publisher: 'P', custom: odd });
  });
});
