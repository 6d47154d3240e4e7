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
/** Likeness of a running head to those of neighbouring pages, as machine readings garble them. */
const ALIKE = 0.6;

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

/** How many lines at a margin repeat what stands at that margin of the pages before and after. */
function repeated(margins: readonly Line[][], index: number): number {
  const near = [index - 2, index - 1, index + 1, index + 2].flatMap(other =>
    margins[other] === undefined ? [] : [margins[other]],
  );
  const pools = near.map(lines => lines.map(({ text }) => gramsOf(text)));
  const needed = Math.min(2, near.length);
  const mine = margins[index] as Line[];
  let count = 0;
  for (const [at, { text }] of mine.entries()) {
    const grams = gramsOf(text);
    const alike = pools.filter(pool => pool.some(other => likeness(grams, other) >= ALIKE)).length;
    if (grams.size > 0 && alike >= needed && needed > 0) count = at + 1;
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

/** Pairs of letters; a line of figures has none. */
function gramsOf(text: string): Set<string> {
  const letters = text.toLowerCase().replace(/[^\p{L}]/gu, '');
  const grams = new Set<string>();
  for (let at = 0; at + 2 <= letters.length; at += 1) grams.add(letters.slice(at, at + 2));
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
 * numbers must fall by few; the topmost of these that stands as a mark in the text above it is the first note.
 */
function notesStart(lines: readonly Line[]): number {
  let [first, below] = [-1, Infinity];
  for (let index = lines.length - 1; index > 0; index -= 1) {
    const { text } = lines[index] as Line;
    const number = noteNumber(text);
    if (number === undefined || number > 9999) continue;
    if (below !== Infinity && (number >= below || number < below - 4)) {
      if (loneNumber(text) === undefined) continue;
      break;
    }
    below = number;
    if (markedAbove(lines, index, number)) first = index;
  }
  if (first < 0) return -1;
  while (first > 1 && isRubbish((lines[first - 1] as Line).text)) first -= 1;
  return first;
}

function markedAbove(lines: readonly Line[], index: number, number: number): boolean {
  const digits = [...String(number)].join(' ?');
  const mark = new RegExp(`(^|[\\p{P}\\p{L}] ?)${digits}(?=\\s|$)`, 'mu');
  return lines.slice(0, index).some(({ text }) => mark.test(text));
}

/** What a machine reads where nothing or something blacked out stands: no letter, no digit. */
const isRubbish = (text: string) => text.length <= 3 && !/[\p{L}\p{N}]/u.test(text);
