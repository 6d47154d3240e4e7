import type { Query } from '@credence/belief';
import type { LedgerEvent } from '@credence/contracts';
import type { Sha256 } from '@credence/integrity';
import type { BeliefRow } from '../belief.view.js';
import { brief } from './believing.js';
import { causeOf } from './cause.js';
import { pastOf } from './past.js';
import type { TimelineItem, TimelinePage } from './timeline.js';

/**
 * Every event that changed the core of the belief in the claim, with the belief before and after it: that as of the
 * event before it, and that as of it. Goes on at each belief that it computes.
 *
 * @param events - in order of seq: every event that this belief hangs on
 */
export function* recordedTimeline(
  claim: string,
  events: readonly LedgerEvent[],
  { limit, after = -1, query, sha256 }: { limit: number; after?: number; query: Query; sha256: Sha256 },
): Generator<void, TimelinePage> {
  const past = pastOf(claim, query, sha256);
  const items: TimelineItem[] = [];
  let start: BeliefRow | undefined;
  let before: BeliefRow | undefined;
  let reached = false;
  let next: number | null = null;
  for (const event of events) {
    if (!reached && event.seq > after) {
      reached = true;
      start = before = past.belief();
    }
    const may = past.apply(event);
    if (!reached || !may) continue;
    yield;
    const now = past.belief();
    if (now === undefined || now.coreHash === before?.coreHash) continue;
    if (items.length === limit) {
      next = items.at(-1)?.seq ?? null;
      break;
    }
    const was = before === undefined ? {} : { before: brief(before) };
    items.push({ at: event.recordedAt, seq: event.seq, cause: causeOf(event), ...was, after: brief(now) });
    before = now;
  }
  return { items, ...(start === undefined ? {} : { start: brief(start) }), next };
}
