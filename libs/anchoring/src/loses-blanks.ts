/** As many words must be two grown together, of as many words in all, before a missing blank means nothing. */
const LEAST_FUSED = 20;
const LEAST_SHARE = 0.004;
const WORD = /\p{L}{2,40}/gu;
/** Words that occur so often are known. */
const KNOWN = 3;
/** Where two words have grown together more often than so many times as often as they stand apart, that is a word. */
const MOST_GROWN = 3;
/** A name begins with a capital all but always. */
const MOSTLY = 0.9;

/** Whether `left` and `right` are two words all the same where this text has them, or more, grown together as `fused`. */
export type IsFused = (fused: string, left: string, right: string) => boolean;

/**
 * Machine readings lose blanks between words ("documentthat"): in a text that is seen to do so all over, a missing blank
 * says something about the reading, not about the words, save where the text has the two grown together several times and
 * hardly ever apart: then that is a word of its own ("nowhere" is not "now here"), unless one of them is a proper name, or
 * begins with a capital. In
 * any other text a missing blank always makes another word ("the rapist", "therapist").
 *
 * Seen from words that occur once and are two known words of this text.
 */
export function losesBlanks(text: string): IsFused | undefined {
  const read = text.slice(0, 2_000_000);
  const counts = new Map<string, number>();
  let words = 0;
  for (const [word] of read.matchAll(WORD)) {
    words += 1;
    add(counts, word.toLowerCase());
  }
  let fused = 0;
  for (const [word, count] of counts) {
    if (count === 1 && word.length >= 6 && isOfTwo(word, counts)) fused += 1;
  }
  if (fused < LEAST_FUSED || fused < words * LEAST_SHARE) return undefined;
  const together = new Map<string, number>();
  const asNames = new Map<string, number>();
  const apart = new Map<string, number>();
  let [before, end] = ['', -1];
  for (const { 0: raw, index } of read.matchAll(/\p{L}+/gu)) {
    const word = raw.toLowerCase();
    add(together, word);
    if (isCapitalised(raw)) add(asNames, word);
    if (index <= end + 2 && /^\s+$/.test(read.slice(end, index))) add(apart, `${before} ${word}`);
    [before, end] = [word, index + raw.length];
  }
  const countOf = (word: string) => together.get(word.toLowerCase()) ?? 0;
  const isName = (word: string) =>
    isCapitalised(word) && countOf(word) >= KNOWN && (asNames.get(word.toLowerCase()) ?? 0) >= MOSTLY * countOf(word);
  return (whole, left, right) => {
    const parted = apart.get(`${left} ${right}`.toLowerCase()) ?? 0;
    const grown = countOf(whole) > Math.max(1, MOST_GROWN * parted);
    return !grown || isName(left) || isName(right) || (/\p{Ll}$/u.test(left) && /^\p{Lu}/u.test(right));
  };
}

const isCapitalised = (word: string) => /^\p{Lu}\p{Ll}/u.test(word);

const add = (counts: Map<string, number>, word: string) => counts.set(word, (counts.get(word) ?? 0) + 1);

function isOfTwo(word: string, counts: ReadonlyMap<string, number>): boolean {
  for (let at = 2; at + 2 <= word.length; at += 1) {
    if (isKnown(word.slice(0, at), counts) && isKnown(word.slice(at), counts)) return true;
  }
  return false;
}

const isKnown = (word: string, counts: ReadonlyMap<string, number>) => (counts.get(word) ?? 0) >= KNOWN;
