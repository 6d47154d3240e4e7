import { viewName } from './keys.js';
import type { Index, ReadIndex, ReadTable, ReadTables, Table, Tables, ViewShape } from './view-store.js';

/** A table or an index of a view as a store has it: what reads it, and what changes it. */
export interface ViewPart<Read, Both extends Read> {
  readonly name: string;
  readonly read: Read;
  readonly write: Omit<Both, keyof Read>;
}

/** The tables and indexes of a view by name: those that only read, and those that a write is given. */
export function viewTables(
  view: ViewShape,
  tables: readonly ViewPart<ReadTable, Table>[],
  indexes: readonly ViewPart<ReadIndex, Index>[],
): { readonly reading: ReadTables; readonly writing: Tables } {
  const byName = <T>(parts: readonly (readonly [name: string, part: T])[]) => {
    const all = new Map(parts);
    return (name: string): T => {
      const part = all.get(name);
      if (part === undefined) throw new Error(`view ${viewName(view)} has no table or index ${name}`);
      return part;
    };
  };
  const reading = <Read, Both extends Read>(parts: readonly ViewPart<Read, Both>[]) =>
    byName(parts.map(({ name, read }) => [name, read] as const));
  const writing = <Read, Both extends Read>(parts: readonly ViewPart<Read, Both>[]) =>
    byName(parts.map(({ name, read, write }) => [name, { ...read, ...write }] as const));
  return {
    reading: Object.assign(reading(tables), { index: reading(indexes) }) as ReadTables,
    writing: Object.assign(writing(tables), { index: writing(indexes) }) as unknown as Tables,
  };
}

/** The index, which is read only where `check` lets it. */
export function checkedIndex(index: ReadIndex, check: () => void): ReadIndex {
  const read = <T>(look: () => T): T => {
    check();
    return look();
  };
  return {
    find: (terms, options) => read(() => index.find(terms, options)),
    weigh: term => read(() => index.weigh(term)),
    hits: (term, last) => read(() => index.hits(term, last)),
    documents: () => read(() => index.documents()),
  };
}
