import type { Key, ReadTable, ReadTables, Row, Table, Tables } from '@credence/kernel';

/*
 * Numbers that events move, as of any of them: what each event added, and the sums of it over a hundred, ten thousand and
 * a million events, so that a sum up to some event reads a few hundred rows however long the log is.
 */

/** level, block -> sums in it by number; level 0: one event. Wanted by a view as `sums` and `summed`. */
export const SUM_TABLES = {
  /** block of a hundred events -> Moved of each that moved something, in order */
  moves: { key: ['integer'] },
  /** level from 1, block -> sums in it by number. */
  sums: { key: ['integer', 'integer'] },
  /** [] -> the seq before which all whole blocks are summed up */
  summed: { key: ['text'] },
} as const;

export const SUMS_PAST = {
  moves: { how: 'as-it-is' },
  sums: { how: 'as-it-is' },
  summed: { how: 'as-it-is' },
} as const;

/** The place of the event in its block; and by turns the place of a number and what it was moved by. */
type Moved = readonly number[];

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
  addMoves(seq, added, tables('moves'));
  for (let level = 1; level < LEVELS; level++) {
    const block = Math.floor(seq / FAN ** level);
    if ((block + 1) * FAN ** level > summed) break;
    put(sums, level, block, sumOf(sums.get([level, block]) ?? {}, added));
  }
  const begun = Math.floor(seq / FAN) * FAN;
  if (begun > summed) sumUp(summed, begun, tables);
}

function addMoves(seq: number, added: Sums, moves: Table<readonly Moved[]>): void {
  const [block, place] = [Math.floor(seq / FAN), seq % FAN];
  const all = moves.get([block]) ?? [];
  const last = all.at(-1);
  // As events come: nothing of it is there yet, and nothing comes after it.
  if (last === undefined || last[0]! < place) return void moves.put([block], [...all, movedBy(place, added)]);
  let at = all.length;
  while (at > 0 && all[at - 1]![0]! >= place) at--;
  const there = all[at]?.[0] === place ? all[at] : undefined;
  const moved = movedBy(place, there === undefined ? added : sumOf(sumsOf(there), added));
  moves.put([block], all.toSpliced(at, there === undefined ? 0 : 1, moved));
}

function movedBy(place: number, sums: Sums): Moved {
  const moved = [place];
  for (const number in sums) {
    const by = sums[number]!;
    if (by !== 0) moved.push(Number(number), by);
  }
  return moved;
}

/** Sums over the events up to `last`. */
export function sumsUpTo(last: number, tables: ReadTables): Sums {
  const sums = tables<Sums>('sums');
  const end = last + 1;
  const whole = Math.min(end, tables<number>('summed').get(['all']) ?? 0);
  const all: Record<number, number> = {};
  let from = 0;
  for (let level = LEVELS - 1; level > 0; level--) {
    const size = FAN ** level;
    const to = Math.floor(whole / size);
    for (const { value } of within(sums, [level], from / size, to)) add(all, value);
    from = Math.max(from, to * size);
  }
  const blocks = within(tables<readonly Moved[]>('moves'), [], Math.floor(from / FAN), Math.ceil(end / FAN));
  for (const { key, value } of blocks)
    for (const moved of value) {
      const seq = (key[0] as number) * FAN + moved[0]!;
      if (seq >= from && seq < end) add(all, sumsOf(moved));
    }
  return all;
}

function sumUp(from: number, to: number, tables: Tables): void {
  const sums = tables<Sums>('sums');
  for (const { key, value } of within(tables<readonly Moved[]>('moves'), [], from / FAN, to / FAN)) {
    const all: Record<number, number> = {};
    for (const moved of value) add(all, sumsOf(moved));
    put(sums, 1, key[0] as number, all);
  }
  for (let level = 2; level < LEVELS; level++) {
    const [first, end] = [Math.floor(from / FAN ** level), Math.floor(to / FAN ** level)];
    let block = first;
    let all: Record<number, number> | undefined;
    const close = () => {
      if (all !== undefined) put(sums, level, block, all);
      all = undefined;
    };
    for (const { key, value } of within(sums, [level - 1], first * FAN, end * FAN)) {
      const of = Math.floor((key[1] as number) / FAN);
      if (of !== block) close();
      block = of;
      add((all ??= {}), value);
    }
    close();
  }
  tables<number>('summed').put(['all'], to);
}

function* within<V>(table: ReadTable<V>, prefix: Key, first: number, end: number): Generator<Row<V>> {
  for (const row of table.range({ prefix, after: [...prefix, first - 1] })) {
    if ((row.key.at(-1) as number) >= end) return;
    yield row;
  }
}

function sumsOf([, ...moves]: Moved): Sums {
  const sums: Record<number, number> = {};
  for (let i = 0; i < moves.length; i += 2) sums[moves[i]!] = moves[i + 1]!;
  return sums;
}

function sumOf(one: Sums, other: Sums): Sums {
  const all: Record<number, number> = { ...one };
  add(all, other);
  return all;
}

function add(all: Record<number, number>, added: Sums): void {
  for (const [name, by] of Object.entries(added)) all[Number(name)] = (all[Number(name)] ?? 0) + by;
}

/** No number for nothing: the rows are the same in whatever order they were added to. */
function put(sums: Table<Sums>, level: number, block: number, all: Sums): void {
  sums.put([level, block], Object.fromEntries(Object.entries(all).filter(([, n]) => n !== 0)));
}
