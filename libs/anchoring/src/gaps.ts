import { BROKEN, bit, GLUED, NONE } from './differences.js';
import { INTERRUPTION } from './reading.js';

/**
 * What stands between two letters: punctuation marks, and the blanks before, between and after them. `blanks` has one
 * item more than `marks`.
 */
export interface Gap {
  readonly marks: readonly Mark[];
  readonly blanks: readonly string[];
  /** A soft hyphen or an invisible character that is no part of the words. */
  readonly invisible: number;
}

export interface Mark {
  /** What the mark counts as: `"` for every quotation mark, `-` for every dash, else itself. */
  readonly kind: string;
  readonly raw: string;
  /** Where in the gap it begins. */
  readonly at: number;
}

const DOUBLE = /["“”„‟«»″＂〝〞〟]/;
const SINGLE = /['‘’‚‛‹›′ʼ`´＇]/;
const DASH = /[-‐‑‒–—―−⸺⸻﹘﹣－]/;
const BLANK = /[\s\p{Cc}\uffff]/u;
/** Zero-width space and joiner of words, byte order mark, marks of direction that only steer the layout. */
const INVISIBLE = /[\u200b\u2060\ufeff\u200e\u200f\u061c\u202a-\u202c\u2066-\u2069]/;
const HYPHEN = /^[-‐‑]$/;
const OPENING = /[\p{Ps}\p{Pi}¿¡]/u;

export function gapOf(text: string): Gap {
  const marks: Mark[] = [];
  const blanks = [''];
  let invisible = NONE;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '\u00ad') invisible |= bit('hyphenation');
    else if (INVISIBLE.test(character)) invisible |= bit('white-space');
    else if (BLANK.test(character)) blanks[blanks.length - 1] += character;
    else {
      for (const mark of marksAt(text, at)) {
        marks.push(mark);
        blanks.push('');
      }
      at += (marks.at(-1) as Mark).raw.length - 1;
    }
  }
  return { marks, blanks, invisible };
}

function marksAt(text: string, at: number): Mark[] {
  const character = text[at] as string;
  if (DOUBLE.test(character)) return [{ kind: '"', raw: character, at }];
  if (SINGLE.test(character)) {
    const twice = SINGLE.test(text[at + 1] ?? '') && character === text[at + 1];
    return [{ kind: '"', raw: twice ? text.slice(at, at + 2) : character, at }];
  }
  if (DASH.test(character)) {
    let end = at + 1;
    while (DASH.test(text[end] ?? '')) end += 1;
    return [{ kind: '-', raw: text.slice(at, end), at }];
  }
  if (character === '…') return Array.from({ length: 3 }, () => ({ kind: '.', raw: character, at }));
  return [{ kind: character, raw: character, at }];
}

/** The letters on both sides of a gap, as the text has them; empty at the edge of a quotation. */
export interface Sides {
  readonly left: string;
  readonly right: string;
}

/** A part of a gap at the edge of a quotation: blanks outside of its marks say nothing. */
export type Edge = 'lead' | 'tail' | undefined;

/**
 * In what the gap of a text differs from that of a quotation: a mask of differences that leave the words what they
 * are, or undefined where they are altered. A blank inside a word alters it, and so does one inside a number: BROKEN.
 */
export function gapDiffers(text: Gap, quote: Gap, sides: Sides, edge?: Edge): number | undefined {
  const invisible = text.invisible | quote.invisible;
  const broken = hyphenated(text, quote, sides) || hyphenated(quote, text, sides);
  if (broken) return bit('hyphenation') | invisible;
  if (text.marks.length !== quote.marks.length) return undefined;
  let mask = invisible;
  for (const [index, mark] of text.marks.entries()) {
    const other = quote.marks[index] as Mark;
    if (mark.raw === other.raw && mark.kind === other.kind) continue;
    if (mark.kind !== other.kind) return undefined;
    if (mark.kind === '"') {
      if (isPrime(mark, other, text, quote, index, sides)) return undefined;
      mask |= bit('quotation-marks');
    } else mask |= bit(mark.kind === '-' ? 'dashes' : 'ligatures');
  }
  const [first, last] = [edge === 'lead' ? 1 : 0, text.marks.length - (edge === 'tail' ? 1 : 0)];
  for (let index = first; index <= last; index += 1) {
    mask |= blanksDiffer(text, quote, index, sides);
  }
  return mask;
}

