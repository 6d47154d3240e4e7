import { difference, undone } from './difference.js';
import type { Difference } from './difference.js';
import type { Key, ReadTable, RangeOptions, Table } from './view-store.js';

/*
 * A row that has changed a thousand times is found as it was without a thousand steps back. A row counts its changes; with every
 * eighth of them stands beside its difference a leap over all eight, with every sixty-fourth one over all sixty-four, and so
 * on. So a row's past costs as many small reads as the number of its changes has digits, some eight for each. Where a leap
 * stands is told by the seq of the first change that it takes back.
 */

const FAN = 8;

/** So many steps are taken back one by one: they lie side by side, and one look at a file brings them. */
const FEW = 15;

/** A row without its count of changes, and that. */
export interface Counted {
  readonly plain: object;
  readonly changes: number;
}

/** Of a row in the table. */
export function counted(value: unknown): Counted {
  const { changes = 0, ...plain } = value as { changes?: number };
  return { plain, changes };
}

/** As it stands in the table. */
export const withCount = ({ plain, changes }: Counted): object => (changes === 0 ? plain : { ...plain, changes });

/** A row, by the seq that it was first put at, and what takes its changes back. */
export interface Was<T> {
  readonly first: number;
  /** first, seq of the change */
  readonly steps: T;
  /** first, level from 1, seq of the first change that is taken back */
  readonly leaps: T;
}

const rows = ({ first, steps, leaps }: Was<ReadTable<Difference>>, level: number, before: number, limit: number) => {
  const prefix = level === 0 ? [first] : [first, level];
  const from: RangeOptions = before === Infinity ? {} : { after: [...prefix, before] };
  return (level === 0 ? steps : leaps).range({ prefix, ...from, reverse: true, limit });
};

/** A row as it was at event `seq`. */
export function rowAt(value: unknown, was: Was<ReadTable<Difference>>, seq: number): unknown {
  const now = counted(value);
  if (now.changes === 0) return value;
  const later = [...was.steps.range({ prefix: [was.first], after: [was.first, seq], limit: FEW + 1 })];
  if (later.length > FEW) return farBack(now, was, seq);
  const plain = later.reduceRight<unknown>((then, { value: by }) => undone(by, then), now.plain) as object;
  return withCount({ plain, changes: now.changes - later.length });
}

function farBack({ plain, changes }: Counted, was: Was<ReadTable<Difference>>, seq: number): unknown {
  let before = Infinity;
  /** @returns whether more of this level is later than `seq` */
  const back = (level: number, most: number): boolean => {
    let taken = 0;
    if (most === 0) return true;
    for (const { key, value: by } of rows(was, level, before, most)) {
      const at = key.at(-1) as number;
      if (at <= seq) return false;
      plain = undone(by, plain) as object;
      changes -= FAN ** level;
      before = at;
      taken++;
    }
    return taken === most;
  };
  let level = 0;
  while (changes > 0 && back(level, Math.floor(changes / FAN ** level) % FAN)) level++;
  for (level--; level >= 0 && changes > 0; level--) back(level, FAN);
  return withCount({ plain, changes });
}

/**
 * Puts the leaps that end with a change of a row, or takes them away where the event has not changed it after all.
 *
 * @param older - the row before the event
 * @param newer - after it; undefined: it is the same
 */
export function putLeaps(was: Was<Table<Difference>>, seq: number, older: Counted, newer: object | undefined): void {
  const changes = older.changes + 1;
  let { plain } = older;
  let before = seq;
  for (let level = 1; changes % FAN ** level === 0; level++) {
    for (const { key, value: by } of rows(was, level - 1, before, FAN - 1)) {
      plain = undone(by, plain) as object;
      before = key.at(-1) as number;
    }
    const at: Key = [was.first, level, before];
    if (newer === undefined) was.leaps.delete(at);
    else was.leaps.put(at, difference(plain, newer) ?? {});
  }
}
