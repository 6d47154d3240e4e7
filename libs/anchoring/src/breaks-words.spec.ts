import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anchor } from './anchor.js';
import { breaksWords } from './breaks-words.js';

const SENTENCE = 'Several meetings were arranged including one that was designated for the director of the office.';
const clean = Array.from({ length: 60 }, () => SENTENCE).join(' ');
/** Every other sentence has a word that is broken. */
const broken = Array.from({ length: 60 }, (_, i) =>
  i % 2 === 0 ? SENTENCE : SENTENCE.replace('including', 'includin g').replace('office', 'offi ce'),
).join(' ');
const FOUND = ['exact', 'normalised', 'moved'];

describe('blanks within words', () => {
  it('say something about a reading that breaks words all over, and about the words of any other text', () => {
    expect(breaksWords(clean)).toBeUndefined();
    expect(breaksWords(broken)?.('designated', 'designate', 'd')).toBe(true);
  });

  it('are white space there, and alter the words elsewhere', () => {
    const end = ' They met Mr. Olson, who was designate d by nobody at all.';
    const quote = { exact: 'They met Mr. Olson, who was designated by nobody' };
    expect(anchor(quote, { text: broken + end })).toMatchObject({ state: 'normalised', differs: ['white-space'] });
    expect(anchor(quote, { text: clean + end }).state).toBe('altered');
  });

  it('are white space where what is left over stands alone only as a piece of other words', () => {
    const pieces = 'They came, they saw, they went. Then the y were some, and the y were many, and the y were all.';
    const text = `${broken} ${pieces} They had a policy. The policy was known, and they knew. A foreign polic y came.`;
    expect(anchor({ exact: 'A foreign policy came.' }, { text }).state).toBe('normalised');
  });

  it('are white space in a name of the text, whose end is no word', () => {
    const text = `${broken} Aven came. Then Aven spoke, and Aven left. A ven told nobody.`;
    expect(anchor({ exact: 'Aven told nobody.' }, { text }).state).toBe('normalised');
  });

  it.each([
    ['of two words that are both words', 'that the director of', 'that thedirector of'],
    ['of a word that the text has nowhere', 'who met the rapist there', 'who met therapist there'],
    ['within a number', 'they paid 1 200 in all', 'they paid 1200 in all'],
    ['before what is left of a lost apostrophe', 'when it s said that it s so', 'when its said that its so'],
  ])('make other words of it all the same: %s', (_, stands, exact) => {
    expect(anchor({ exact }, { text: `${broken} It has its own. Its and its. And so ${stands} at last.` }).state).toBe(
      'altered',
    );
  });

  it('beside an apostrophe are the reading’s too', () => {
    const text = `${broken} It was Olson ' s idea from the beginning on.`;
    expect(anchor({ exact: "It was Olson's idea from the beginning" }, { text }).state).toBe('normalised');
  });
});

/** Two words that, grown together, are another one. */
const PAIRS =
  `now here, the rapist, a part, a lone, a live, a way, man age, off ice, leg end, sea son, not able, in action, may be,
 every day, some times, all together, is land, book case, for give, as king, be at, at one, here by, no one, god son, to day`
    .split(/,\s*/)
    .map(pair => pair.split(' ') as [string, string]);
const SYLLABLES = ['ba', 'den', 'gu', 'hil', 'ko', 'lem', 'ni', 'por', 'ra', 'sut', 'te', 'vo'];
const syllables = fc.array(fc.constantFrom(...SYLLABLES), { minLength: 1, maxLength: 3 }).map(all => all.join(''));
const pair = fc.oneof(fc.constantFrom(...PAIRS), fc.tuple(syllables, syllables));

describe('two readings that mean something else', () => {
  it('are never taken one for the other, in a text that breaks words', () => {
    fc.assert(
      fc.property(pair, fc.nat(5), fc.nat(5), ([one, two], whole, single) => {
        const words = [
          ...Array.from({ length: whole }, () => `They say ${one}${two} of it.`),
          ...Array.from({ length: single }, () => `Of ${two} they say so.`),
        ];
        const text = `${broken} ${words.join(' ')} The paper of Monday has ${one} ${two} in its third line.`;
        const exact = `The paper of Monday has ${one}${two} in its third line.`;
        return !FOUND.includes(anchor({ exact }, { text }).state);
      }),
      { numRuns: 300 },
    );
  });
});
