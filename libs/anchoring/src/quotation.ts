import { gapOf, type Gap } from './gaps.js';
import { endOf, readingOf, type Reading } from './reading.js';

/** A quotation, read once: its letters, and the marks before the first and after the last of them. */
export interface Quotation {
  /** As given, without blanks at its ends. */
  readonly text: string;
  readonly reading: Reading;
  readonly lead: Gap;
  readonly tail: Gap;
}

export function quotation(exact: string): Quotation {
  const text = exact.trim();
  const reading = readingOf(text, [{ start: 0, end: text.length, joint: 'stop' }]);
  const count = reading.units.length;
  if (count === 0) return { text, reading, lead: gapOf(''), tail: gapOf('') };
  return {
    text,
    reading,
    lead: gapOf(text.slice(0, reading.at[0])),
    tail: gapOf(text.slice(endOf(reading, count - 1))),
  };
}
