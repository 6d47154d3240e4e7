import { bestMatch, type Match } from './best-match.js';
import { leastErrors } from './least-errors.js';

/** A long pattern is found by its ends, each of so many characters. */
const END = 300;

/**
 * As `bestMatch`, for patterns of thousands of characters: their ends are found first, then what lies between is compared.
 * `around` is how far the ends may be from where the window has them.
 */
export function longMatch(text: string, pattern: string, allowed: number, around: number): Match | undefined {
  const share = allowed / pattern.length;
  const head = endIn(text.slice(0, 2 * around + END), pattern.slice(0, END), share);
  if (head === undefined) return undefined;
  const from = Math.max(0, head.start + Math.floor(pattern.length * (1 - share)) - END);
  const tail = endIn(text.slice(from, head.start + pattern.length + allowed + END), pattern.slice(-END), share);
  if (tail === undefined) return undefined;
  const match = { start: head.start, end: from + tail.end };
  const errors = leastErrors(text.slice(match.start, match.end), pattern);
  return errors <= allowed ? { ...match, errors } : undefined;
}

/** An end may be twice as unlike as the whole. */
function endIn(text: string, end: string, share: number): Match | undefined {
  const least = leastErrors(text, end);
  return least <= 2 * share * end.length ? bestMatch(text, end, least) : undefined;
}
