import { difference, undone } from './difference.js';
import type { Difference } from './difference.js';
import type { Delivered } from './events.js';
import { compareKeys } from './keys.js';
import { counted, putLeaps, rowAt, withCount } from './leaps.js';
import { pastIndex } from './past-index.js';
import type { DocumentThen } from './past-index.js';
import type { Past } from './past-shape.js';
import type { View } from './projection.js';
import type { Key, KeyPart, RangeOptions, ReadTable, ReadTables } from './view-store.js';
import type { Row, Table, Tables, TableShape } from './view-store.js';

/*
 * Views as of an earlier event, without a replay. Beside a table whose rows change stands another, `<table>Was`: for each
 * change what makes the row before it out of the row after it. So the present costs nothing. Of rows that are never deleted
 * a third table, `<table>Leaps`, takes many changes back at once. Nobody writes these but `remembering`.
 */

/** A view that can be read as of every event that it holds. */
export interface RememberingView extends Omit<View, 'apply'> {
  readonly past: Past;
  /** Of a view with indexes (`pastIndex`): a document as of event `seq` if it has changed since. */
  documentThen?(id: number, seq: number, now: ReadTables, then: ReadTables): DocumentThen | undefined;
  /** @param before - the tables as of the event before */
  apply(event: Delivered, tables: Tables, before: () => ReadTables): void;
}

const wasOf = (table: string) => `${table}Was`;
const leapsOf = (table: string) => `${table}Leaps`;
const AFTER_ALL = Number.MAX_SAFE_INTEGER;
const MOST_REMEMBERED = 1000;

/** One for each key of a table. */
const nameOf = (key: Key): KeyPart => (key.length === 1 ? key[0]! : key.join('\0'));

/** The view with what it needs to be read as of every event. */
export function remembering(view: RememberingView): View & Pick<RememberingView, 'past' | 'documentThen'> {
  const tables: Record<string, TableShape> = { ...view.tables };
  for (const [name, { how }] of Object.entries(view.past)) {
    const key = view.tables[name]?.key;
    if (key === undefined) throw new TypeError(`view ${view.name} has no table ${name}`);
    if (how === 'revised') {
      tables[wasOf(name)] = { key: ['integer', 'integer'] };
      tables[leapsOf(name)] = { key: ['integer', 'integer', 'integer'] };
    }
    if (how === 'changing') tables[wasOf(name)] = { key: [...key, 'integer'] };
  }
  return {
    ...view,
    tables,
    apply(event, written) {
      const recorder = recorderOver(written, view.past);
      view.apply(event, recorder.at(event.seq), () => asOf(view, written, event.seq - 1));
    },
  };
}

/** The tables and indexes of a view as of event `seq`; -1 is before the first. Only what `tables` hold, not later ones. */
export function asOf(
  view: Pick<View, 'name' | 'tables' | 'past'> & Pick<RememberingView, 'documentThen'>,
  tables: ReadTables,
  seq: number,
): ReadTables {
  const known = new Map<string, ReadTable>();
  const read = (name: string): ReadTable => {
    const past = view.past?.[name];
    const shape = view.tables[name];
    if (past === undefined || shape === undefined)
      throw new TypeError(`table ${name} of view ${view.name} has no past that could be read`);
    const now = tables(name);
    switch (past.how) {
      case 'since':
        return since(now, row => past.seq(row as Row<never>) <= seq);
      case 'by-seq':
        return upTo(now, seq);
      case 'revised':
        return remembered(
          revised(
            now,
            { steps: tables<Difference>(wasOf(name)), leaps: tables<Difference>(leapsOf(name)) },
            value => past.seq(value as never),
            seq,
          ),
        );
      case 'changing':
        return remembered(changing(now, tables<Difference>(wasOf(name)), shape, seq));
      case 'as-it-is':
        return now;
    }
  };
  const then: ReadTables = Object.assign(
    (name: string) => {
      let table = known.get(name);
      if (table === undefined) known.set(name, (table = read(name)));
      return table;
    },
    { index: (name: string) => pastIndex(name, tables, seq, id => view.documentThen?.(id, seq, tables, then)) },
  ) as ReadTables;
  return then;
}

