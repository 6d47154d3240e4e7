import { each, present } from '@credence/kernel';
import type { Position } from '@credence/kernel';
import { changeItem, recordedTimeline, touchedSince, weighedChanges } from '@credence/views';
import type { Cause } from '@credence/views';
import { beliefPast } from '../belief-past.js';
import type { Ledger } from '../ledger.js';
import { cursorOf, cursorText, limitOf } from '../parameters.js';
import { patiently } from '../patiently.js';
import { primitives } from '../primitives.js';
import { invalid, spanOf } from './reads.js';
import type { Reading, Reads, Span } from './reads.js';

/** Past so many events every claim is looked at: that takes fixed memory. */
const MOST_FOLDED = 20_000;

/** What else is believed at `to` than at `from`, over the whole ledger, a page of it. */
export const changes =
  (reads: Reads): Ledger['changes'] =>
  async parameters => {
    const { limit: asked, cursor: text, after, ...filter } = parameters;
    const limit = limitOf(asked);
    const cursor = text === undefined ? undefined : cursorOf('changes', filter, text);
    const moments = cursor && { from: cursor.from ?? null, to: cursor.seq };
    let span: Span | undefined;
    const all = await patiently(async () => {
      const read = { ...filter, ...(after === undefined ? {} : { after }) };
      const among = await touchedIn(await spanOf(read, reads, moments), reads);
      // Read anew: the tables of the head may have moved while the events were read.
      span = await spanOf(read, reads, among.moments);
      return { steps: weighedChanges(span.from.model, span.to.model, among.claims), moved: reads.movedSince(span.to) };
    });
    const { from, to, pins } = span as unknown as Span;
    const begin = cursor?.before ?? 0;
    const page = all.slice(begin, begin + limit);
    const items = page.map(({ claim }) => changeItem(claim, from.model, to.model, []));
    const told = [];
    for (const item of items) told.push({ ...item, causes: await causesOf(item.claim, from, to, reads) });
    const end = begin + page.length;
    const next =
      end < all.length
        ? cursorText('changes', filter, { before: end, seq: to.moment.seq, from: from.moment.seq })
        : null;
    return reads.pinned({ ...pins, items: told, total: all.length, next }, to);
  };

/** The claims that the events between the two moments can have changed; undefined: any. */
async function touchedIn({ from, to }: Span, { store, isSetAside }: Reads) {
  const [first, last] = [(from.moment.seq ?? -1) + 1, to.moment.seq ?? -1];
  if (first > last + 1) throw invalid('from', 'lies behind to');
  const moments = { from: from.moment.seq, to: to.moment.seq };
  if (last - first >= MOST_FOLDED) return { moments, claims: undefined };
  const touched = touchedSince(from.model);
  const before = first === 0 ? null : ((await store.readEvent(first - 1))?.position as Position);
  for await (const event of each(store.readAll(before))) {
    if (event.seq > last) break;
    if (!isSetAside(event.seq)) touched.take(present(event));
  }
  return { moments, claims: touched.claims() };
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
