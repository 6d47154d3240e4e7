import type { ReadTables, Table, Tables } from '@credence/kernel';

/*
 * Numbers that events move, as of any of them: what each event added, and the sums of it over a hundred, ten thousand and
 * a million events, so that a sum up to some event reads a few hundred rows however long the log is.
 */

/** level, block -> sums in it by number; level 0: one event. Wanted by a view as `sums` and `summed`. */
export const SUM_TABLES = {
  sums: { key: ['integer', 'integer'] },
  /** [] -> the seq before which all whole blocks are summed up */
  summed: { key: ['text'] },
} as const;

/** By the place of the number's name in a list that its view keeps: names would be most of the rows. */
export type Sums = Readonly<Record<number, number>>;

const FAN = 100;
const LEVELS = 4;

/**
 * Adds to what event `seq` moved; it may be done late. Sums of whole blocks follow with the first later event that is the
 * first of its block to move something, so the tables are the same whenever what was late came.
 */
export function addSums(seq: number, added: Sums, tables: Tables): void {
  const sums = tables<Sums>('sums');
  const summed = tables<number>('summed').get(['all']) ?? 0;
  for (let level = 0, block = seq; level < LEVELS; level++, block = Math.floor(block / FAN)) {
    if (level > 0 && (block + 1) * FAN ** level > summed) break;
    put(sums, level, block, added, true);
  }
  const begun = Math.floor(seq / FAN) * FAN;
  if (begun > summed) sumUp(summed, begun, tables);
}

/** Sums over the events up to `last`. */
export function sumsUpTo(last: number, tables: ReadTables): Sums {
  const sums = tables<Sums>('sums');
  const end = last + 1;
  const whole = Math.min(end, tables<number>('summed').get(['all']) ?? 0);
  const all: Record<number, number> = {};
  let from = 0;
  for (let level = LEVELS - 1; level >= 0; level--) {
    const size = FAN ** level;
    const to = Math.floor((level === 0 ? end : whole) / size);
    for (const { value } of within(sums, level, from / size, to)) add(all, value);
    from = Math.max(from, to * size);
  }
  return all;
}

function sumUp(from: number, to: number, tables: Tables): void {
  const sums = tables<Sums>('sums');
  for (let level = 1; level < LEVELS; level++) {
    const [first, end] = [Math.floor(from / FAN ** level), Math.floor(to / FAN ** level)];
    let block = first;
    let all: Record<number, number> | undefined;
    const close = () => {
      if (all !== undefined) put(sums, level, block, all, false);
      all = undefined;
    };
    for (const { key, value } of within(sums, level - 1, first * FAN, end * FAN)) {
      const of = Math.floor((key[1] as number) / FAN);
      if (of !== block) close();
      block = of;
      add((all ??= {}), value);
    }
    close();
  }
  tables<number>('summed').put(['all'], to);
}

function* within(sums: ReturnType<ReadTables>, level: number, first: number, end: number) {
  for (const row of sums.range({ prefix: [level], after: [level, first - 1] })) {
    if ((row.key[1] as number) >= end) return;
    yield row as { readonly key: typeof row.key; readonly value: Sums };
  }
}

function add(all: Record<number, number>, added: Sums): void {
  for (const [name, by] of Object.entries(added)) all[Number(name)] = (all[Number(name)] ?? 0) + by;
}

/** No number for nothing: the rows are the same in whatever order they were added to. */
function put(sums: Table<Sums>, level: number, block: number, added: Sums, toThere: boolean): void {
  const before = toThere ? sums.get([level, block]) : undefined;
  const all: Record<number, number> = { ...before };
  add(all, added);
  sums.put([level, block], Object.fromEntries(Object.entries(all).filter(([, n]) => n !== 0)));
}
