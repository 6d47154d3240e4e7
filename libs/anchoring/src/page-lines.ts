import type { Span } from './spans.js';

export interface Line extends Span {
  readonly text: string;
}

/** The lines of a stretch of source that hold anything but blanks. */
export function linesOf(source: string, { start, end }: Span): Line[] {
  const lines: Line[] = [];
  for (let from = start; from < end;) {
    const feed = source.indexOf('\n', from);
    const to = feed < 0 || feed >= end ? end : feed;
    const text = source.slice(from, to);
    if (/\S/.test(text)) lines.push({ start: from, end: to, text: text.trim() });
    from = to + 1;
  }
  return lines;
}

/** A line that is only a number; machine readings put blanks into it (`11 14`) or a degree sign after it. */
export function loneNumber(text: string): number | undefined {
  const match = /^(\d[\d ]{0,6})[°.]?$/.exec(text);
  return match === null ? undefined : Number((match[1] as string).replaceAll(' ', ''));
}
