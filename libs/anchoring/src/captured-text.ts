/**
 * What anchoring reads: the extracted text of a capture and, where it has pages, where each begins and ends.
 *
 * Every offset that leaves this room, or enters it, counts Unicode code points of `text`; `end` is exclusive. Inside,
 * offsets count UTF-16 code units; `codePoints` is the border.
 */
export interface CapturedText {
  readonly text: string;
  readonly pages?: readonly Page[];
}

export interface Page {
  readonly start: number;
  readonly end: number;
  /** Physical page, from 1. */
  readonly pdfPage: number;
  /** What is printed on the page as its number. */
  readonly printed?: string;
}

export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly pdfPage?: number;
}

/** More form feeds than that are noise: what follows is on the last page. */
const MAX_PAGES = 100_000;

/** Pages of a text that form feeds divide, numbered from 1 (or as `numbers` says); none where there is no form feed. */
export function pagesOfFormFeeds(text: string, numbers?: readonly number[]): Page[] {
  const pages: Page[] = [];
  if (!text.includes('\f') && numbers === undefined) return pages;
  for (let [from, start] = [0, 0]; from <= text.length;) {
    const feed = pages.length + 1 < MAX_PAGES ? text.indexOf('\f', from) : -1;
    const to = feed < 0 ? text.length : feed;
    const end = start + lengthInCodePoints(text.slice(from, to));
    pages.push({ start, end, pdfPage: numbers?.[pages.length] ?? pages.length + 1 });
    [from, start] = [to + 1, end + 1];
    if (feed < 0) break;
  }
  return pages;
}

const HIGH_SURROGATE = /[\ud800-\udbff](?=[\udc00-\udfff])/g;

function lengthInCodePoints(text: string): number {
  let pairs = 0;
  for (const _ of text.matchAll(HIGH_SURROGATE)) pairs += 1;
  return text.length - pairs;
}

/** Offsets in code points to offsets in UTF-16 code units and back. */
export interface CodePoints {
  readonly length: number;
  fromUnits(unit: number): number;
  toUnits(codePoint: number): number;
}

/** Costs memory for the characters beyond the Basic Multilingual Plane only; a look-up is a binary search over them. */
export function codePoints(text: string): CodePoints {
  const pairs: number[] = [];
  for (const match of text.matchAll(HIGH_SURROGATE)) pairs.push(match.index);
  const length = text.length - pairs.length;
  if (pairs.length === 0) return { length, fromUnits: same, toUnits: same };
  return {
    length,
    // A pair counts from its second half on: an offset between the halves is that of the pair.
    fromUnits: unit => unit - before(pairs.length, at => (pairs[at] as number) < unit),
    toUnits: point => point + before(pairs.length, at => (pairs[at] as number) - at < point),
  };
}

const same = (offset: number) => offset;

/** How many of 0 … count - 1 `holds` is true for; it is true up to some point and false from there on. */
function before(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
