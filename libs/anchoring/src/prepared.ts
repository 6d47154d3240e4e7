import { codePoints, type CapturedText, type CodePoints, type Page } from './captured-text.js';
import { gramIndex, type GramIndex } from './index-of-letters.js';
import { readingOrder } from './interruptions.js';
import { losesBlanks } from './loses-blanks.js';
import { readingOf, type Reading } from './reading.js';

/** A captured text made ready for any number of quotations: build it once per capture, keep it as long as it is asked. */
export interface Prepared {
  readonly captured: CapturedText;
  readonly points: CodePoints;
  /** Pages in UTF-16 code units, in the order of the text. */
  readonly pages: readonly Page[];
  readonly reading: Reading;
  readonly grams: GramIndex;
  /** Whether this text loses blanks between words, as machine readings do; found out when first asked. */
  readonly losesBlanks: () => boolean;
}

/**
 * Reads a text once: letters, interruptions, an index of grams. Takes time and memory linear in the text, some 0.1 s and
 * 15 bytes a character.
 */
export function prepared(captured: CapturedText): Prepared {
  const points = codePoints(captured.text);
  const pages = (captured.pages ?? []).map(page => ({
    ...page,
    start: points.toUnits(page.start),
    end: points.toUnits(page.end),
  }));
  const reading = readingOf(captured.text, readingOrder(captured.text, pages));
  let loses: boolean | undefined;
  return {
    captured,
    points,
    pages,
    reading,
    grams: gramIndex(reading),
    losesBlanks: () => (loses ??= losesBlanks(captured.text)),
  };
}

/** The page on which a place in code units stands. */
export function pageAt({ pages }: Prepared, unit: number): Page | undefined {
  let [low, high] = [0, pages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pages[middle] as Page).end < unit) low = middle + 1;
    else high = middle;
  }
  const page = pages[low];
  return page !== undefined && page.start <= unit ? page : undefined;
}
