import { once } from './once.js';

/** One word of a query; `prefix`: whatever begins with it is meant too. */
export interface Term {
  readonly word: string;
  readonly prefix: boolean;
}

/** Scripts that are written without blanks: every character is a word. */
const BY_CHARACTER = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}';
const wordPattern = once(() => new RegExp(`[${BY_CHARACTER}]|(?:(?![${BY_CHARACTER}])[\\p{L}\\p{N}\\p{M}])+`, 'gu'));
// eslint-disable-next-line no-control-regex
const ASCII = /^[\u0000-\u007f]*$/;
const ASCII_WORD = /[a-z0-9]+/g;

/** Letters that Unicode does not take apart, as people without them on their keyboard type them. */
const TYPED: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe', ς: 'σ' };

/** Longer words are cut, in texts and in queries alike. */
const MOST_CHARACTERS = 64;
const MOST_TERMS = 32;

/**
 * The words of a text, in order, as every index has them: letters and digits (Unicode L, N, M), in lower case, without
 * diacritics (Unicode NFKD), so that `Müller` is found by `muller` and the other way round. No store cuts by itself:
 * the same text has the same words everywhere.
 */
export function wordsOf(text: string): string[] {
  // Nothing to take apart: most texts.
  const words = ASCII.test(text) ? text.toLowerCase().match(ASCII_WORD) : folded(text).match(wordPattern());
  return (words ?? []).map(word => (word.length <= MOST_CHARACTERS ? word : cut(word)));
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase() // ß and its like have one form only here
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[łøđıæœς]/g, letter => TYPED[letter] ?? letter)
    .normalize('NFC');
}

const cut = (word: string) => [...word].slice(0, MOST_CHARACTERS).join('');

/**
 * What a query asks for: each of its words, anywhere, in any order. Quotes and operators are no words; `*` after a word
 * means whatever begins with it, and nothing anywhere else.
 *
 * @returns each term once, in order; or why it asks for nothing
 */
export function termsOf(query: string): readonly Term[] | string {
  const terms = new Map<string, Term>();
  for (const piece of query.split(/[\s"()]+/u)) {
    const words = wordsOf(piece);
    const prefix = /[\p{L}\p{N}\p{M}]\*$/u.test(piece);
    words.forEach((word, i) => {
      const term = { word, prefix: prefix && i === words.length - 1 };
      terms.set(`${word}${term.prefix ? '*' : ''}`, term);
    });
  }
  if (terms.size === 0) return 'has no word in it';
  if (terms.size > MOST_TERMS)
    return `has ${String(terms.size)} words, and at most ${String(MOST_TERMS)} are looked for`;
  return [...terms.values()];
}
