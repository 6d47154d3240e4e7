import type { Span } from './spans.js';

interface Candidate extends Span {
  readonly number: number;
}

/** After punctuation, or alone on its line; not within a number. Machine readings put a blank into it. */
const MARK =
  /(?<=[.,;:!?)"'”’»\]]) ?(\d(?: ?\d){0,3})(?=\s|$)|^[ \t]*(\d(?: ?\d){0,3})[ \t]*$|(?<=[\p{L}.,;:!?)"'”’»\]])([⁰¹²³⁴-⁹]{1,4}|\[\d{1,4}\])/gmu;
/** A text with more is no text with footnotes. */
const MAX_MARKS = 200_000;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * The footnote marks within a stretch of text. A number is one where a note of that number stands on the page, or where
 * it is one of at least three marks that count up by one; any other number is text.
 */
export function footnoteMarks(
  source: string,
  spans: readonly { readonly span: Span; readonly numbers: ReadonlySet<number> }[],
): Span[] {
  const noted = new Set<Candidate>();
  const candidates: Candidate[] = [];
  for (const { span, numbers } of spans) {
    for (const match of source.slice(span.start, span.end).matchAll(MARK)) {
      const start = span.start + match.index;
      const candidate = {
        start,
        end: start + match[0].length,
        number: numberOf(match[1] ?? match[2] ?? match[3] ?? ''),
      };
      if (candidates.push(candidate) > MAX_MARKS) return [];
      if (numbers.has(candidate.number)) noted.add(candidate);
    }
  }
  return candidates.filter((candidate, index) => noted.has(candidate) || counts(candidates, index));
}

const numberOf = (text: string) =>
  Number(
    [...text]
      .map(digit => (SUPERSCRIPTS.includes(digit) ? SUPERSCRIPTS.indexOf(digit) : digit))
      .join('')
      .replaceAll(/[^\d]/g, ''),
  );

/** Whether a candidate is in a row of three that count up by one. */
function counts(candidates: readonly Candidate[], index: number): boolean {
  const follows = (at: number) => {
    const [one, two] = [candidates[at], candidates[at + 1]];
    return one !== undefined && two !== undefined && two.number === one.number + 1;
  };
  return (
    (follows(index - 2) && follows(index - 1)) ||
    (follows(index - 1) && follows(index)) ||
    (follows(index) && follows(index + 1))
  );
}
