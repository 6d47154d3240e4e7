import { wordsOf } from './search.js';
import type { Term } from './search.js';
import type { Document, FindOptions, ReadIndex, ReadTables } from './view-store.js';

/** A document as it was. */
export interface DocumentThen extends Omit<Document, 'id' | 'words'> {
  readonly text: string;
}

/** In which index a view puts, under the seq of each change, the words that a document lost by it, `of` the document. */
export const lostIndexOf = (index: string): string => `${index}Lost`;

/**
 * An index as of event `seq`. The ids of its documents are the seqs at which they were first put. What is found now and has
 * not changed since was found then; what has changed is looked at as it was.
 *
 * @param then - the document as of `seq` if it has changed since, else undefined
 */
export function pastIndex(
  name: string,
  tables: ReadTables,
  seq: number,
  then: (id: number) => DocumentThen | undefined,
): ReadIndex {
  const hits = (term: Term): Omit<Document, 'words'>[] => {
    const found: Omit<Document, 'words'>[] = [];
    const changed = new Set<number>();
    const look = (id: number): boolean => {
      if (changed.has(id)) return true;
      const document = then(id);
      if (document === undefined) return false;
      changed.add(id);
      const { text, of, weight } = document;
      if (wordsOf(text).some(word => (term.prefix ? word.startsWith(term.word) : word === term.word)))
        found.push({ id, of, weight });
      return true;
    };
    for (const hit of tables.index(name).hits(term, seq)) if (!look(hit.id)) found.push(hit);
    for (const { id, of } of tables.index(lostIndexOf(name)).hits(term)) if (id > seq && of <= seq) look(of);
    return found;
  };
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
    hits: (term, last = Infinity) => hits(term).filter(({ id }) => id <= last),
    documents: () => {
      throw new TypeError(`the documents of index ${name} are told as they are, not as of an earlier event`);
    },
  };
}
