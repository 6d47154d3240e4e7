import { compareKeys } from '@credence/kernel';
import type { Bounds, Key, KeyPart, Row, TableShape } from '@credence/kernel';

/** Longer lists are not kept. */
export const MOST_LISTED = 64;

type List = readonly Row<unknown>[];

/** All rows that begin with a prefix, of the prefixes that were asked for; they follow what changes. */
export class KnownLists {
  /** By the number of parts in the prefix. */
  private readonly all: readonly Map<KeyPart, List>[];

  constructor(private readonly shape: TableShape) {
    this.all = shape.key.map(() => new Map<KeyPart, List>());
  }

  /** Undefined: it is not known, or too long. */
  of(prefix: Key): List | undefined {
    return this.all[prefix.length]?.get(nameOf(prefix));
  }

  /** @param rows - all that there are, in order */
  know(prefix: Key, rows: List): void {
    this.all[prefix.length]?.set(nameOf(prefix), rows);
  }

  /** @param value - undefined: the row is gone */
  changed(key: Key, value: unknown): void {
    for (let length = 0; length < this.all.length; length++) {
      const lists = this.all[length]!;
      if (lists.size === 0) continue;
      const name = nameOf(key.slice(0, length));
      const list = lists.get(name);
      if (list === undefined) continue;
      const next = this.withRow(list, key, value);
      if (next.length > MOST_LISTED) lists.delete(name);
      else lists.set(name, next);
    }
  }

  clear(): void {
    for (const lists of this.all) lists.clear();
  }

  private withRow(list: List, key: Key, value: unknown): List {
    let at = list.length;
    while (at > 0 && compareKeys(this.shape, list[at - 1]!.key, key) >= 0) at--;
    const there = at < list.length && compareKeys(this.shape, list[at]!.key, key) === 0;
    const row = value === undefined ? [] : [{ key, value }];
    return [...list.slice(0, at), ...row, ...list.slice(there ? at + 1 : at)];
  }
}

/** The rows of a list that a range asks for. */
export function* listed(list: List, { prefix, rest, reverse }: Bounds, shape: TableShape): Generator<Row<unknown>> {
  const after = rest === undefined ? undefined : [...prefix, ...rest];
  for (let i = 0; i < list.length; i++) {
    const row = list[reverse ? list.length - 1 - i : i]!;
    if (after === undefined || compareKeys(shape, row.key, after) * (reverse ? -1 : 1) > 0) yield row;
  }
}

/** One for each prefix of so many parts of a table. */
const nameOf = (prefix: Key): KeyPart => (prefix.length < 2 ? (prefix[0] ?? '') : JSON.stringify(prefix));
