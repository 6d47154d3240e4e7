import { anchor, type Anchored } from './anchor.js';
import type { CapturedText } from './captured-text.js';
import { pageAt, prepared, type Prepared } from './prepared.js';
import { selectorsOf } from './selectors.js';
import { quoteOf, type AnnotationTarget, type TextSelector } from './web-annotation.js';

/**
 * Finds what the selectors of an annotation's target select: by its quotation where it has one, else from the beginning
 * of one end of a range to the beginning of the other (W3C Web Annotation 4.2.9), else by position. A position alone
 * holds whatever words stand there, so that it is `exact` whenever it lies within the text. Undefined where no selector
 * speaks of text.
 */
export function anchorTarget(target: AnnotationTarget, captured: CapturedText | Prepared): Anchored | undefined {
  const text = 'inOrder' in captured ? captured : prepared(captured);
  const quote = quoteOf(target);
  if (quote !== undefined) return anchor(quote, text);
  for (const selector of target.selectors) {
    if (selector.type === 'RangeSelector') return anchorRange(selector, target, text);
    if (selector.type === 'TextPositionSelector') return anchorPosition(selector.start, selector.end, text);
  }
  return undefined;
}

function anchorRange(
  { from, to }: TextSelector & { type: 'RangeSelector' },
  target: AnnotationTarget,
  text: Prepared,
): Anchored | undefined {
  const first = anchorTarget({ ...target, selectors: from }, text);
  const last = anchorTarget({ ...target, selectors: to }, text);
  if (first === undefined || last === undefined) return undefined;
  const [start, end] = [first.pieces[0]?.start, last.pieces[0]?.start];
  if (start === undefined) return first;
  if (end === undefined || end < start) return end === undefined ? last : { state: 'lost', pieces: [] };
  const worse = RANK.indexOf(last.state) > RANK.indexOf(first.state) ? last : first;
  return { ...worse, pieces: anchorPosition(start, end, text).pieces };
}
/** From certain to lost: a range is as certain as its worse end. */
const RANK: readonly Anchored['state'][] = ['exact', 'normalised', 'moved', 'altered', 'ambiguous', 'lost'];

function anchorPosition(start: number, end: number, text: Prepared): Anchored {
  if (end > text.points.length || start >= end) return { state: 'lost', pieces: [] };
  const [from, to] = [text.points.toUnits(start), text.points.toUnits(end)];
  const page = pageAt(text, from);
  const piece = { start, end, ...(page === undefined ? {} : { pdfPage: page.pdfPage }) };
  return { state: 'exact', pieces: [piece], selectors: selectorsOf(text, [{ start: from, end: to }]) };
}
