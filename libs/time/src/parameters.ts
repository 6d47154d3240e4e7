import { dayText, monthLength, utcMs, type Day } from './calendar.js';
import { instantMs } from './instant.js';

/**
 * A year, a month or a day as a reader's parameter gives it: nothing approximate, and a day that the calendar has. Years
 * before year 0 are written as in dates: `-0043` is 44 BC.
 */
function periodOf(text: string): { first: Day; last: Day; firstMs: number; lastMs: number } | undefined {
  const match = /^((?:-(?!0000))?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!match) return undefined;
  const year = Number(match[1]);
  const [month, lastMonth] = match[2] === undefined ? [1, 12] : [Number(match[2]), Number(match[2])];
  if (month < 1 || lastMonth > 12) return undefined;
  const length = monthLength(year, lastMonth);
  const [day, lastDay] = match[3] === undefined ? [1, length] : [Number(match[3]), Number(match[3])];
  if (day < 1 || lastDay > length) return undefined;
  return {
    first: dayText(year, month, day),
    last: dayText(year, lastMonth, lastDay),
    firstMs: utcMs(year, month, day),
    lastMs: utcMs(year, lastMonth, lastDay + 1) - 1,
  };
}

/** The last day that `publicBy` means: of a year, of a month, or the day itself. Anything else: `undefined`. */
export function lastDayOf(parameter: string): Day | undefined {
  return periodOf(parameter)?.last;
}

/** The day that `holdsAt` means: `2019-04-18`. Anything else, months and years included: `undefined`. */
export function dayOf(parameter: string): Day | undefined {
  const period = periodOf(parameter);
  return period && period.first === period.last ? period.first : undefined;
}

/** What `asOf` asks for, before the ledger is looked at: whether such a seq, root or instant exists is for the log. */
export type AsOf =
  | { readonly kind: 'head' }
  | { readonly kind: 'seq'; readonly seq: number }
  | { readonly kind: 'token'; readonly seq: number; readonly root32: string }
  /** Everything recorded up to and including this millisecond. */
  | { readonly kind: 'instant'; readonly untilMs: number }
  | { readonly kind: 'future' }
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Reads the parameter `asOf`: a year, month or day (inclusive: up to its last millisecond in UTC), an instant with zone,
 * `@<seq>`, or a token `@<seq>.<first 32 hex digits of the root>`. Absent is the head; so is a day, month or year that
 * is not over, as today is.
 *
 * @param nowMs - what the ledger takes for now: the clock, or the head's `effectiveAt` where that is later
 * @returns `invalid` with a reason that says how to write it
 */
export function parseAsOf(text: string | undefined, nowMs: number): AsOf {
  if (text === undefined) return { kind: 'head' };
  if (text.startsWith('@')) return parsePosition(text);
  const period = periodOf(text);
  if (period) {
    if (period.firstMs > nowMs) return { kind: 'future' };
    return period.lastMs < nowMs ? { kind: 'instant', untilMs: period.lastMs } : { kind: 'head' };
  }
  const ms = instantMs(text);
  if (ms === undefined) return { kind: 'invalid', reason: whatIsWrong(text) };
  if (ms === 'no-zone') return { kind: 'invalid', reason: `${text} has no zone: write ${text}Z` };
  return ms > nowMs ? { kind: 'future' } : { kind: 'instant', untilMs: ms };
}

function parsePosition(text: string): AsOf {
  const match = /^@(\d+)(?:\.([0-9a-f]{32}))?$/.exec(text);
  const seq = Number(match?.[1]);
  if (!match || !Number.isSafeInteger(seq)) {
    return { kind: 'invalid', reason: `${text} is no position: write @<seq>, or the token @<seq>.<32 hex digits>` };
  }
  return match[2] === undefined ? { kind: 'seq', seq } : { kind: 'token', seq, root32: match[2] };
}

function whatIsWrong(text: string): string {
  const withPlus = text.replace(/ (\d{2}:?\d{2})$/, '+$1');
  if (withPlus !== text && instantMs(withPlus) !== undefined) {
    return `${text} has a blank before its zone: in an address, write + as %2B`;
  }
  if (/^\d{4}-\d{2}(?:-\d{2})?(?:T|$)/.test(text)) return `${text} is on no calendar or no clock`;
  return `${text} is neither a date (2019, 2019-04, 2019-04-18), nor an instant (2019-04-18T10:00:00Z), nor @<seq> or a token`;
}
