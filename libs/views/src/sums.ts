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

/**
 * What an event moves: by turns the place of a number in a list that its view keeps (names would be most of the rows), and
 * what it is moved by. Places rise, and nothing is moved by nothing: rows are the same in whatever order they were added to.
 */
export type Moves = readonly number[];

/** The place of the event in its block, and what it moves. */
type Moved = readonly number[];

/** By the place of the number. */
type Sums = Readonly<Record<number, number>>;

const FAN = 100;
const LEVELS = 4;

/**
 * Adds to what event `seq` moved; it may be done late. Sums of whole blocks follow with the first later event that is the
 * first of its block to move something, so the tables are the same whenever what was late came.
 */
export function addSums(seq: number, added: Moves, tables: Tables): void {
  const summed = tables<number>('summed').get(['all']) ?? 0;
  const begun = seq - (seq % FAN);
  addMoves(seq, added, tables('moves'));
  if (begun < summed) addLate(seq, added, summed, tables('sums'));
  else if (begun > summed) sumUp(summed, begun, tables);
}

/** To sums that are there already. */
function addLate(seq: number, added: Moves, summed: number, sums: Table<Sums>): void {
  for (let level = 1; level < LEVELS; level++) {
    const block = Math.floor(seq / FAN ** level);
    if ((block + 1) * FAN ** level > summed) break;
    const all: number[] = [];
    addSumsTo(all, sums.get([level, block]) ?? {});
    addTo(all, added, 0);
    sums.put([level, block], sumsOf(all));
  }
}

function addMoves(seq: number, added: Moves, moves: Table<readonly Moved[]>): void {
  const [block, place] = [Math.floor(seq / FAN), seq % FAN];
  const all = moves.get([block]) ?? [];
  let at = all.length;
  while (at > 0 && all[at - 1]![0]! >= place) at--;
  const there = all[at]?.[0] === place ? all[at] : undefined;
  const moved = [place, ...(there === undefined ? added : together(there, added))];
  moves.put([block], all.toSpliced(at, there === undefined ? 0 : 1, moved));
}

function together(there: Moved, added: Moves): Moves {
  const all: number[] = [];
  addTo(all, there, 1);
  addTo(all, added, 0);
  return movesOf(Object.entries(all).map(([place, by]) => [Number(place), by]));
}

/** @param moved - each number once, in whatever order */
export const movesOf = (moved: Iterable<readonly [place: number, by: number]>): Moves =>
  [...moved]
    .filter(([, by]) => by !== 0)
    .sort(([a], [b]) => a - b)
    .flat();

/** Sums over the events up to `last`, by the place of the number. */
export function sumsUpTo(last: number, tables: ReadTables): readonly number[] {
  const sums = tables<Sums>('sums');
  const end = last + 1;
  const whole = Math.min(end, tables<number>('summed').get(['all']) ?? 0);
  const all: number[] = [];
  let from = 0;
  for (let level = LEVELS - 1; level > 0; level--) {
    const size = FAN ** level;
    const to = Math.floor(whole / size);
    for (const { value } of within(sums, [level], from / size, to)) addSumsTo(all, value);
    from = Math.max(from, to * size);
  }
  const blocks = within(tables<readonly Moved[]>('moves'), [], Math.floor(from / FAN), Math.ceil(end / FAN));
  for (const { key, value } of blocks)
    for (const moved of value) {
      const seq = (key[0] as number) * FAN + moved[0]!;
      if (seq >= from && seq < end) addTo(all, moved, 1);
    }
  return all;
}

function sumUp(from: number, to: number, tables: Tables): void {
  const sums = tables<Sums>('sums');
  for (const { key, value } of within(tables<readonly Moved[]>('moves'), [], from / FAN, to / FAN)) {
    const all: number[] = [];
    for (const moved of value) addTo(all, moved, 1);
    sums.put([1, key[0] as number], sumsOf(all));
  }
  for (let level = 2; level < LEVELS; level++) {
    const [first, end] = [Math.floor(from / FAN ** level), Math.floor(to / FAN ** level)];
    let block = first;
    let all: number[] | undefined;
    const close = () => {
      if (all !== undefined) sums.put([level, block], sumsOf(all));
      all = undefined;
    };
    for (const { key, value } of within(sums, [level - 1], first * FAN, end * FAN)) {
      const of = Math.floor((key[1] as number) / FAN);
      if (of !== block) close();
      block = of;
      addSumsTo((all ??= []), value);
    }
    close();
  }
  tables<number>('summed').put(['all'], to);
}

function* within<V>(table: ReadTable<V>, prefix: Key, first: number, end: number): Generator<Row<V>> {
  if (first >= end) return;
  const key = [...prefix, first];
  // One block alone, as events come, was written a moment ago: a range would look into the file for it.
  if (end - first === 1) {
    const value = table.get(key);
    if (value !== undefined) yield { key, value };
    return;
  }
  for (const row of table.range({ prefix, after: [...prefix, first - 1] })) {
    if ((row.key.at(-1) as number) >= end) return;
    yield row;
  }
}

/** @param from - where the moves begin */
function addTo(all: number[], moved: readonly number[], from: number): void {
  for (let i = from; i < moved.length; i += 2) all[moved[i]!] = (all[moved[i]!] ?? 0) + moved[i + 1]!;
}

function addSumsTo(all: number[], sums: Sums): void {
  for (const place in sums) all[Number(place)] = (all[Number(place)] ?? 0) + sums[place]!;
}

/** No number for nothing: the rows are the same in whatever order they were added to. */
const sumsOf = (all: readonly number[]): Sums => Object.fromEntries(Object.entries(all).filter(([, n]) => n !== 0));
