import type { Letters } from './place.js';
import { readingOf, type Reading } from './reading.js';

/** So many letters on each side are compared. */
const REACH = 40;
/** How like the words around a place must be to those that a passage names, from 0 to 1. */
export const ALIKE = 0.7;
/** How much more like than at any other place, to decide between them. */
export const CLEARLY = 0.15;

export interface Surroundings {
  readonly prefix?: string;
  readonly suffix?: string;
}

/**
 * How like the words before and after a place are to those that a passage names, by letters alone: the better of the two
 * sides (`side`) and their mean (`both`). Undefined where the passage names none. What interrupts the text there counts
 * or not, whichever is more alike: a passage may have been recorded with or without it.
 */
export function surroundingsAt(
  reading: Reading,
  place: Surrounded,
  { prefix, suffix }: Surroundings,
): { side: number; both: number } | undefined {
  const { pieces, letters: found } = place;
  const scores: number[] = [];
  const before = lettersBefore(prefix ?? '', (prefix ?? '').length);
  if (before !== '') {
    const there = [lettersBefore(reading.source, pieces[0]?.start ?? 0)];
    if (found !== undefined) there.push(unitsText(reading, found.first - REACH, found.first));
    scores.push(Math.max(...there.map(text => alike(before, text))));
  }
  const after = lettersAfter(suffix ?? '', 0);
  if (after !== '') {
    const there = [lettersAfter(reading.source, pieces.at(-1)?.end ?? 0)];
    if (found !== undefined) there.push(unitsText(reading, found.last + 1, found.last + 1 + REACH));
    scores.push(Math.max(...there.map(text => alike(reversed(after), reversed(text)))));
  }
  if (scores.length === 0) return undefined;
  return { side: Math.max(...scores), both: scores.reduce((sum, score) => sum + score, 0) / scores.length };
}

interface Surrounded {
  readonly pieces: readonly { readonly start: number; readonly end: number }[];
  readonly letters?: Letters;
}

const unitsText = ({ units }: Reading, from: number, to: number) =>
  String.fromCharCode(...units.subarray(Math.max(0, from), Math.max(0, to)));

/** The last letters before a place; enough source is read for them in all but monstrous gaps. */
function lettersBefore(source: string, end: number): string {
  return letters(source.slice(Math.max(0, end - 4 * REACH), end)).slice(-REACH);
}
const lettersAfter = (source: string, start: number) => letters(source.slice(start, start + 4 * REACH)).slice(0, REACH);

const letters = (text: string) =>
  String.fromCharCode(...readingOf(text, [{ start: 0, end: text.length, joint: 'stop' }]).units);

const reversed = (text: string) => [...text].reverse().join('');

/** Likeness of what is wanted to the end of what is there: 1 less the share of letters to change. */
function alike(wanted: string, there: string): number {
  if (there.endsWith(wanted)) return 1;
  const [one, two] = [reversed(wanted), reversed(there)];
  let row = Array.from({ length: two.length + 1 }, (_, index) => index);
  for (let index = 1; index <= one.length; index += 1) {
    const next = [index];
    for (let other = 1; other <= two.length; other += 1) {
      const change = (row[other - 1] as number) + (one[index - 1] === two[other - 1] ? 0 : 1);
      next.push(Math.min(change, (row[other] as number) + 1, (next[other - 1] as number) + 1));
    }
    row = next;
  }
  return Math.max(0, 1 - Math.min(...row) / one.length);
}
