import { boundsOf, checkKey, compareKeys, MemoryTable } from '@credence/kernel';
import type { Bounds, Key, KeyPart, RangeOptions, Row, TableShape } from '@credence/kernel';
import type { Database } from 'better-sqlite3';
import { KnownLists, listed, MOST_LISTED } from './known-lists.js';
import { rowStatements } from './row-statements.js';
import type { Raw } from './row-statements.js';

/** Rows that a range reads ahead: few at first, for most ranges end soon. */
const FIRST_PAGE = 16;
const LAST_PAGE = 512;

/** What a row counts for that is kept without a value, and the key of one that has one. */
const KEY_CHARACTERS = 64;

/** A row as the process knows it; `value` undefined: there is none. */
interface Known {
  readonly key: Key;
  readonly value: unknown;
  /** Whether the file has it so. */
  saved: boolean;
  /** What goes to the file, from the end of the write on until it is there. */
  text: string | undefined;
  /** While the write runs that made it so: what was known before. */
  before: Known | undefined;
  /** Whether it has been changed again, or the write that made it so has failed. */
  over: boolean;
}

/** What all tables of a store share. */
export interface Keeping {
  /** Runs what touches the medium. @throws store-unavailable */
  run<T>(onMedium: () => T): T;
  /** Told of the size of what a table keeps in the process, in characters of JSON. */
  keeps(characters: number): void;
}

/**
 * Rows of one view's table: typed key columns and the value as JSON text.
 *
 * Rows that were read by their keys or changed are kept as values: events touch the same rows again, and so do the pages
 * that follow. Changes come to the file with `save`, many writes together; until then ranges are read from both.
 */
export class SqliteTable {
  /** Counts changes, so that a running range notices that the rows read ahead may be others now. */
  private changes = 0;
  private readonly sql;
  private readonly known = new Map<KeyPart, Known>();
  private readonly lists: KnownLists;
  /** What earlier writes have changed and the file does not have. */
  private unsaved: Known[] = [];
  /** The same in the order of their keys, from the first range on that asks for it. */
  private ordered: MemoryTable | undefined;
  /** What the running write has changed, in order. */
  private undo: Known[] = [];

  /** @param sqlName - quoted */
  constructor(
    db: Database,
    sqlName: string,
    readonly name: string,
    private readonly shape: TableShape,
    private readonly keeping: Keeping,
  ) {
    this.sql = rowStatements(db, sqlName, shape);
    this.lists = new KnownLists(shape);
  }

  get<V>(key: Key): V | undefined {
    checkKey(this.name, this.shape, key);
    const name = nameOf(key);
    const known = this.known.get(name);
    if (known !== undefined) return known.value as V | undefined;
    const text = this.keeping.run(() => this.sql.valueOf().get(...key));
    const value = text === undefined ? undefined : (JSON.parse(text) as unknown);
    this.known.set(name, saved(key.slice(), value));
    this.keeping.keeps(KEY_CHARACTERS + (text?.length ?? 0));
    return value as V | undefined;
  }

  put(key: Key, value: unknown): void {
    if (value === undefined) throw new TypeError(`table ${this.name}: undefined is no JSON value`);
    this.change(key, value);
  }

  delete(key: Key): void {
    this.change(key, undefined);
  }

  /** Makes the texts of what the running write has changed. @throws TypeError if a value is no JSON value */
  spell(): void {
    for (const now of this.undo) {
      if (now.value === undefined || now.over) continue;
      now.text = textOf(this.name, now.value);
      this.keeping.keeps(KEY_CHARACTERS + now.text.length);
    }
  }

  /** The write that runs is good: what it changed will come to the file. */
  accept(): void {
    if (this.undo.length === 0) return;
    for (const now of this.undo) {
      now.before = undefined;
      if (!now.over) this.unsaved.push(now);
    }
    this.undo = [];
  }

  /** The write that runs has failed: what it changed is as it was. */
  takeBack(): void {
    if (this.undo.length === 0) return;
    for (const now of this.undo.reverse()) {
      const { key, before } = now;
      if (before === undefined) this.known.delete(nameOf(key));
      else this.known.set(nameOf(key), before);
      if (before !== undefined) before.over = false;
    }
    this.undo = [];
    this.ordered = undefined;
    this.lists.clear();
    this.changes++;
  }

  /** Brings what was changed to the file. @throws whatever SQLite says */
  save(): void {
    if (this.unsaved.length === 0) return;
    for (const row of sorted(this.unsaved)) {
      const { key, text } = row;
      if (text === undefined) this.sql.deleteRow().run(...key);
      else this.sql.putRow().run(...key, text);
      row.saved = true;
      row.text = undefined;
    }
    this.unsaved = [];
    this.ordered = undefined;
    this.changes++;
  }

  /** Keeps no row that is in the file. Nothing is unsaved. */
  forget(): void {
    this.known.clear();
    this.lists.clear();
    this.changes++;
  }

