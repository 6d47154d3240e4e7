/** How a place may differ from a quotation and still hold its words (WIRE.md, Passage). A set of them is a bit mask. */
export const DIFFERS = [
  'blank-before-punctuation',
  'dashes',
  'hyphenation',
  'letter-case',
  'ligatures',
  'quotation-marks',
  'white-space',
] as const;
export type Differs = (typeof DIFFERS)[number];

export const NONE = 0;
export const bit = (difference: Differs) => 1 << DIFFERS.indexOf(difference);

/** The names in a mask, sorted. */
export const namesOf = (mask: number): Differs[] => DIFFERS.filter(name => (mask & bit(name)) !== 0);

/** A blank between words is missing in the text. White space only where the text is known to lose blanks. */
export const GLUED = 1 << 30;

/** A blank stands within a word or a number, or is missing between two words: the letters are the same, the words are not. */
export const BROKEN = 1 << 29;