/** What a row of the past was made of once for an answer is not read again: a page of claims asks for the same sources. */
function remembered(table: ReadTable): ReadTable {
  const rows = new Map<KeyPart, unknown>();
  return {
    get: key => {
      const name = nameOf(key);
      if (rows.has(name)) return rows.get(name);
      if (rows.size === MOST_REMEMBERED) rows.clear();
      const value = table.get(key);
      rows.set(name, value);
      return value;
    },
    range: options => table.range(options),
  };
}

function since(now: ReadTable, counts: (row: Row<unknown>) => boolean): ReadTable {
  return {
    get: key => {
      const value = now.get(key);
      return value !== undefined && counts({ key, value }) ? value : undefined;
    },
    *range(options) {
      yield* limited(
        options,
        all => now.range(all),
        row => (counts(row) ? row.value : undefined),
      );
    },
  };
}

/** A list as of an earlier event begins there, however much came later. */
function upTo(now: ReadTable, seq: number): ReadTable {
  const counts = ([at]: Key) => (at as number) <= seq;
  return {
    get: key => (counts(key) ? now.get(key) : undefined),
    *range(options = {}) {
      const { reverse = false, prefix = [], after } = options;
      const beyond = reverse && prefix.length === 0 && (after === undefined || !counts(after));
      for (const row of now.range(beyond ? { ...options, after: [seq + 1] } : options)) {
        if (!counts(row.key)) return;
        yield row;
      }
    },
  };
}

function revised(
  now: ReadTable,
  was: { readonly steps: ReadTable<Difference>; readonly leaps: ReadTable<Difference> },
  born: (value: unknown) => number,
  seq: number,
): ReadTable {
  const then = (value: unknown) => {
    const first = born(value);
    return first > seq ? undefined : rowAt(value, { first, ...was }, seq);
  };
  return {
    get: key => {
      const value = now.get(key);
      return value === undefined ? undefined : then(value);
    },
    *range(options) {
      yield* limited(
        options,
        all => now.range(all),
        row => then(row.value),
      );
    },
  };
}

function changing(now: ReadTable, was: ReadTable<Difference>, shape: TableShape, seq: number): ReadTable {
  const get = (key: Key) => takenBack(now.get(key), was, key, seq);
  return {
    get,
    *range(options) {
      yield* limited(
        options,
        all => keysOfBoth(now, was, shape, all),
        ({ key }) => get(key),
      );
    },
  };
}

/** Takes back what came after `seq`, the last change first. */
function takenBack(value: unknown, was: ReadTable<Difference>, prefix: Key, seq: number): unknown {
  let then = value;
  for (const { key, value: by } of was.range({ prefix, reverse: true })) {
    if ((key.at(-1) as number) <= seq) break;
    then = undone(by, then);
  }
  return then;
}

/** The rows of a range as they were; the limit counts those that were there. */
function* limited(
  { limit = Infinity, ...options }: RangeOptions = {},
  rows: (options: RangeOptions) => Iterable<Row<unknown>>,
  then: (row: Row<unknown>) => unknown,
): Generator<Row<unknown>> {
  let given = 0;
  if (limit < 1) return;
  for (const row of rows(options)) {
    const value = then(row);
    if (value === undefined) continue;
    yield { key: row.key, value };
    if (++given >= limit) return;
  }
}

/** The keys that are there now, and those that were once, in the order of the range. */
function* keysOfBoth(
  now: ReadTable,
  was: ReadTable,
  shape: TableShape,
  options: RangeOptions,
): Generator<Row<unknown>> {
  const { after, reverse = false } = options;
  const beyond = after === undefined ? {} : { after: [...after, reverse ? -1 : AFTER_ALL] };
  const present = now.range(options)[Symbol.iterator]();
  const once = distinct(was.range({ ...options, ...beyond }));
  let [a, b] = [present.next(), once.next()];
  while (a.done !== true || b.done !== true) {
    const order =
      a.done === true ? 1 : b.done === true ? -1 : compareKeys(shape, a.value.key, b.value) * (reverse ? -1 : 1);
    const key = order <= 0 ? (a.value as Row<unknown>).key : (b.value as Key);
    if (order <= 0) a = present.next();
    if (order >= 0) b = once.next();
    yield { key, value: undefined };
  }
}

/** The keys of a `<table>Was`, without the seqs, each once. */
function* distinct(rows: Iterable<Row<unknown>>): Generator<Key> {
  let last: Key | undefined;
  for (const { key } of rows) {
    const of = key.slice(0, -1);
    if (last !== undefined && of.every((part, i) => part === last?.[i])) continue;
    yield (last = of);
  }
}

