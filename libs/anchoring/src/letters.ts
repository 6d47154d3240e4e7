/**
 * The letters of a text: what is left when white space, punctuation, quotation marks and dashes are set aside, and
 * letters are folded to lower case and canonical decomposition (UAX #15), ligatures to what they join. Two texts with
 * the same letters differ at most in what lies between them, in letter case and in ligatures; `gaps.ts` judges that.
 *
 * Marks stay with their letters, so that `cafe` is not found in `café`; look-alikes of other scripts stay apart.
 */

/** Written as one character, read as several. The presentation forms U+FB00–FB06 and what typesetters join. */
const LIGATURES: Readonly<Record<string, string>> = {
  ﬀ: 'ff',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬃ: 'ffi',
  ﬄ: 'ffl',
  ﬅ: 'st',
  ﬆ: 'st',
  ĳ: 'ij',
  Ĳ: 'IJ',
  œ: 'oe',
  Œ: 'OE',
  æ: 'ae',
  Æ: 'AE',
};

/** Letters, marks, digits, symbols and what joins words (U+005F, @); emoji and CJK are letters here. */
const LETTER = /[\p{L}\p{M}\p{N}\p{S}\p{Pc}\p{Co}\p{Cn}@#]|\u200c|\u200d|\u202d|\u202e/u;
/** Symbols and letters that stand for quotation marks or dashes, and U+FFFF, which stands for a stop in a reading. */
const MARK_NOT_LETTER = /[`´ʼ−\uffff]/;
const COMBINING = /\p{M}/u;

/** The code units to which a character folds; empty for what is no letter. */
export function lettersOf(character: string): string {
  const known = folded.get(character);
  if (known !== undefined) return known;
  const letters = isLetter(character) ? plain(character).toLowerCase().normalize('NFD').replaceAll('ς', 'σ') : '';
  folded.set(character, letters);
  return letters;
}
const folded = new Map<string, string>();

export const isLetter = (character: string) => LETTER.test(character) && !MARK_NOT_LETTER.test(character);

/** Decomposed and with ligatures undone, in its own case. */
export const plain = (character: string) => LIGATURES[character] ?? character.normalize('NFD');

export function isCombining(unit: number): boolean {
  if (unit < 0x300) return false;
  let known = combining[unit];
  if (known === undefined) combining[unit] = known = COMBINING.test(String.fromCharCode(unit));
  return known;
}
const combining: boolean[] = [];

/** Writes in which words are not set apart by blanks. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORD = /[\p{L}\p{M}\p{N}]/u;

/** Whether both sides belong to one word, where words are set apart by blanks. */
export const insideWord = (left: string, right: string) =>
  WORD.test(left) && WORD.test(right) && !UNSPACED.test(left) && !UNSPACED.test(right);

/** Folded code units of ASCII, 0 for what is no letter; made for the first text. */
let ascii: Uint16Array | undefined;
const foldedAscii = () =>
  Uint16Array.from({ length: 128 }, (_, code) => lettersOf(String.fromCharCode(code)).charCodeAt(0) || 0);

/**
 * Letters of a stretch of text: `units` with, for each, `at`, where its character begins in the source.
 * `push` is called for each in order.
 */
export function eachLetter(source: string, start: number, end: number, push: (unit: number, at: number) => void): void {
  const plainLetters = (ascii ??= foldedAscii());
  for (let at = start; at < end; at += 1) {
    const code = source.charCodeAt(at);
    if (code < 128) {
      const unit = plainLetters[code] as number;
      if (unit !== 0) push(unit, at);
      continue;
    }
    const character = source.slice(at, at + widthAt(source, at));
    const letters = lettersOf(character);
    for (let index = 0; index < letters.length; index += 1) push(letters.charCodeAt(index), at);
    at += character.length - 1;
  }
}

/** How many code units the character at `at` has. */
export const widthAt = (source: string, at: number) => ((source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
