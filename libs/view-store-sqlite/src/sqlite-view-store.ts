import { LedgerError } from '@credence/contracts';
import { checkForward, checkShape, checkSwap, shapeText, viewName } from '@credence/kernel';
import type { Checkpoint, Index, Key, Position, RangeOptions, ReadIndex, ReadTable } from '@credence/kernel';
import type { ReadTables, Table, Tables, ViewShape, ViewState, ViewStore } from '@credence/kernel';
import type { Database } from 'better-sqlite3';
import { getHeapStatistics } from 'node:v8';
import { unavailable } from './failure.js';
import { openFile } from './open-file.js';
import { createIndexSql, emptyIndexSql, SqliteIndex } from './sqlite-index.js';
import { createTableSql } from './row-statements.js';
import { SqliteTable } from './sqlite-table.js';

export interface SqliteViewStoreOptions {
  readonly file: string;
  /** Told, in a sentence, when a file was set aside and a new one begun. */
  readonly report?: (message: string) => void;
  /**
   * What is kept of the tables in the process, in characters of JSON: as values it takes some three times as many bytes.
   * Default: a sixty-fourth of the heap.
   */
  readonly mostKept?: number;
}

/**
 * Read models in one SQLite file of their own; one process has it open.
 *
 * @throws store-unavailable - see openFile
 */
export function openSqliteViewStore(options: SqliteViewStoreOptions): ViewStore {
  const { file, report = () => undefined, mostKept = getHeapStatistics().heap_size_limit / 64 } = options;
  const shared = new Shared(file, openFile(file, report), mostKept);
  const { states } = shared;

  const forget = (name: string) => {
    const known = states.get(name);
    if (known !== undefined) known.dropped = true;
    states.delete(name);
  };

  const dropTables = (view: Version) => {
    for (const { name } of tablesOf(shared.db, viewName(view))) shared.db.exec(`DROP TABLE IF EXISTS ${quoted(name)}`);
    shared.db.prepare('DELETE FROM views WHERE name = ? AND version = ?').run(view.name, view.version);
  };

  const createTables = (view: ViewShape) => {
    for (const [table, shape] of Object.entries(view.tables))
      shared.db.exec(createTableSql(tableName(view, table), shape));
    for (const index of view.search ?? []) shared.db.exec(createIndexSql(tableName(view, index)));
    shared.db
      .prepare('INSERT INTO views (name, version, tables) VALUES (?, ?, ?)')
      .run(view.name, view.version, shapeText(view));
  };

  const open = (view: ViewShape): SqliteState => {
    checkShape(view);
    shared.idle(`view ${viewName(view)} is opened`);
    const known = states.get(viewName(view));
    if (known !== undefined && shapeText(known.view) === shapeText(view)) return known;
    forget(viewName(view));
    const made = shared.transaction(() => {
      const kept = shared.db
        .prepare<unknown[], string>('SELECT tables FROM views WHERE name = ? AND version = ?')
        .pluck()
        .get(view.name, view.version);
      if (kept !== shapeText(view)) {
        dropTables(view);
        createTables(view);
      }
      return new SqliteState(view, shared);
    });
    states.set(viewName(view), made);
    return made;
  };

  // What another process had begun beside a view: nobody will finish it.
  shared.transaction(() => {
    const begun = shared.db.prepare<unknown[], Version>(`SELECT name, version FROM views WHERE name LIKE '%${BESIDE}'`);
    for (const view of begun.all()) dropTables(view);
  });

  return {
    open,
    beside: view => {
      checkShape(view);
      shared.idle(`view ${viewName(view)} is begun beside`);
      const next = { ...view, name: `${view.name}${BESIDE}` };
      forget(viewName(next));
      const made = shared.transaction(() => {
        dropTables(next);
        createTables(next);
        return new SqliteState(next, shared);
      });
      states.set(viewName(next), made);
      return made;
    },
    swap: view => {
      const current = open(view);
      const next = { ...view, name: `${view.name}${BESIDE}` };
      const state = states.get(viewName(next));
      if (state === undefined) throw new Error(`view ${viewName(view)}: nothing was begun beside it`);
      checkSwap(view, current.checkpoint(), state.checkpoint());
      shared.transaction(() => {
        dropTables(view);
        for (const { name, derived } of tablesOf(shared.db, viewName(next)))
          if (!derived)
            shared.db.exec(
              `ALTER TABLE ${quoted(name)} RENAME TO ${quoted(viewName(view) + name.slice(viewName(next).length))}`,
            );
        shared.db
          .prepare('UPDATE views SET name = ? WHERE name = ? AND version = ?')
          .run(view.name, next.name, next.version);
      });
      forget(viewName(next));
      current.changed();
    },
    list: () => {
      shared.idle('a list of views');
      return shared.transaction(() =>
        shared.db
          .prepare<unknown[], ViewRow>(
            `SELECT name, version, seq, position FROM views WHERE name NOT LIKE '%${BESIDE}' ORDER BY name, version`,
          )
          .all()
          .map(row => ({ name: row.name, version: row.version, checkpoint: checkpointOf(row) })),
      );
    },
    drop: (name, version) => {
      shared.idle(`view ${name} is dropped`);
      shared.transaction(() => {
        for (const one of [name, `${name}${BESIDE}`]) dropTables({ name: one, version });
      });
      for (const one of [name, `${name}${BESIDE}`]) forget(viewName({ name: one, version }));
    },
    close: () => {
      shared.close();
    },
  };
}