  /** Goes from row to row of the table as it is at each step: rows read ahead are dropped when the table changes. */
  *range<V>(options: RangeOptions | undefined, check: () => void): Generator<Row<V>> {
    const { empty, ...bounds } = boundsOf(this.name, this.shape, options);
    let { rest } = bounds;
    let rows: Iterator<Row<unknown>> | undefined;
    let seen = -1;
    for (let given = 0; given < bounds.limit && !empty; given++) {
      check();
      if (rows === undefined || seen !== this.changes) {
        const first = rows === undefined ? Math.min(FIRST_PAGE, bounds.limit + 1) : 1;
        rows = this.from({ ...bounds, rest, empty }, first);
        seen = this.changes;
      }
      const next = rows.next();
      if (next.done === true) return;
      rest = next.value.key.slice(bounds.prefix.length);
      yield next.value as Row<V>;
      if (rest.length === 0) return;
    }
  }

  /** The rows from a place on, as the table is now. */
  private from(bounds: Bounds, first: number): Iterator<Row<unknown>> {
    let list = this.lists.of(bounds.prefix);
    if (list === undefined) {
      const page = this.page(bounds, first);
      if (bounds.rest === undefined && page.length < first) list = this.listOf(bounds, page, first);
      if (list === undefined) return this.merged(bounds, page, first);
    }
    return listed(list, bounds, this.shape);
  }

  /** All rows of a prefix, if they are few: they are kept then. @param page - those in the file */
  private listOf(bounds: Bounds, page: readonly Raw[], size: number): readonly Row<unknown>[] | undefined {
    const all: Row<unknown>[] = [];
    for (const row of this.merged(bounds, page, size)) if (all.push(row) > MOST_LISTED) return undefined;
    if (bounds.reverse) all.reverse();
    this.lists.know(bounds.prefix, all);
    for (const { key, value } of all) {
      const name = nameOf(key);
      if (!this.known.has(name)) this.known.set(name, saved(key, value));
    }
    this.keeping.keeps(page.reduce((sum, raw) => sum + (raw.at(-1) as string).length, KEY_CHARACTERS));
    return all;
  }

  /** @param size - of `page`; with fewer rows in it the file has no more */
  private *merged(bounds: Bounds, page: readonly Raw[], size: number): Generator<Row<unknown>> {
    const { prefix, reverse } = bounds;
    const by = reverse ? -1 : 1;
    const unsaved = this.inOrder().range({
      prefix,
      reverse,
      ...(bounds.rest === undefined ? {} : { after: [...prefix, ...bounds.rest] }),
    });
    let over = unsaved.next();
    for (let at = 0, asked = size; ;) {
      if (at === page.length && page.length === asked) {
        const last = page.at(-1)!;
        asked = Math.min(asked * 4, LAST_PAGE);
        page = this.page({ ...bounds, rest: this.keyOf(last).slice(prefix.length) }, asked);
        at = 0;
      }
      const raw = page[at];
      const key = raw === undefined ? undefined : this.keyOf(raw);
      if (key === undefined && over.done === true) return;
      const order = over.done === true ? -1 : key === undefined ? 1 : compareKeys(this.shape, key, over.value.key) * by;
      if (order <= 0) at++;
      if (order < 0) yield { key: key!, value: JSON.parse(raw![this.shape.key.length] as string) };
      if (order < 0) continue;
      const { value } = over.value as Row<Known>;
      over = unsaved.next();
      if (value.value !== undefined) yield { key: value.key, value: value.value };
    }
  }

  private page({ prefix, rest, reverse }: Bounds, size: number): Raw[] {
    if (rest?.length === 0) return [];
    return this.keeping.run(() =>
      this.sql.page(prefix.length, rest?.length ?? 0, reverse).all(...prefix, ...(rest ?? []), size),
    );
  }

  private keyOf(raw: Raw): Key {
    return raw.slice(0, this.shape.key.length);
  }

  private inOrder(): MemoryTable {
    if (this.ordered !== undefined) return this.ordered;
    const made = (this.ordered = new MemoryTable(this.name, this.shape));
    for (const row of [...this.unsaved, ...this.undo]) if (!row.over) made.put(row.key, row);
    return made;
  }

  private change(given: Key, value: unknown): void {
    checkKey(this.name, this.shape, given);
    const key = given.slice();
    for (let i = 0; i < key.length; i++) if (key[i] === 0) key[i] = 0; // no -0
    const name = nameOf(key);
    const before = this.known.get(name);
    const now: Known = { key, value, saved: false, text: undefined, before, over: false };
    this.known.set(name, now);
    if (before !== undefined) before.over = true;
    this.ordered?.put(key, now);
    this.undo.push(now);
    this.lists.changed(key, value);
    this.changes++;
  }
}

const saved = (key: Key, value: unknown): Known => ({
  key,
  value,
  saved: true,
  text: undefined,
  before: undefined,
  over: false,
});

/** One for each key of a table: its keys have the same number of parts, of the same types. */
function nameOf(key: Key): KeyPart {
  if (key.length === 1) return key[0]!;
  let name = '';
  for (const part of key) name += typeof part === 'string' ? `${String(part.length)} ${part}` : `${String(part)} `;
  return name;
}

/** In the order of their keys, as far as it helps: rows of one page of the file follow each other. */
const sorted = (rows: readonly Known[]): readonly Known[] =>
  rows.filter(row => !row.over).sort(({ key: a }, { key: b }) => roughly(a, b));

function roughly(a: Key, b: Key): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  return 0;
}

function textOf(name: string, value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`table ${name}: ${typeof value} is no JSON value`);
  return text;
}