/** A word divided at the end of a line, or by an interruption: `trans-⏎ition`. */
function hyphenated(divided: Gap, whole: Gap, { left, right }: Sides): boolean {
  const [mark] = divided.marks;
  return (
    divided.marks.length === 1 &&
    whole.marks.length === 0 &&
    whole.blanks[0] === '' &&
    mark !== undefined &&
    HYPHEN.test(mark.raw) &&
    divided.blanks[0] === '' &&
    /[\n\r\uffff]/.test(divided.blanks[1] as string) &&
    /\p{L}/u.test(left) &&
    /\p{L}/u.test(right)
  );
}

/** Feet and inches: after a digit a single and a double mark are two things. */
function isPrime(mark: Mark, other: Mark, text: Gap, quote: Gap, index: number, { left }: Sides): boolean {
  if (index > 0 || !/\p{N}/u.test(left) || text.blanks[0] !== '' || quote.blanks[0] !== '') return false;
  return isDouble(mark) !== isDouble(other);
}
const isDouble = ({ raw }: Mark) => raw.length === 2 || DOUBLE.test(raw);

function blanksDiffer(text: Gap, quote: Gap, index: number, sides: Sides): number {
  const [has, wants] = [text.blanks[index] as string, quote.blanks[index] as string];
  if (has === wants) return NONE;
  if (has.includes(INTERRUPTION) && (wants !== '' || text.marks.length > 0)) return NONE;
  if (has !== '' && wants !== '') return bit('white-space');
  if (text.marks.length === 0) return has === '' ? GLUED : BROKEN;
  const mark = text.marks[index];
  const before = text.marks[index - 1];
  if (before !== undefined && HYPHEN.test(before.raw) && /[\n\r]/.test(has + wants)) return bit('hyphenation');
  if (insideToken(text, quote, sides)) return BROKEN;
  if (mark === undefined || mark.kind === '-' || before?.kind === '-') return bit('white-space');
  return opens(text, quote, index) ? bit('white-space') : bit('blank-before-punctuation');
}

/**
 * Whether the blank that only one of both has falls into a word or a number: an apostrophe or a hyphen between letters,
 * a point or comma between digits, a point before a small letter.
 */
function insideToken(text: Gap, quote: Gap, { left, right }: Sides): boolean {
  const [mark] = text.marks;
  const other = quote.marks[0];
  if (text.marks.length !== 1 || mark === undefined || other === undefined) return false;
  const letters = /\p{L}/u.test(left) && /[\p{L}\p{N}]/u.test(right);
  if (mark.kind === '"') return letters && !isDouble(mark) && !isDouble(other);
  if (mark.kind === '-') return letters && HYPHEN.test(mark.raw) && HYPHEN.test(other.raw);
  if (/\p{N}/u.test(left) && /\p{N}/u.test(right)) return mark.kind === '.' || mark.kind === ',';
  return mark.kind === '.' && letters && /\p{Ll}/u.test(right);
}

/** Whether a mark belongs to what follows it: a bracket that opens, a quotation mark that leans on the next letter. */
function opens(text: Gap, quote: Gap, index: number): boolean {
  const mark = text.marks[index] as Mark;
  if (mark.kind !== '"') return OPENING.test(mark.kind);
  if (index + 1 < text.marks.length) return opens(text, quote, index + 1);
  return text.blanks[index + 1] === '' && quote.blanks[index + 1] === '';
}

/** A gap as it counts for likeness: one blank for several, none before punctuation or beside dashes. */
export function plainGap(gap: Gap): { text: string; at: number; length: number }[] {
  const out: { text: string; at: number; length: number }[] = [];
  for (let index = 0; index < gap.blanks.length; index += 1) {
    const mark = gap.marks[index];
    const previous = gap.marks[index - 1];
    const closes =
      mark !== undefined && !OPENING.test(mark.kind) && !(mark.kind === '"' && gap.blanks[index + 1] === '');
    const divided = previous?.kind === '-' || mark?.kind === '-';
    if (gap.blanks[index] !== '' && !closes && !divided) out.push({ text: ' ', at: -1, length: 0 });
    if (mark !== undefined) out.push({ text: mark.kind, at: mark.at, length: mark.raw.length });
  }
  return out;
}
