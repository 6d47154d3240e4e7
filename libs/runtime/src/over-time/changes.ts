import { each, present } from '@credence/kernel';
import type { Position } from '@credence/kernel';
import { changeItem, claimsIn, recordedTimeline, touchedSince, weighedChanges } from '@credence/views';
import type { Cause, Weighed } from '@credence/views';
import { beliefPast } from '../belief-past.js';
import type { Ledger, SpanParameters } from '../ledger.js';
import { cursorOf, cursorText, limitOf } from '../parameters.js';
import { patiently } from '../patiently.js';
import { primitives } from '../primitives.js';
import { invalid, seqText, spanOf } from './reads.js';
import type { Reading, Reads, Span } from './reads.js';

/** Past so many events each claim is asked whether it was touched since: that takes fixed memory. */
const MOST_FOLDED = 20_000;
/** At the head, where a claim says at which event it was touched last, so many of them are asked as fast as one event is read. */
const ASKED_AS_FAST = 8;

/** What else is believed at `to` than at `from`, over the whole ledger, a page of it. */
export function changes(reads: Reads, mostFolded = MOST_FOLDED): Ledger['changes'] {
  /** The order of the list that was paged through last, so that its pages cost no more than what stands on them. */
  let kept: { readonly of: string; readonly all: readonly Weighed[] } | undefined;

  const ordered = async (filter: SpanParameters, moments: Moments | undefined): Promise<[Span, readonly Weighed[]]> => {
    let span = await spanOf(filter, reads, moments);
    const of = JSON.stringify([span.pins.from.seq, span.pins.to.seq, span.to.axes, reads.passedOver()]);
    if (moments !== undefined && kept?.of === of) return [span, kept.all];
    const all = await patiently(async () => {
      const touched = await touchedIn(span, reads, mostFolded);
      // Read anew: the tables of the head may have moved while the events were read.
      span = await spanOf(filter, reads, { from: span.from.moment.seq, to: span.to.moment.seq });
      return { steps: weighedChanges(span.from.model, span.to.model, touched), moved: reads.movedSince(span.to) };
    });
    kept = { of, all };
    return [span, all];
  };

  return async parameters => {
    const { limit: asked, cursor: text, after, ...filter } = parameters;
    const limit = limitOf(asked);
    const cursor = text === undefined ? undefined : cursorOf('changes', filter, text);
    const moments = cursor && { from: cursor.from ?? null, to: cursor.seq };
    const [span, all] = await ordered({ ...filter, ...(after === undefined ? {} : { after }) }, moments);
    const { from, to, pins } = span;
    const begin = cursor?.before ?? 0;
    const page = all.slice(begin, begin + limit).map(({ claim }) => changeItem(claim, from.model, to.model, []));
    const items = [];
    for (const item of page) items.push({ ...item, causes: await causesOf(item.claim, from, to, reads) });
    const end = begin + page.length;
    const next =
      end < all.length
        ? cursorText('changes', filter, { before: end, seq: to.moment.seq, from: from.moment.seq })
        : null;
    return reads.pinned({ ...pins, items, total: all.length, next }, to);
  };
}

interface Moments {
  readonly from: number | null;
  readonly to: number | null;
}

/** What the events between the two moments touch; undefined: they are too many to read. */
async function touchedIn({ from, to }: Span, { store, isSetAside }: Reads, mostFolded: number) {
  const [first, last] = [(from.moment.seq ?? -1) + 1, to.moment.seq ?? -1];
  if (first > last + 1) throw invalid('from', `${seqText(from)} lies behind to, ${seqText(to)}`);
  const most = to.moment.head ? Math.min(mostFolded, claimsIn(to.model) / ASKED_AS_FAST) : mostFolded;
  if (last - first >= most) return undefined;
  const touched = touchedSince(from.model);
  const before = first === 0 ? null : ((await store.readEvent(first - 1))?.position as Position);
  for await (const event of each(store.readAll(before))) {
    if (event.seq > last) break;
    if (!isSetAside(event.seq)) touched.take(present(event));
  }
  return touched;
}

/** The events that changed the core between the two; none where it hangs on too much to read. */
async function causesOf(claim: string, from: Reading, to: Reading, reads: Reads): Promise<readonly Cause[]> {
  const { store, isSetAside } = reads;
  const events = await beliefPast(claim, to.moment.seq ?? -1, to.model.belief, store, isSetAside);
  if (events === undefined) return [];
  const of = {
    limit: Infinity,
    after: from.moment.seq ?? -1,
    query: to.axes.query,
    sha256: primitives.sha256,
  };
  const { items } = await patiently(async () => ({ steps: recordedTimeline(claim, events, of), moved: () => false }));
  return items.flatMap(({ cause }) => ('type' in cause ? [cause] : []));
}
