import { codePoints, type CapturedText, type CodePoints, type Page } from './captured-text.js';
import { breaksWords, type IsMisread } from './breaks-words.js';
import { gramIndex, type GramIndex } from './index-of-letters.js';
import { readingOrder } from './interruptions.js';
import { losesBlanks, type IsFused } from './loses-blanks.js';
import { pageTops, type PageTop } from './page-tops.js';
import { readingOf, type Reading, type Run } from './reading.js';

export interface Indexed {
  readonly reading: Reading;
  readonly grams: GramIndex;
}

/** A captured text made ready for any number of quotations: build it once per capture, keep it as long as it is asked. */
export interface Prepared {
  readonly captured: CapturedText;
  readonly points: CodePoints;
  /** Pages in UTF-16 code units, in the order of the text. */
  readonly pages: readonly Page[];
  /** The text in reading order, interruptions set aside. */
  readonly inOrder: Indexed;
  /** The text as it stands, with what interrupts it; undefined where nothing does. Made when first asked. */
  readonly asItStands: () => Indexed | undefined;
  /** The stretches that are read on without a stop, in the order in which they stand in the text. */
  readonly runsInText: () => readonly Run[];
  /** The pages on which the text is read on from the one before. Found out when first asked. */
  readonly pageTops: () => readonly PageTop[];
  /** What tells words that the reading grew together; undefined in a text that does not lose blanks. Found out when first asked. */
  readonly losesBlanks: () => IsFused | undefined;
  /** What tells a blank that was misread within a word; undefined in a text that does not break words. Found out when first asked. */
  readonly breaksWords: () => IsMisread | undefined;
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
  const { text } = captured;
  const runs = readingOrder(text, pages);
  const whole: Run = { start: 0, end: text.length, joint: 'stop' };
  const inOrder = indexed(text, runs);
  return {
    captured,
    points,
    pages,
    inOrder,
    asItStands: once(() => (runs.length === 1 ? undefined : indexed(text, [whole]))),
    runsInText: once(() => [...runs].sort((one, two) => one.start - two.start)),
    pageTops: once(() => pageTops(inOrder.reading, unit => pageIn(pages, unit))),
    losesBlanks: once(() => losesBlanks(text)),
    breaksWords: once(() => breaksWords(text)),
  };
}

function indexed(text: string, runs: readonly Run[]): Indexed {
  const reading = readingOf(text, runs);
  return { reading, grams: gramIndex(reading) };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The page on which a place in code units stands. */
export const pageAt = ({ pages }: Prepared, unit: number): Page | undefined => pageIn(pages, unit);

function pageIn(pages: readonly Page[], unit: number): Page | undefined {
  let [low, high] = [0, pages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pages[middle] as Page).end < unit) low = middle + 1;
    else high = middle;
  }
  const page = pages[low];
  return page !== undefined && page.start <= unit ? page : undefined;
}
