import type { Term } from './search.js';
import type { Document, FindOptions, ReadIndex, ReadTables } from './view-store.js';

/*
 * An index as of an earlier event. The ids of its documents are the seqs at which they were first put. Where one gives way
 * to another text the view keeps it: in the index `<index>Was` under the seq of the change, in the table `<index>From` by
 * that seq since when it had stood, and in the table `<index>Since` by document since when the new one stands.
 */

export const wasIndexOf = (index: string) => `${index}Was`;
export const fromOf = (index: string) => `${index}From`;
export const sinceOf = (index: string) => `${index}Since`;

export function pastIndex(name: string, tables: ReadTables, seq: number): ReadIndex {
  const now = tables.index(name);
  const was = tables.index(wasIndexOf(name));
  const from = tables<number>(fromOf(name));
  const since = tables<number>(sinceOf(name));
  function* hits(term: Term): Generator<Omit<Document, 'words'>> {
    for (const hit of now.hits(term, seq)) if ((since.get([hit.id]) ?? hit.id) <= seq) yield hit;
    for (const hit of was.hits(term)) if (seq < hit.id && (from.get([hit.id]) ?? Infinity) <= seq) yield hit;
  }
  const weigh = (term: Term): Map<number, number> => {
    const weights = new Map<number, number>();
    for (const { of, weight } of hits(term)) weights.set(of, Math.max(weight, weights.get(of) ?? 0));
    return weights;
  };
  return {
    weigh,
    find: (terms, { before = Infinity, limit = Infinity }: FindOptions = {}) => {
      const [first, ...others] = terms.map(weigh).sort((a, b) => a.size - b.size);
      if (first === undefined || limit < 1) return [];
      const all = [...first.keys()].filter(of => of < before && others.every(other => other.has(of)));
      return all.sort((a, b) => b - a).slice(0, limit);
    },
    hits: (term, last = Infinity) => [...hits(term)].filter(({ id }) => id <= last),
    documents: () => {
      throw new TypeError(`the documents of index ${name} are told as they are, not as of an earlier event`);
    },
  };
}
