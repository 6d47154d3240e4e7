import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anchor } from './anchor.js';
import { losesBlanks } from './loses-blanks.js';

const WORDS = 'members committee director after election before president office meeting document that with'.split(' ');
const SENTENCES = WORDS.flatMap(one => WORDS.map(two => [one, two] as const)).map(
  ([one, two], i) => [`In ${String(i)} the ${one}`, `${two} of it was seen.`] as const,
);
const clean = SENTENCES.map(parts => parts.join(' ')).join(' ');
/** In every other sentence two words are grown together, others each time. */
const fused = SENTENCES.map((parts, i) => parts.join(i % 2 === 0 ? ' ' : '')).join(' ');
const FOUND = ['exact', 'normalised', 'moved'];
const END = ' On Monday he showed the papersthat he had.';
const quote = { exact: 'On Monday he showed the papers that he had.' };

describe('missing blanks', () => {
  it('are white space in a text that loses them all over, and make other words elsewhere', () => {
    expect(losesBlanks(clean)).toBeUndefined();
    expect(anchor(quote, { text: fused + END })).toMatchObject({ state: 'normalised', differs: ['white-space'] });
    expect(anchor(quote, { text: clean + END }).state).toBe('altered');
  });

  it('make another number wherever they stand', () => {
    const text = `${fused} On Monday he paid 1200 in all to them.`;
    expect(anchor({ exact: 'On Monday he paid 1 200 in all to them.' }, { text }).state).toBe('altered');
  });

  it('are the reading’s beside a proper name, however often', () => {
    const text = `${fused} Olson came. Olson went. Then Olson spoke. Olsonhad been there. So Olsonhad it.`;
    expect(anchor({ exact: 'So Olson had it.' }, { text }).state).toBe('normalised');
  });

  it('make another word where the text has the two grown together, and not apart', () => {
    const pairs = 'now here,the rapist,a part,not able,in action,may be,some times,is land,for give,no one'.split(',');
    fc.assert(
      fc.property(fc.constantFrom(...pairs), fc.integer({ min: 1, max: 6 }), (words, times) => {
        const grown = words.replace(' ', '');
        const others = Array.from({ length: times }, () => `They say ${grown} of it.`).join(' ');
        const text = `${fused} ${others} The paper of Monday has ${grown} in its third line.`;
        return !FOUND.includes(
          anchor({ exact: `The paper of Monday has ${words} in its third line.` }, { text }).state,
        );
      }),
    );
  });
});
