import { monthLength, utcMs } from './calendar.js';

const INSTANT = /^(-?\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+\-−](\d{2})(?::?(\d{2}))?)?$/;

/**
 * An ISO 8601 date and time with its zone, in milliseconds since 1970; further digits are cut off.
 *
 * @returns `'no-zone'` where only the zone is missing (never read in the zone of this machine), `undefined` where the
 * text is no date and time, or one that no calendar and no clock shows
 */
export function instantMs(text: string): number | 'no-zone' | undefined {
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => Number(part ?? 0)) as Six;
  const [offsetHours, offsetMinutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  const onTheClock = (hour < 24 && minute < 60 && second < 60) || (hour === 24 && minute === 0 && second === 0);
  if (month < 1 || month > 12 || day < 1 || day > monthLength(year, month) || !onTheClock) return undefined;
  if (offsetHours > 14 || offsetMinutes > 59) return undefined;
  const zone = match[8];
  if (zone === undefined) return 'no-zone';
  const west = zone.startsWith('+') ? -1 : 1;
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  return utcMs(year, month, day, hour + west * offsetHours, minute + west * offsetMinutes, second, ms);
}

type Six = [number, number, number, number, number, number];

/**
 * The fixed-width form in which instants are stored and answered: `2019-04-18T10:00:00.000Z`. String order is time
 * order.
 *
 * @throws instant-out-of-range — outside the years 0 to 9999, where the width would change
 */
export function instantText(ms: number): string {
  if (!(ms >= FIRST_MS && ms <= LAST_MS)) {
    throw Object.assign(new Error(`${ms} ms lies outside the years 0 to 9999`), { code: 'instant-out-of-range' });
  }
  return new Date(ms).toISOString();
}

const FIRST_MS = utcMs(0, 1, 1);
const LAST_MS = utcMs(9999, 12, 31, 24) - 1;