/** Notes beside the tables what an event changes. */
interface Recorder {
  /** The tables for one event; those given for the event before are of no use any more. */
  at(seq: number): Tables;
}

const recorders = new WeakMap<Tables, Recorder>();

function recorderOver(tables: Tables, past: Past): Recorder {
  let recorder = recorders.get(tables);
  if (recorder === undefined) recorders.set(tables, (recorder = newRecorder(tables, past)));
  return recorder;
}

function newRecorder(tables: Tables, past: Past): Recorder {
  const tablesNoted = new Map<string, Table>();
  /** Those that the event has used. */
  const used: NotedTable[] = [];
  let seq = -1;
  const recording = Object.assign(
    (name: string) => {
      let table = tablesNoted.get(name);
      if (table === undefined) tablesNoted.set(name, (table = noting(name)));
      return table;
    },
    { index: (name: string) => tables.index(name) },
  ) as Tables;
  const noting = (name: string): Table => {
    const of = past[name];
    const use = (table: NotedTable) => used.push(table);
    switch (of?.how) {
      case 'revised':
        return revisedTable(
          name,
          tables,
          value => of.seq(value as never),
          () => seq,
          use,
        );
      case 'changing':
        return changingTable(tables(name), tables<Difference>(wasOf(name)), () => seq, use);
      default:
        return tables(name);
    }
  };
  return {
    at: next => {
      seq = next;
      for (const { begin } of used) begin();
      used.length = 0;
      return recording;
    },
  };
}

interface NotedTable {
  /** Another event begins. */
  begin(): void;
}

/** A table whose rows come, change and go; each change is noted. */
function changingTable(
  inner: Table,
  was: Table<Difference>,
  seq: () => number,
  use: (table: NotedTable) => void,
): Table {
  return notedTable(inner, use, (key, older, newer, again) => {
    const by = difference(older, newer);
    if (by !== undefined) was.put([...key, seq()], by);
    else if (again) was.delete([...key, seq()]);
    return newer;
  });
}

/** A table whose rows change and stay: they count their changes. */
function revisedTable(
  name: string,
  tables: Tables,
  born: (value: unknown) => number,
  seq: () => number,
  use: (table: NotedTable) => void,
): Table {
  const [steps, leaps] = [tables<Difference>(wasOf(name)), tables<Difference>(leapsOf(name))];
  const isBorn = (value: unknown) => value !== undefined && born(value) === seq();
  const note: Noting = (_, older, newer, again) => {
    if (newer === undefined) throw new TypeError(`table ${name}: its rows are never deleted`);
    if (older === undefined) return newer;
    const [before, { plain }] = [counted(older), counted(newer)];
    const by = difference(before.plain, plain);
    const was = { first: born(older), steps, leaps };
    if (by !== undefined) steps.put([was.first, seq()], by);
    else if (again) steps.delete([was.first, seq()]);
    if (by !== undefined || again) putLeaps(was, seq(), before, by === undefined ? undefined : plain);
    return withCount({ plain, changes: before.changes + (by === undefined ? 0 : 1) });
  };
  return notedTable(tables(name), use, note, isBorn);
}

/** Told what stood there before the event and what shall, and whether the event has put it before; answers what is put. */
type Noting = (key: Key, older: unknown, newer: unknown, again: boolean) => unknown;

/**
 * @param use - told once an event has changed something
 * @param isBorn - whether nothing can have stood there before what is put: it is not looked for
 */
function notedTable(
  inner: Table,
  use: (table: NotedTable) => void,
  note: Noting,
  isBorn: (newer: unknown) => boolean = () => false,
): Table {
  /** What stood there before the event, of what was changed. */
  const before = new Map<KeyPart, unknown>();
  const noted: NotedTable = {
    begin: () => {
      before.clear();
    },
  };
  const change = (key: Key, newer: unknown): unknown => {
    const name = nameOf(key);
    if (before.size === 0) use(noted);
    const again = before.has(name);
    if (!again) before.set(name, isBorn(newer) ? undefined : inner.get(key));
    return note(key, before.get(name), newer, again);
  };
  return {
    get: key => inner.get(key),
    range: options => inner.range(options),
    put: (key, value) => {
      inner.put(key, change(key, value));
    },
    delete: key => {
      change(key, undefined);
      inner.delete(key);
    },
  };
}
