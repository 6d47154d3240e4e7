/** As many words must be two grown together, of as many words in all, before a missing blank means nothing. */
const LEAST_FUSED = 20;
const LEAST_SHARE = 0.004;
const WORD = /\p{L}{2,40}/gu;
/** Words that occur so often are known. */
const KNOWN = 3;

/**
 * Whether a text loses blanks between its words: machine readings do ("documentthat"), and then a missing blank says
 * something about the reading, not about the words. Seen from words that occur once and are two known words of this text.
 * In any other text a missing blank makes another word of it ("the rapist", "therapist").
 */
export function losesBlanks(text: string): boolean {
  const counts = new Map<string, number>();
  let words = 0;
  for (const [word] of text.slice(0, 2_000_000).matchAll(WORD)) {
    words += 1;
    const folded = word.toLowerCase();
    counts.set(folded, (counts.get(folded) ?? 0) + 1);
  }
  let fused = 0;
  for (const [word, count] of counts) {
    if (count === 1 && word.length >= 6 && isFused(word, counts)) fused += 1;
  }
  return fused >= LEAST_FUSED && fused >= words * LEAST_SHARE;
}

function isFused(word: string, counts: ReadonlyMap<string, number>): boolean {
  for (let at = 2; at + 2 <= word.length; at += 1) {
    if (isKnown(word.slice(0, at), counts) && isKnown(word.slice(at), counts)) return true;
  }
  return false;
}

const isKnown = (word: string, counts: ReadonlyMap<string, number>) => (counts.get(word) ?? 0) >= KNOWN;