interface Version {
  readonly name: string;
  readonly version: number;
}

/** What a second generation adds to its view's name; no view is called like this. */
const BESIDE = '~';

interface Done {
  readonly seq: number | null;
  readonly position: Position | null;
}

interface ViewRow extends Done, Version {}

const checkpointOf = (row: Done | undefined): Checkpoint | null =>
  row === undefined || row.seq === null || row.position === null ? null : { seq: row.seq, position: row.position };

/** Names hold letters, digits and hyphens alone (checkShape): nothing in them needs escaping. */
const quoted = (name: string): string => `"${name}"`;
const tableName = (view: ViewShape, table: string): string => quoted(`${viewName(view)}/${table}`);

/** Virtual tables come first, for theirs go and are renamed with them: those are `derived`. */
const tablesOf = (db: Database, view: string): readonly { readonly name: string; readonly derived: boolean }[] =>
  db
    .prepare<unknown[], { name: string; derived: number }>(
      `SELECT t.name, t.type = 'shadow' AS derived FROM pragma_table_list t
       WHERE t.schema = 'main' AND substr(t.name, 1, ?) = ? ORDER BY t.type = 'virtual' DESC`,
    )
    .all(view.length + 1, `${view}/`)
    .map(({ name, derived }) => ({ name, derived: derived === 1 }));

/** How long writes wait for the commit that they share. */
const COMMIT_MS = 500;

/**
 * The connection, and which view is being written.
 *
 * Writes are made in the process, and what they changed comes to the file together: events come one by one, each to all
 * views, and rows that are found by random ids cost a page of the file each. A transaction is open while that is under way.
 */
class Shared {
  writing: SqliteState | undefined;
  readonly states = new Map<string, SqliteState>();
  private closed = false;
  /** Why writes that were made are not there: the medium refused their commit. */
  private lost: string | undefined;
  /** Whether something was made that is not committed. */
  private pending = false;
  /** Whether the running write has brought something to the file already. */
  private inside = false;
  private kept = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly sql;

  constructor(
    private readonly file: string,
    readonly db: Database,
    private readonly mostKept: number,
  ) {
    this.sql = {
      begin: db.prepare('BEGIN IMMEDIATE'),
      commit: db.prepare('COMMIT'),
      rollback: db.prepare('ROLLBACK'),
      savepoint: db.prepare('SAVEPOINT one_write'),
      release: db.prepare('RELEASE one_write'),
      rollbackToSavepoint: db.prepare('ROLLBACK TO one_write'),
    };
  }

  check(): void {
    if (this.closed) throw new LedgerError('store-unavailable', 'the view store is closed');
    if (this.lost !== undefined)
      throw new LedgerError(
        'store-unavailable',
        `${this.file}: what the views were told last could not be kept (${this.lost}); the next start applies it again`,
      );
  }

  idle(what: string): void {
    this.check();
    if (this.writing !== undefined) throw new Error(`${what} inside a write`);
  }

