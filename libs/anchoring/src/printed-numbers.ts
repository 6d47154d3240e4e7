import { codePoints, type CapturedText, type Page } from './captured-text.js';
import { linesOf, loneNumber } from './page-lines.js';

/** Lines at the top and at the bottom of a page where its number may stand. */
const OUTERMOST = 3;
/** So many pages in a row must count alike, or a number at the margin is a year or a note. */
const LEAST_IN_A_ROW = 3;

/**
 * Fills in the numbers printed on pages, where they are certain: lone numbers at the margin that run in step with the
 * physical pages. Within such a run a page without a legible number gets the one it must have; numbers given are kept.
 */
export function withPrintedNumbers(captured: CapturedText): CapturedText {
  const { text, pages } = captured;
  if (pages === undefined || pages.length < LEAST_IN_A_ROW) return captured;
  const points = codePoints(text);
  const offsets = pages.map(page =>
    offsetsOn(text, { ...page, start: points.toUnits(page.start), end: points.toUnits(page.end) }),
  );
  return {
    text,
    pages: pages.map((page, index) => (page.printed === undefined ? numbered(page, index, offsets, pages) : page)),
  };
}

/** By how much lone numbers at the margins of a page lag behind its physical number. */
function offsetsOn(text: string, page: Page): Set<number> {
  const lines = linesOf(text, page);
  const outermost = [...lines.slice(0, OUTERMOST), ...lines.slice(-OUTERMOST)];
  return new Set(
    outermost
      .flatMap(line => loneNumber(line.text.replace(/^[-–— ]+|[-–— ]+$/g, '')) ?? [])
      .map(number => page.pdfPage - number),
  );
}

/** A page in a stretch on which one offset holds: at this page or on both sides of it, and on enough pages around. */
function numbered(page: Page, index: number, offsets: readonly ReadonlySet<number>[], pages: readonly Page[]): Page {
  const near = offsets.slice(Math.max(0, index - LEAST_IN_A_ROW), index + LEAST_IN_A_ROW + 1);
  for (const offset of new Set(near.flatMap(set => [...set]))) {
    const before = offsets.slice(Math.max(0, index - LEAST_IN_A_ROW), index).filter(set => set.has(offset)).length;
    const after = offsets.slice(index + 1, index + 1 + LEAST_IN_A_ROW).filter(set => set.has(offset)).length;
    const here = offsets[index]?.has(offset) === true;
    const certain = here ? before + after >= LEAST_IN_A_ROW - 1 : before >= 2 && after >= 2 && inStep(pages, index);
    if (certain && page.pdfPage - offset > 0) return { ...page, printed: String(page.pdfPage - offset) };
  }
  return page;
}

const inStep = (pages: readonly Page[], index: number) => {
  const [before, here, after] = [pages[index - 1], pages[index], pages[index + 1]];
  return before?.pdfPage === (here?.pdfPage ?? 0) - 1 && after?.pdfPage === (here?.pdfPage ?? 0) + 1;
};
