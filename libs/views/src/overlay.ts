import type { Key, KeyPart, ReadTable, Row, Table } from '@credence/kernel';
import type { ReadFacts, WriteFacts } from './belief-facts.js';

/** Tables over others that stay as they are. */
export interface Overlay extends WriteFacts {
  /** Whether a row of that table whose key begins so was put or deleted. */
  changes(table: string, first: KeyPart): boolean;
}

/** The tables as they would be: what is put or deleted stays here, and `base` as it is. Keys are ids and numbers. */
export function overlay(base: ReadFacts): Overlay {
  const over = new Map<string, OverTable>();
  const named = (name: string) => {
    let table = over.get(name);
    if (table === undefined) over.set(name, (table = overTable(base(name))));
    return table;
  };
  return Object.assign(<V>(name: string) => named(name) as Table as Table<V>, {
    changes: (table: string, first: KeyPart) => over.get(table)?.changes(first) ?? false,
  });
}

interface OverTable extends Table {
  changes(first: KeyPart): boolean;
}

interface Changed {
  readonly key: Key;
  readonly value: unknown;
}

function overTable(base: ReadTable): OverTable {
  /** By the key's text. Undefined: deleted. */
  const changed = new Map<string, Changed>();
  /** The same by the first part of the key: most ranges ask for one of them. */
  const byFirst = new Map<KeyPart, Map<string, Changed>>();
  const textOf = (key: Key) => JSON.stringify(key);
  const change = (row: Changed) => {
    const first = row.key[0] as KeyPart;
    const beside = byFirst.get(first) ?? new Map<string, Changed>();
    byFirst.set(first, beside.set(textOf(row.key), row));
    changed.set(textOf(row.key), row);
  };
  return {
    changes: first => byFirst.has(first),
    get: key => {
      const row = changed.get(textOf(key));
      return row === undefined ? base.get(key) : row.value;
    },
    put: (key, value) => {
      change({ key, value });
    },
    delete: key => {
      change({ key, value: undefined });
    },
    *range({ prefix = [], after, reverse = false, limit = Infinity } = {}) {
      const by = reverse ? -1 : 1;
      const [first] = prefix;
      const added = [...(first === undefined ? changed : (byFirst.get(first) ?? new Map<string, Changed>())).values()]
        .filter(({ key }) => prefix.every((part, i) => part === key[i]))
        .filter(({ key }) => after === undefined || by * compareKeys(key, after) > 0)
        .sort((a, b) => by * compareKeys(a.key, b.key));
      let given = 0;
      const rows = base.range({ prefix, reverse, ...(after === undefined ? {} : { after }) });
      for (const row of merged(rows, added, by)) {
        if (row.value === undefined) continue;
        if (given++ >= limit) return;
        yield row;
      }
    },
  };
}

/** Both in order; where both have a key, that of `over`. */
function* merged(rows: Iterable<Row<unknown>>, over: readonly Row<unknown>[], by: 1 | -1): Generator<Row<unknown>> {
  let next = 0;
  for (const row of rows) {
    for (; next < over.length && by * compareKeys(over[next]!.key, row.key) < 0; next++) yield over[next]!;
    if (next < over.length && compareKeys(over[next]!.key, row.key) === 0) yield over[next++]!;
    else yield row;
  }
  yield* over.slice(next);
}

function compareKeys(a: Key, b: Key): number {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as KeyPart, b[i] as KeyPart];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
