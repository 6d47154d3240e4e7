import type { Letters } from './place.js';
import type { PlainText } from './plain-text.js';

/** A place whose words are like those of a quotation. Offsets count UTF-16 code units. */
export interface NearPlace {
  readonly pieces: readonly { readonly start: number; readonly end: number }[];
  /** 1 less the share of the quotation's characters that must be changed, put in or left out (Levenshtein). */
  readonly score: number;
  /** Its first and its last letter in the text in reading order, where it was found there. */
  readonly letters?: Letters;
}

/** The place of a match that reaches from one character of a window to before another. */
export function placeOf(
  { starts, ends, runs, units }: PlainText,
  from: number,
  to: number,
  score: number,
): NearPlace | undefined {
  const pieces: { start: number; end: number }[] = [];
  let [run, first, last] = [-1, Infinity, -1];
  for (let index = from; index < to; index += 1) {
    if ((starts[index] as number) < 0) continue;
    first = Math.min(first, units[index] as number);
    last = Math.max(last, units[index] as number);
    const piece = pieces.at(-1);
    if (piece === undefined || runs[index] !== run)
      pieces.push({ start: starts[index] as number, end: ends[index] as number });
    else piece.end = Math.max(piece.end, ends[index] as number);
    run = runs[index] as number;
  }
  return pieces.length === 0 ? undefined : { pieces, score, letters: { first, last } };
}