  /** @throws store-unavailable - what the medium refused */
  run<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw unavailable(this.file, error);
    }
  }

  /** What tables keep is bounded: beyond, they begin anew as soon as nothing of it is missing in the file. */
  keeps(characters: number): void {
    this.kept += characters;
    if (this.kept > this.mostKept && this.writing === undefined) this.forget();
  }

  /** A write of `state`: all that `change` does is kept, or nothing. */
  write(state: SqliteState, change: () => void): void {
    this.writing = state;
    try {
      change();
      if (this.inside) this.run(() => this.sql.release.run());
      state.accept();
    } catch (error) {
      state.takeBack();
      if (this.inside) this.undo(error);
      throw error;
    } finally {
      this.inside = false;
      this.writing = undefined;
    }
    this.made();
    if (this.kept > this.mostKept) this.forget();
  }

  /** Brings what indexes have changed to the file, where they are read: of the running write too. */
  indexed(): void {
    this.run(() => {
      if (!this.inside) {
        this.begin();
        for (const state of this.states.values()) state.saveIndexes();
      }
      if (this.writing === undefined) return;
      if (!this.inside) this.sql.savepoint.run();
      this.inside = true;
      this.writing.saveWritten();
    });
  }

  /** Reads the file with all that was written, or changes tables themselves: all of it is kept, or nothing. */
  transaction<T>(change: () => T): T {
    return this.run(() => {
      this.save();
      this.sql.savepoint.run();
      try {
        const result = change();
        this.sql.release.run();
        this.made();
        return result;
      } catch (error) {
        this.undo(error);
        throw error;
      }
    });
  }

  close(): void {
    if (this.closed) return;
    this.commit();
    this.closed = true;
    this.run(() => this.db.close());
  }

  private made(): void {
    this.pending = true;
    this.commitSoon();
  }

  private commitSoon(): void {
    this.timer ??= setTimeout(() => {
      this.commit();
    }, COMMIT_MS).unref();
  }

  private forget(): void {
    this.commit();
    if (this.lost !== undefined) return;
    for (const state of this.states.values()) state.forget();
    this.kept = 0;
  }

  /** @throws whatever SQLite says */
  private save(): void {
    this.begin();
    for (const state of this.states.values()) state.save();
  }

  private begin(): void {
    if (!this.db.inTransaction) this.sql.begin.run();
    this.commitSoon();
  }

  private commit(): void {
    if (this.lost !== undefined) return;
    try {
      if (this.pending) this.save();
      clearTimeout(this.timer);
      this.timer = undefined;
      if (this.db.inTransaction) this.sql.commit.run();
      this.pending = false;
    } catch (error) {
      if (this.db.inTransaction) this.sql.rollback.run();
      this.lose(error);
    }
  }

  /** Takes back what was done since the savepoint. SQLite itself rolls all back where the disk is full or fails. */
  private undo(error: unknown): void {
    if (!this.db.inTransaction) return void this.lose(error);
    this.sql.rollbackToSavepoint.run();
    this.sql.release.run();
  }

  private lose(error: unknown): void {
    clearTimeout(this.timer);
    if (this.pending) this.lost = (unavailable(this.file, error) as Error).message;
  }
}

class SqliteState implements ViewState {
  dropped = false;
  private readonly all: readonly SqliteTable[];
  private readonly allIndexes: readonly SqliteIndex[];
  private readonly parts: readonly (SqliteTable | SqliteIndex)[];
  private readonly read = new Map<string, ReadTable>();
  private readonly writable = new Map<string, Table>();
  private readonly indexes = new Map<string, ReadIndex>();
  private readonly indexesWritten = new Map<string, Index>();
  private readonly sql;
  private done: Checkpoint | null;
  /** What `done` is after the running write. */
  private next: Checkpoint | null = null;
  private doneSaved = true;

  constructor(
    readonly view: ViewShape,
    private readonly shared: Shared,
  ) {
    const { db } = shared;
    this.sql = {
      done: db.prepare<unknown[], Done>('SELECT seq, position FROM views WHERE name = ? AND version = ?'),
      setDone: db.prepare('UPDATE views SET seq = ?, position = ? WHERE name = ? AND version = ?'),
    };
    this.done = this.doneInFile();
    this.all = Object.entries(view.tables).map(
      ([name, shape]) => new SqliteTable(db, tableName(view, name), name, shape, shared),
    );
    for (const table of this.all) {
      const read = this.reading(table);
      this.read.set(table.name, read);
      this.writable.set(table.name, { ...read, ...this.changing(table) });
    }
    this.allIndexes = (view.search ?? []).map(name => new SqliteIndex(db, tableName(view, name), name, shared));
    for (const index of this.allIndexes) {
      const read = this.searching(index);
      this.indexes.set(index.name, read);
      this.indexesWritten.set(index.name, { ...read, ...this.indexing(index) });
    }
    this.tables = Object.assign((name: string) => this.named(this.read, name), {
      index: (name: string) => this.named(this.indexes, name),
    }) as ReadTables;
    this.writing = Object.assign((name: string) => this.named(this.writable, name), {
      index: (name: string) => this.named(this.indexesWritten, name),
    }) as Tables;
    this.parts = [...this.all, ...this.allIndexes];
  }

