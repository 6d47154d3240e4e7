import { diffArrays } from 'diff';
import { lettersOf } from './letters.js';

/** A stretch of a comparison: words of both, words of the quotation only (`removed`), of the text only (`added`). */
export interface Difference {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Beyond this many changed words the whole is shown as changed. */
const MAX_EDITS = 600;

/** Compares a quotation with the words that stand in the text, word by word. Case, marks at a word's edge count as words do. */
export function wordDifference(quoted: string, found: string): Difference[] {
  const [one, two] = [words(quoted), words(found)];
  const changes = diffArrays(one, two, {
    maxEditLength: MAX_EDITS,
    comparator: (a, b) => a.folded === b.folded,
  });
  if (changes === undefined) {
    return [
      { kind: 'removed', text: joined(one) },
      { kind: 'added', text: joined(two) },
    ];
  }
  return changes.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: joined(value),
  }));
}

interface Word {
  readonly word: string;
  /** Made once: a comparison asks for it thousands of times. */
  readonly folded: string;
}

const words = (text: string): Word[] =>
  text
    .split(/\s+/u)
    .filter(word => word !== '')
    .map(word => ({ word, folded: folded(word) }));

const joined = (words: readonly Word[]) => words.map(({ word }) => word).join(' ');

/** Words that differ only in quotation marks, dashes or case are the same; other punctuation and primes are kept. */
const folded = (word: string) =>
  /\d['"]/.test(word)
    ? word
    : [...word]
        .map(
          character =>
            lettersOf(character) ||
            (/[\p{Pi}\p{Pf}"'`´]/u.test(character) ? '"' : /\p{Pd}/u.test(character) ? '-' : character),
        )
        .join('');
