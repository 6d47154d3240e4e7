import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codePoints, pagesOfFormFeeds } from './captured-text.js';
import { withPrintedNumbers } from './printed-numbers.js';

describe('offsets', () => {
  it('in code points and in code units lead to each other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const points = codePoints(text);
        const characters = [...text];
        let unit = 0;
        for (let point = 0; point <= characters.length; point += 1) {
          if (points.toUnits(point) !== unit || points.fromUnits(unit) !== point) return false;
          unit += characters[point]?.length ?? 0;
        }
        return points.length === characters.length;
      }),
    );
  });
});

describe('pages', () => {
  it('lie between form feeds, counted in code points', () => {
    expect(pagesOfFormFeeds('a😀\f\fb')).toEqual([
      { start: 0, end: 2, pdfPage: 1 },
      { start: 3, end: 3, pdfPage: 2 },
      { start: 4, end: 5, pdfPage: 3 },
    ]);
    expect(pagesOfFormFeeds('a\fb', [14, 152]).map(({ pdfPage }) => pdfPage)).toEqual([14, 152]);
    expect(pagesOfFormFeeds('no feed')).toEqual([]);
  });

  it('get the numbers printed on them where these run in step', () => {
    const text = ['Text\n7', 'Text\n8', 'Text\nillegible', 'Text\n10', 'Text\n11', '2017\nText', 'Text'].join('\f');
    const { pages = [] } = withPrintedNumbers({ text, pages: pagesOfFormFeeds(text, [15, 16, 17, 18, 19, 20, 21]) });
    expect(pages.map(({ printed }) => printed)).toEqual(['7', '8', '9', '10', '11', undefined, undefined]);
  });
});
