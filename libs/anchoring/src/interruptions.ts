import { footnoteMarks } from './footnote-marks.js';
import { pageParts } from './page-parts.js';
import type { Run } from './reading.js';
import type { Span } from './spans.js';
import { texFootnotes } from './tex-footnotes.js';

/**
 * The order in which a text is read: its body from page to page without what interrupts it, then the notes in their
 * order, then running heads, feet and page numbers one by one. Everything is in it once, so that all of it is found.
 */
export function readingOrder(source: string, pages: readonly Span[]): Run[] {
  const whole = [{ start: 0, end: source.length }];
  const parts = pageParts(source, pages.length > 0 ? pages : []);
  const bodies = parts.length === 0 ? whole : parts.map(({ body }) => body);
  const numbers = new Set<number>();
  const tex = texFootnotes(source);
  const marks =
    tex.length > 0
      ? []
      : footnoteMarks(
          source,
          bodies.map((span, index) => ({ span, numbers: parts[index]?.numbers ?? numbers })),
        );
  const rubbish = bodies.flatMap(body => rubbishLines(source, body));
  const interruptions = [...tex.map(({ span }) => span), ...marks, ...rubbish].sort(
    (one, two) => one.start - two.start,
  );
  const notes = parts.flatMap(({ notes: span }) => span ?? []);
  return [
    ...bodies.flatMap((body, index) => without(body, interruptions, index === 0 ? 'stop' : 'bridge')),
    ...notes.map((span, index): Run => ({ ...span, joint: index === 0 ? 'stop' : 'bridge' })),
    ...tex.map(({ note }): Run => ({ ...note, joint: 'stop' })),
    ...[...marks, ...rubbish].map((span): Run => ({ ...span, joint: 'stop' })),
    ...parts.flatMap(({ furniture }) =>
      furniture.map((span): Run => ({ start: span.start, end: span.end, joint: 'stop' })),
    ),
  ];
}

/**
 * Lines that hold a sign or two and nothing else, as a machine reads a mark that it cannot: no letter, no figure, nothing
 * that divides or counts. Beside a figure a sign may belong to it (20 °).
 */
function rubbishLines(source: string, { start, end }: Span): Span[] {
  const found: Span[] = [];
  for (const match of source
    .slice(start, end)
    .matchAll(/(?<=[^\s\d][ \t]*\n[ \t]*)[°¦¬^¨]{1,2}(?=[ \t]*\n[ \t]*[^\s\d])/gu)) {
    found.push({ start: start + match.index, end: start + match.index + match[0].length });
  }
  return found;
}

/** A body cut at its interruptions. */
function without(body: Span, interruptions: readonly Span[], joint: Run['joint']): Run[] {
  const runs: Run[] = [];
  let start = body.start;
  for (const cut of within(body, interruptions)) {
    runs.push({ start, end: cut.start, joint: runs.length === 0 ? joint : 'bridge' });
    start = cut.end;
  }
  runs.push({ start, end: body.end, joint: runs.length === 0 ? joint : 'bridge' });
  return runs;
}

/** The spans that lie in a body; `spans` rise. */
function within(body: Span, spans: readonly Span[]): readonly Span[] {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span).start < body.start) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < spans.length && (spans[end] as Span).end <= body.end) end += 1;
  return spans.slice(low, end);
}
