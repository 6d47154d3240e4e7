import { linesOf, loneNumber, type Line } from './page-lines.js';
import type { Span } from './spans.js';

/** What a page is made of. Everything on it belongs to one part; blanks between them to none. */
export interface PageParts {
  readonly page: Span;
  readonly body: Span;
  /** Running heads, running feet, page numbers: each a line. */
  readonly furniture: readonly Span[];
  /** Footnotes at the foot of the page. */
  readonly notes?: Span;
  /** Their numbers. */
  readonly numbers: ReadonlySet<number>;
}

/** Lines at the top and at the bottom of a page among which running heads and feet are sought. */
const MARGIN = 5;
/** A running head is sought on so many pages before and after. */
const NEAR = 4;
/** Likeness of a running head to those of other pages; less of a line under one, for machine readings garble them. */
const ALIKE = 0.5;
const ALIKE_BELOW = 0.35;
/** Where there is only one other page to compare with. */
const THE_SAME = 0.85;
/** A longer line is no running head. */
const LONGEST_HEAD = 160;

/**
 * Takes pages apart. A running head or foot is a line at the margin of a page that stands, nearly alike, at the same
 * margin of a page next to it; a page number is a line that is only a number, or `B-12`, outermost at the foot. Notes
 * begin where a line is only a number, or begins with one, that stands as a mark in the text above it. Where none of
 * this is certain the lines are text: what is wrongly taken for text can make a quotation `altered`, what is wrongly
 * taken for an interruption could make it `exact`.
 */
export function pageParts(source: string, pages: readonly Span[]): PageParts[] {
  const lines = pages.map(page => linesOf(source, page));
  const heads = lines.map(of => of.slice(0, MARGIN));
  const feet = lines.map(of => of.slice(-MARGIN).reverse());
  return pages.map((page, index) => {
    const of = lines[index] as Line[];
    const top = repeated(heads, index);
    const bottom = of.length > top ? Math.min(pageFoot(feet, index), of.length - top) : 0;
    const inner = of.slice(top, of.length - bottom);
    const notesAt = notesStart(inner);
    const body = notesAt < 0 ? inner : inner.slice(0, notesAt);
    const notes = notesAt < 0 ? [] : inner.slice(notesAt);
    return {
      page,
      body: spanOf(body) ?? { start: page.end, end: page.end },
      furniture: [...of.slice(0, top), ...of.slice(of.length - bottom)],
      ...(notes.length > 0 ? { notes: spanOf(notes) as Span } : {}),
      numbers: new Set(notes.flatMap(({ text }) => noteNumber(text) ?? [])),
    };
  });
}

function spanOf(lines: readonly Line[]): Span | undefined {
  const [first, last] = [lines[0], lines.at(-1)];
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}

/** How many lines at a margin repeat what stands there, or a line off, on two other pages near by (or on the only one). */
function repeated(margins: readonly Line[][], index: number): number {
  const near = margins.slice(Math.max(0, index - NEAR), index + NEAR + 1).filter(lines => lines !== margins[index]);
  const needed = Math.min(2, near.length);
  let count = 0;
  for (const [at, { text }] of (margins[index] as Line[]).entries()) {
    const grams = gramsOf(text);
    const least = needed < 2 ? THE_SAME : count === at && at > 0 ? ALIKE_BELOW : ALIKE;
    const isAlike = (lines: readonly Line[]) =>
      lines.slice(Math.max(0, at - 1), at + 2).some(other => likeness(grams, gramsOf(other.text)) >= least);
    if (needed > 0 && grams.size > 0 && text.length <= LONGEST_HEAD && near.filter(isAlike).length >= needed)
      count = at + 1;
    else if (loneNumber(text) === undefined || count === 0) break;
  }
  return count;
}

/** Running feet and the page number, which may stand above or below them. */
function pageFoot(feet: readonly Line[][], index: number): number {
  const mine = feet[index] as Line[];
  const running = repeated(feet, index);
  const isNumber = (line: Line | undefined) =>
    line !== undefined && /^[-–— ]*(\p{Lu}-)?\d{1,4}[-–— ]*$/u.test(line.text);
  if (running > 0) return isNumber(mine[running]) ? running + 1 : running;
  return isNumber(mine[0]) ? 1 : 0;
}

/** Threes of letters; a line of figures has none. */
function gramsOf(text: string): Set<string> {
  const letters = text.toLowerCase().replace(/[^\p{L}]/gu, '');
  const grams = new Set<string>();
  for (let at = 0; at + 3 <= letters.length; at += 1) grams.add(letters.slice(at, at + 3));
  if (grams.size === 0 && letters !== '') grams.add(letters);
  return grams;
}

/** Coefficient of Dice (1945). */
function likeness(one: ReadonlySet<string>, two: ReadonlySet<string>): number {
  let common = 0;
  for (const gram of one) if (two.has(gram)) common += 1;
  return (2 * common) / (one.size + two.size);
}

/** The number with which a line of notes begins. */
export function noteNumber(text: string): number | undefined {
  const alone = loneNumber(text);
  if (alone !== undefined) return alone;
  const match = /^(\d{1,4})[.)]? +\S/.exec(text);
  return match === null ? undefined : Number(match[1]);
}

/**
 * The line with which the notes of a page begin, or -1. Going up from the last line that begins with a number, the
 * numbers fall by few; the topmost of these that stands as a mark in the text above it is the first note. A line that
 * only begins with its number is one among several, or a year at the beginning of a line would be a note.
 */
function notesStart(lines: readonly Line[]): number {
  let [first, below, length] = [-1, Infinity, 0];
  for (let index = lines.length - 1; index > 0; index -= 1) {
    const { text } = lines[index] as Line;
    const number = noteNumber(text);
    if (number === undefined) continue;
    const alone = loneNumber(text) !== undefined;
    if (number >= below && alone) break;
    if (number >= below || (length > 0 && number < below - MOST_LOST)) continue;
    [below, length] = [number, length + 1];
    if ((alone || length > 1) && isMarkedAbove(lines, index, number)) first = index;
  }
  while (first > 1 && isRubbish((lines[first - 1] as Line).text)) first -= 1;
  return first;
}

/** So many notes in a row may have lost their numbers. */
const MOST_LOST = 4;

function isMarkedAbove(lines: readonly Line[], index: number, number: number): boolean {
  const digits = [...String(number)].join(' ?');
  const mark = new RegExp(`(^|[.,;:!?)"'”’»\\]] ?|\\S {2,})${digits}(?=\\s|$)`, 'u');
  return lines.slice(0, index).some(({ text }) => mark.test(text));
}

/** What a machine reads where nothing or something blacked out stands: no letter, no digit. */
const isRubbish = (text: string) => text.length <= 3 && !/[\p{L}\p{N}]/u.test(text);
