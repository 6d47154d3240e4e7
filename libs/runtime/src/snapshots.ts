import { applyPage, memoryViewStore, projection } from '@credence/kernel';
import type { EventStore, ReadTables, View } from '@credence/kernel';

/** The tables of every view as of one seq. */
export type Tables<V extends Record<string, View>> = { readonly [N in keyof V]: ReadTables };

const KEPT = 4;

/**
 * Views as of an earlier event: the same folds over the prefix of the log, in memory. Exact by construction; it costs a
 * pass over the prefix, so the last few are kept.
 */
export function snapshots<V extends Record<string, View>>(store: EventStore, views: V) {
  const kept = new Map<number, Promise<Tables<V>>>();

  const replay = async (seq: number | null): Promise<Tables<V>> => {
    const memory = memoryViewStore();
    const folded = Object.entries(views).map(([name, view]) => [name, projection(view, memory.open(view))] as const);
    if (seq !== null)
      for await (const page of store.readAll(null)) {
        const prefix = page.filter(event => event.seq <= seq);
        for (const [, view] of folded) applyPage(view, prefix);
        if (prefix.length < page.length || page.at(-1)?.seq === seq) break;
      }
    for (const [name, { stopped }] of folded)
      if (stopped !== undefined)
        throw new Error(`view ${name} cannot apply event ${String(stopped.seq)}: ${stopped.error}`);
    return Object.fromEntries(folded.map(([name, { state }]) => [name, state.tables])) as Tables<V>;
  };

  return {
    at(seq: number | null): Promise<Tables<V>> {
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
