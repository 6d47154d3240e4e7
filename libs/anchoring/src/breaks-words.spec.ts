import { describe, expect, it } from '@jest/globals';
import { anchor } from './anchor.js';
import { breaksWords } from './breaks-words.js';

const SENTENCE = 'Several meetings were arranged including one that was designated for the director of the office.';
const clean = Array.from({ length: 60 }, () => SENTENCE).join(' ');
/** Every other sentence has a word that is broken. */
const broken = Array.from({ length: 60 }, (_, i) =>
  i % 2 === 0 ? SENTENCE : SENTENCE.replace('including', 'includin g').replace('office', 'offi ce'),
).join(' ');

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

  it.each([
    ['of two words that are both words', 'that the director of', 'that thedirector of'],
    ['of a word that the text has nowhere', 'who met the rapist there', 'who met therapist there'],
    ['within a number', 'they paid 1 200 in all', 'they paid 1200 in all'],
  ])('make other words of it all the same: %s', (_, stands, exact) => {
    expect(anchor({ exact }, { text: `${broken} And so ${stands} at last.` }).state).toBe('altered');
  });

  it('beside an apostrophe are the reading’s too', () => {
    const text = `${broken} It was Olson ' s idea from the beginning on.`;
    expect(anchor({ exact: "It was Olson's idea from the beginning" }, { text }).state).toBe('normalised');
  });
});
