import { instantText } from '@credence/time';
import type { EventStore, Position } from '@credence/kernel';
import { each } from '@credence/kernel';
import type { Finding } from './finding.js';

const SHOWN = 5;

interface Step {
  readonly seq: number;
  readonly recordedAt: string;
  /** Before the latest time that an event had until then. */
  readonly behindMs: number;
}

/**
 * Where the log says that a clock had stepped back: an event recorded before the latest time that one before it had. A single
 * writer never records so; of several each keeps to its own clock, and events do not say which of them wrote.
 *
 * @param last - so many events at the end of the log are looked at; absent: all
 */
export async function clockSteps(store: EventStore, last = Infinity): Promise<Finding | undefined> {
  const { size } = store.log.head();
  const after = size > last ? ((await store.readEvent(size - last - 1))?.position as Position) : null;
  const steps: Step[] = [];
  for await (const { seq, recordedAt, effectiveAt } of each(store.readAll(after))) {
    const behindMs = effectiveAt - Date.parse(recordedAt);
    if (behindMs > 0) steps.push({ seq, recordedAt, behindMs });
  }
  if (steps.length === 0) return undefined;
  const furthest = steps.toSorted((a, b) => b.behindMs - a.behindMs || a.seq - b.seq).slice(0, SHOWN);
  const among = size > last ? ` of the last ${String(last)}` : '';
  return {
    check: 'clock',
    state: 'note',
    detail: `${counted(steps.length, 'event')}${among} ${steps.length === 1 ? 'was' : 'were'} recorded by a clock behind that of an event before: ${furthest.map(told).join('; ')}${steps.length > SHOWN ? '; the others by less' : ''}`,
    remedy:
      'let every machine that writes take its time from the same server; dates resolve by the latest time seen until then, so order and past answers stay as they are',
  };
}

const told = ({ seq, recordedAt, behindMs }: Step): string =>
  `@${String(seq)} by ${(behindMs / 1000).toFixed(3)} s (${instantText(Date.parse(recordedAt))})`;

const counted = (n: number, what: string) => `${String(n)} ${what}${n === 1 ? '' : 's'}`;
