import type { Position } from './event-store.js';
import type { Term } from './search.js';

/** Part of a row's key. Texts order by Unicode code point, integers by value; a column has one type. */
export type KeyPart = string | number;
export type Key = readonly KeyPart[];
export type KeyType = 'text' | 'integer';

/** What a table looks like: its ordered key columns, at least one. The row itself is one JSON value. */
export interface TableShape {
  readonly key: readonly KeyType[];
}

/**
 * What a view asks of a store: tables under the view's name and version; another version is another set of tables.
 * The view's name is in kebab-case, those of tables in kebab-case or camelCase and distinct in more than case.
 */
export interface ViewShape {
  readonly name: string;
  readonly version: number;
  readonly tables: Readonly<Record<string, TableShape>>;
  /** Names of its full-text indexes, as tables are called, and of none of them. */
  readonly search?: readonly string[];
}

export interface RangeOptions {
  /** Only keys that start with these parts. */
  readonly prefix?: Key;
  /** Only keys after this whole key in the order of the range (exclusive): where the last page ended. */
  readonly after?: Key;
  readonly reverse?: boolean;
  readonly limit?: number;
}

export interface Row<V> {
  readonly key: Key;
  readonly value: V;
}

/**
 * Rows in key order. Reads see what the same transaction wrote.
 *
 * Values are JSON values and immutable: a table may hand out the very object that was put. Keys have the parts that the
 * table's shape says; a misfit, and a text with a lone surrogate, is a TypeError: a bug of the view.
 */
export interface ReadTable<V = unknown> {
  get(key: Key): V | undefined;
  /**
   * Goes from row to row of the table as it is at each step: always the first row after the last one given. So a caller
   * may write to the table meanwhile, and comes to the same on every store.
   */
  range(options?: RangeOptions): Iterable<Row<V>>;
}

export interface Table<V = unknown> extends ReadTable<V> {
  /** @throws TypeError if the value is undefined */
  put(key: Key, value: V): void;
  /** Of a key that is not there: nothing happens. */
  delete(key: Key): void;
}

/** A text in a full-text index. */
export interface Document {
  readonly id: number;
  /** What is found when one of its words is looked for; any number of documents may be of one thing. */
  readonly of: number;
  /** How much it says that a word is found here, from 1. */
  readonly weight: number;
  /** Its words (`wordsOf`), in order, divided by blanks. */
  readonly words: string;
}

export interface FindOptions {
  /** Only what has a lower number. */
  readonly before?: number;
  readonly limit?: number;
}

/** Finds by words. Sees what the same transaction wrote. */
export interface ReadIndex {
  /** What has each of the terms in some document of its own, highest number first. Of no terms: nothing. */
  find(terms: readonly Term[], options?: FindOptions): readonly number[];
  /** What has the term, with the highest weight of a document where it stands. */
  weigh(term: Term): ReadonlyMap<number, number>;
  /** The documents where the term stands, those with an id up to `last`, in any order. */
  hits(term: Term, last?: number): Iterable<Omit<Document, 'words'>>;
  /** All documents in the order of their ids. */
  documents(): Iterable<Document>;
}

export interface Index extends ReadIndex {
  /** In place of what stood under the id. @throws TypeError if a number is no safe integer from 0, or the weight below 1 */
  put(id: number, of: number, weight: number, text: string): void;
  /** Of an id that is not there: nothing happens. */
  delete(id: number): void;
}

/** The tables and the indexes of one view by name. */
export interface ReadTables {
  <V>(table: string): ReadTable<V>;
  index(name: string): ReadIndex;
}
export interface Tables {
  <V>(table: string): Table<V>;
  index(name: string): Index;
}

/** How far a view has come: the last event whose effects it holds. */
export interface Checkpoint {
  readonly seq: number;
  readonly position: Position;
}

/**
 * One view's tables and its checkpoint. Synchronous: a read model is local, on every node. All of it throws
 * `store-unavailable` where the medium fails or the store is closed.
 */
export interface ViewState {
  /** Null before the first event. While a change runs, still that of the last write. */
  checkpoint(): Checkpoint | null;
  readonly tables: ReadTables;
  /**
   * Runs `change` and sets the checkpoint in one transaction; if `change` throws, neither is kept and it throws on.
   * Tables change nowhere else: those of `change` are of no use after it. Many writes, of whatever views, may come to the
   * medium in one step, some time later: after a crash writes may be missing from the end, in the order in which they were
   * made, but none in part. Where the medium refuses writes that were made already, the store is of no use any more.
   *
   * @throws Error if the checkpoint's seq goes back, or another write of the store is running
   */
  write(checkpoint: Checkpoint, change: (tables: Tables) => void): void;
  /** Empties all tables and indexes and takes the checkpoint back to null. */
  reset(): void;
}

/** Where read models are kept. Disposable: everything in it can be rebuilt from the events. */
export interface ViewStore {
  /**
   * The state of this version of the view, made empty if it was not there; also if it was there with other tables, whose
   * rows nobody could read.
   */
  open(view: ViewShape): ViewState;
  /** Names and versions of all views that have tables here, in order. */
  list(): readonly { readonly name: string; readonly version: number; readonly checkpoint: Checkpoint | null }[];
  /**
   * A second generation of the view, empty, beside the one that is read; one that was begun before is forgotten. It
   * outlives no process, and `list` does not tell of it.
   */
  beside(view: ViewShape): ViewState;
  /**
   * Puts the generation beside in the place of the one that is read, in one step, and forgets that one: the states that
   * `open` gave go on, with the rows and the checkpoint of the new one, whose own state is of no use after it.
   *
   * @throws Error if none was begun, or it is behind the one that is read
   */
  swap(view: ViewShape): void;
  /** Forgets a version of a view; its state is of no use after it. Of one that is not there: nothing happens. */
  drop(name: string, version: number): void;
  close(): void;
}
