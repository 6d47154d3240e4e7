import { LedgerError } from '@credence/contracts';
import { applyPage, memoryViewStore, projection } from '@credence/kernel';
import type { EventStore, Projection, ReadTables, View } from '@credence/kernel';

/** The tables of every view as of one seq. */
export type TablesOf<V extends Record<string, View>> = { readonly [N in keyof V]: ReadTables };

const KEPT = 4;

/**
 * Views as of an earlier event: the same folds over the prefix of the log, in memory. Exact by construction; it costs a
 * pass over the prefix, so the last few are kept.
 *
 * @param setAside - events that no view applies, at no moment; it may grow
 */
export function snapshots<V extends Record<string, View>>(store: EventStore, views: V, setAside: Set<number>) {
  const kept = new Map<number, Promise<TablesOf<V>>>();
  let passedOver = setAside.size;

  const replay = async (seq: number | null): Promise<TablesOf<V>> => {
    const memory = memoryViewStore();
    const folded = Object.values(views).map(view => projection(view, memory.open(view)));
    if (seq !== null)
      for await (const page of store.readAll(null)) {
        const prefix = page.filter(event => event.seq <= seq);
        for (const view of folded) applyPage(view, prefix, { setAside });
        if (prefix.length < page.length || page.at(-1)?.seq === seq) break;
      }
    return Object.fromEntries(folded.map(view => [view.view.name, tablesOf(view)])) as TablesOf<V>;
  };

  return {
    at(seq: number | null): Promise<TablesOf<V>> {
      if (setAside.size !== passedOver) kept.clear();
      passedOver = setAside.size;
      const key = seq ?? -1;
      const found = kept.get(key) ?? replay(seq);
      kept.delete(key);
      kept.set(key, found);
      found.catch(() => kept.delete(key));
      for (const old of kept.keys()) if (kept.size > KEPT) kept.delete(old);
      return found;
    },
  };
}

/** Of a view that could not come so far: whoever needs it is told why. */
function tablesOf({ view, state, stopped }: Projection): ReadTables {
  if (stopped === undefined) return state.tables;
  const refuse = (): never => {
    throw new LedgerError(
      'view-behind',
      `view ${view.name} stopped at event ${String(stopped.seq)} (${stopped.type}): ${stopped.error}`,
    );
  };
  return Object.assign(refuse, { index: refuse });
}
