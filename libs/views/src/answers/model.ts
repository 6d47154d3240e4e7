import type { Query } from '@credence/belief';
import type { Sha256 } from '@credence/integrity';
import type { ReadTables } from '@credence/kernel';

/** The read models, all at one seq, and the pins under which they are asked. */
export interface ReadModel {
  readonly sources: ReadTables;
  readonly claims: ReadTables;
  readonly units: ReadTables;
  readonly policies: ReadTables;
  readonly references: ReadTables;
  readonly summary: ReadTables;
  readonly belief: ReadTables;
  readonly search: ReadTables;
  readonly passages: ReadTables;
  /** The last event that counts; absent: the last one that the tables hold. */
  readonly upTo?: number;
  readonly sha256: Sha256;
  /** `publicBy` and its certainty. */
  readonly query: Query;
  /** The day of `holdsAt`. */
  readonly holdsAt?: string;
}

/** A page of a list: the items, and the key after which the next page begins; null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: number | null;
}

export interface PageRequest {
  readonly limit: number;
  /** Only what was recorded before this seq. */
  readonly before?: number;
}

/** The things of an `inOrder` table, newest first, a page of those that `item` answers something for. */
export function newestFirst<T>(
  tables: ReadTables,
  { limit, before }: PageRequest,
  item: (id: string) => T | undefined,
): Page<T> {
  const items: T[] = [];
  let last: number | null = null;
  const start = before === undefined ? {} : { after: [before] };
  for (const { key, value } of tables<string>('inOrder').range({ reverse: true, ...start })) {
    if (items.length === limit) return { items, next: last };
    const found = item(value);
    if (found === undefined) continue;
    items.push(found);
    last = key[0] as number;
  }
  return { items, next: null };
}
