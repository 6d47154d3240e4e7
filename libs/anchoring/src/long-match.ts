import { diffArrays } from 'diff';
import { bestMatch, type Match } from './best-match.js';

/** A long pattern is found by its ends, each of so many characters. */
const END = 300;
/** Beyond this many changed words two texts are not alike. */
const MAX_EDITS = 3000;
/** Changed words are compared letter by letter up to this length. */
const MAX_LETTERS = 400;

/**
 * As `bestMatch`, for patterns of thousands of characters: their ends are found first, then what lies between is compared
 * by words, and changed words by letters. `around` is how far the ends may be from where the window has them.
 */
export function longMatch(text: string, pattern: string, allowed: number, around: number): Match | undefined {
  const share = allowed / pattern.length;
  const head = bestMatch(text.slice(0, 2 * around + END), pattern.slice(0, END), Math.floor(2 * share * END));
  if (head === undefined) return undefined;
  const from = Math.max(0, head.start + Math.floor(pattern.length * (1 - share)) - END);
  const tail = bestMatch(
    text.slice(from, head.start + pattern.length + allowed + END),
    pattern.slice(-END),
    Math.floor(2 * share * END),
  );
  if (tail === undefined) return undefined;
  const match = { start: head.start, end: from + tail.end };
  const errors = errorsByWords(pattern, text.slice(match.start, match.end));
  return errors !== undefined && errors <= allowed ? { ...match, errors } : undefined;
}

function errorsByWords(one: string, two: string): number | undefined {
  const changes = diffArrays(one.split(' '), two.split(' '), { maxEditLength: MAX_EDITS });
  if (changes === undefined) return undefined;
  let [errors, removed, added] = [0, '', ''];
  const settle = () => {
    const longer = Math.max(removed.length, added.length);
    errors += longer <= MAX_LETTERS ? distance(removed, added) : longer;
    [removed, added] = ['', ''];
  };
  for (const change of changes) {
    if (change.removed) removed += change.value.join(' ');
    else if (change.added) added += change.value.join(' ');
    else settle();
  }
  settle();
  return errors;
}

/** Levenshtein's distance: the cheapest way to make one of the other as a whole. */
function distance(one: string, two: string): number {
  let row = Array.from({ length: two.length + 1 }, (_, index) => index);
  for (let index = 1; index <= one.length; index += 1) {
    const next = [index];
    for (let other = 1; other <= two.length; other += 1) {
      const change = (row[other - 1] as number) + (one[index - 1] === two[other - 1] ? 0 : 1);
      next.push(Math.min(change, (row[other] as number) + 1, (next[other - 1] as number) + 1));
    }
    row = next;
  }
  return row[two.length] as number;
}
