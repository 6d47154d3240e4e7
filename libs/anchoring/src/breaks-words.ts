/** As many words must be seen broken, of as many words in all, before a blank within one means nothing. */
const LEAST_BROKEN = 20;
const LEAST_SHARE = 0.002;
/** Words that occur so often are known. */
const KNOWN = 3;
const WORD = /\p{L}+/gu;

/** Whether the blank between two pieces is the reading's and not the writer's; `word` is what the quotation has there. */
export type IsMisread = (word: string, left: string, right: string) => boolean;

/**
 * Machine readings break words ("includin g", "Dm itriev"). In a text that is seen to do so all over, a blank within a
 * word says something about the reading: provided that the whole word stands elsewhere in the text, and that the pieces
 * are not words themselves ("the rapist" stays two). In any other text a blank makes other words of it.
 *
 * Seen from pairs that are one known word of this text and of which one piece is none.
 */
export function breaksWords(text: string): IsMisread | undefined {
  const read = text.slice(0, 2_000_000);
  const counts = new Map<string, number>();
  const found: { word: string; start: number }[] = [];
  for (const match of read.matchAll(WORD)) {
    const word = match[0].toLowerCase();
    found.push({ word, start: match.index });
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const isKnown = (word: string) => (word.length > 1 ? (counts.get(word) ?? 0) >= KNOWN : /^[ai]$/.test(word));
  let broken = 0;
  for (const [index, { word, start }] of found.entries()) {
    const next = found[index + 1];
    if (next === undefined || next.start !== start + word.length + 1 || read[next.start - 1] !== ' ') continue;
    if ((counts.get(word + next.word) ?? 0) >= KNOWN && !(isKnown(word) && isKnown(next.word))) broken += 1;
  }
  if (broken < LEAST_BROKEN || broken < found.length * LEAST_SHARE) return undefined;
  return (word, left, right) =>
    (counts.get(word.toLowerCase()) ?? 0) > 0 && !(isKnown(left.toLowerCase()) && isKnown(right.toLowerCase()));
}
