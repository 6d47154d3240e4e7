/** As many words must be seen broken, of as many words in all, before a blank within one means nothing. */
const LEAST_BROKEN = 20;
const LEAST_SHARE = 0.002;
/** Words that occur so often are known. */
const KNOWN = 3;
/** A name begins with a capital all but always. */
const MOSTLY = 0.9;
const WORD = /\p{L}+/gu;

/** Whether the blank between two pieces is the reading's and not the writer's; `word` is what the quotation has there. */
export type IsMisread = (word: string, left: string, right: string) => boolean;

/**
 * Machine readings break words ("includin g", "Dm itriev"). In a text that is seen to do so all over, a blank within a
 * word says something about the reading, provided that the whole word stands elsewhere in the text and that the pieces
 * cannot be two words: one of them is a letter or has no vowel, and does not stand alone ("designate d", "Januar y"), or the whole is a proper name of
 * this text and its end stands nowhere alone ("A ven"). That two pieces are rare is not enough: "a part", "the rapist" and
 * "now here" are words of their own. In any other text a blank always makes other words.
 *
 * Seen from pairs that are one known word of this text and of which one piece is none.
 */
export function breaksWords(text: string): IsMisread | undefined {
  const read = text.slice(0, 2_000_000);
  const counts = new Map<string, number>();
  const asNames = new Map<string, number>();
  const found: { raw: string; word: string; start: number }[] = [];
  for (const { 0: raw, index: start } of read.matchAll(WORD)) {
    const word = raw.toLowerCase();
    found.push({ raw, word, start });
    counts.set(word, countOf(counts, word) + 1);
    if (isCapitalised(raw)) asNames.set(word, countOf(asNames, word) + 1);
  }
  const isKnown = (word: string) => (word.length > 1 ? countOf(counts, word) >= KNOWN : /^[ai]$/.test(word));
  /** How often a word stands alone: not as a piece of a known word. */
  const alone = new Map(counts);
  /** How often between two known words, and no piece of one. */
  const between = new Map<string, number>();
  let broken = 0;
  let before = '';
  for (const [index, { raw, word, start }] of found.entries()) {
    const next = found[index + 1];
    const after = next?.start === start + raw.length + 1 && read[next.start - 1] === ' ' ? next.word : '';
    if (
      isKnown(before) &&
      isKnown(after) &&
      countOf(counts, before + word) < KNOWN &&
      countOf(counts, word + after) < KNOWN
    )
      between.set(word, countOf(between, word) + 1);
    before = after === '' ? '' : word;
    if (after === '' || countOf(counts, word + after) < KNOWN) continue;
    if (!(isKnown(word) && isKnown(after))) broken += 1;
    alone.set(word, countOf(alone, word) - 1);
    alone.set(after, countOf(alone, after) - 1);
  }
  if (broken < LEAST_BROKEN || broken < found.length * LEAST_SHARE) return undefined;
  const isNoWord = (piece: string) => cannotBeOne(piece) && countOf(between, piece) < KNOWN;
  const isName = (word: string) => {
    const count = countOf(counts, word);
    return count >= KNOWN && countOf(asNames, word) >= MOSTLY * count;
  };
  return (whole, left, right) => {
    const [word, head, tail] = [whole, left, right].map(one => one.toLowerCase()) as [string, string, string];
    if (countOf(counts, word) === 0) return false;
    if (isCapitalised(whole) && isName(word) && tail === right && countOf(alone, tail) <= 0) return true;
    return isNoWord(head) || (isNoWord(tail) && !(CLITIC.test(tail) && isKnown(head)));
  };
}

const countOf = (counts: ReadonlyMap<string, number>, word: string) => counts.get(word) ?? 0;

const isCapitalised = (word: string) => /^\p{Lu}\p{Ll}/u.test(word);

/** Without a vowel, of writings that have letters for them; or a single letter that is no common word. */
const CONSONANTS = /^(?:(?![aeiouywæøœıаеёиіїоуыэюяєαεηιουω])[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])+$/u;
const cannotBeOne = (word: string) =>
  /^[b-hj-np-z]$/.test(word) || CONSONANTS.test(word.normalize('NFD').replace(/\p{M}/gu, ''));

/** What is left of a word behind a lost apostrophe: "it s" is no "its". */
const CLITIC = /^(?:[stdm]|ll)$/;