  readonly tables: ReadTables;
  private readonly writing: Tables;

  checkpoint(): Checkpoint | null {
    this.check();
    return this.done;
  }

  write(checkpoint: Checkpoint, change: (tables: Tables) => void): void {
    this.check();
    this.shared.idle(`view ${viewName(this.view)}: a write`);
    this.shared.write(this, () => {
      const { seq, position } = checkpoint;
      checkForward(this.view, this.done, { seq, position });
      change(this.writing);
      for (const table of this.all) table.spell();
      this.next = { seq, position };
    });
  }

  /** The running write is good. */
  accept(): void {
    for (const part of this.parts) part.accept();
    this.done = this.next;
    this.doneSaved = false;
  }

  takeBack(): void {
    for (const part of this.parts) part.takeBack();
  }

  /** Brings what writes have changed to the file. @throws whatever SQLite says */
  save(): void {
    for (const part of this.parts) part.save();
    if (!this.doneSaved) this.sql.setDone.run(this.done?.seq, this.done?.position, this.view.name, this.view.version);
    this.doneSaved = true;
  }

  saveIndexes(): void {
    for (const index of this.allIndexes) index.save();
  }

  /** The same of what the running write has changed in indexes: it has to be in the file to be found. */
  saveWritten(): void {
    for (const index of this.allIndexes) index.saveWritten();
  }

  /** Keeps nothing of what is in the file. */
  forget(): void {
    for (const table of this.all) table.forget();
  }

  /** What is in the file is another now. */
  changed(): void {
    this.forget();
    this.done = this.doneInFile();
  }

  reset(): void {
    this.check();
    this.shared.idle(`view ${viewName(this.view)} is reset`);
    this.shared.transaction(() => {
      for (const name of Object.keys(this.view.tables))
        this.shared.db.exec(`DELETE FROM ${tableName(this.view, name)}`);
      for (const name of this.view.search ?? []) this.shared.db.exec(emptyIndexSql(tableName(this.view, name)));
      this.sql.setDone.run(null, null, this.view.name, this.view.version);
    });
    this.changed();
  }

  private doneInFile(): Checkpoint | null {
    return this.shared.run(() => checkpointOf(this.sql.done.get(this.view.name, this.view.version)));
  }

  private check(): void {
    this.shared.check();
    if (this.dropped) throw new Error(`view ${viewName(this.view)} was dropped`);
  }

  private named<T>(tables: ReadonlyMap<string, T>, name: string): T {
    const table = tables.get(name);
    if (table === undefined) throw new Error(`view ${viewName(this.view)} has no table or index ${name}`);
    return table;
  }

  private reading(table: SqliteTable): ReadTable {
    return {
      get: (key: Key) => {
        this.check();
        return table.get(key);
      },
      range: (options?: RangeOptions) => table.range(options, () => this.check()),
    };
  }

  private searching(index: SqliteIndex): ReadIndex {
    const read = <T>(look: () => T): T => {
      this.check();
      return look();
    };
    return {
      find: (terms, options) => read(() => index.find(terms, options)),
      weigh: term => read(() => index.weigh(term)),
      hits: (term, last) => read(() => index.hits(term, last)),
      documents: () => read(() => index.documents()),
    };
  }

  private changing(table: SqliteTable): Pick<Table, 'put' | 'delete'> {
    return {
      put: (key, value) => {
        this.written(table.name);
        table.put(key, value);
      },
      delete: key => {
        this.written(table.name);
        table.delete(key);
      },
    };
  }

  private indexing(index: SqliteIndex): Pick<Index, 'put' | 'delete'> {
    return {
      put: (...document) => {
        this.written(index.name);
        index.put(...document);
      },
      delete: id => {
        this.written(index.name);
        index.delete(id);
      },
    };
  }

  private written(name: string): void {
    if (this.shared.writing !== this)
      throw new Error(`${name} of view ${viewName(this.view)} changes inside a write of its view alone`);
  }
}
