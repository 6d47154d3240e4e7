import { LedgerError } from '@credence/contracts';
import { checkForward, checkShape, checkSwap, shapeText, viewName } from '@credence/kernel';
import type { Checkpoint, Index, Key, Position, RangeOptions, ReadIndex, ReadTable } from '@credence/kernel';
import type { ReadTables, Table, Tables, ViewShape, ViewState, ViewStore } from '@credence/kernel';
import type { Database } from 'better-sqlite3';
import { unavailable } from './failure.js';
import { openFile } from './open-file.js';
import { createIndexSql, emptyIndexSql, SqliteIndex } from './sqlite-index.js';
import { createTableSql, SqliteTable } from './sqlite-table.js';

export interface SqliteViewStoreOptions {
  readonly file: string;
  /** Told, in a sentence, when a file was set aside and a new one begun. */
  readonly report?: (message: string) => void;
}

/**
 * Read models in one SQLite file of their own; one process has it open.
 *
 * @throws store-unavailable - see openFile
 */
export function openSqliteViewStore({ file, report = () => undefined }: SqliteViewStoreOptions): ViewStore {
  const shared = new Shared(file, openFile(file, report));
  const states = new Map<string, SqliteState>();

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
      current.changed();
      forget(viewName(next));
    },
    list: () => {
      shared.idle('a list of views');
      return shared.run(() =>
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
const COMMIT_MS = 100;

/**
 * The connection, and which view is being written.
 *
 * Every write is a savepoint of a transaction that stays open for a moment: events come one by one, each to all views, and
 * a commit for each of these writes would cost more than all else. Reads are of the same connection and see everything.
 */
class Shared {
  writing: SqliteState | undefined;
  private closed = false;
  /** Why writes that were made are not there: the medium refused their commit. */
  private lost: string | undefined;
  /** Whether the open transaction holds something that was made. */
  private pending = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly sql;

  constructor(
    private readonly file: string,
    readonly db: Database,
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

  /** Either all of `change` is kept, or nothing; it comes to the disk with what else is done in the next moment. */
  transaction<T>(change: () => T): T {
    const { db, sql } = this;
    return this.run(() => {
      if (!db.inTransaction) this.begin();
      sql.savepoint.run();
      try {
        const result = change();
        sql.release.run();
        this.pending = true;
        return result;
      } catch (error) {
        if (db.inTransaction) {
          sql.rollbackToSavepoint.run();
          sql.release.run();
        } else this.lose(error); // SQLite itself rolls all back where the disk is full or fails
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

  private begin(): void {
    this.sql.begin.run();
    this.timer = setTimeout(() => {
      this.commit();
    }, COMMIT_MS).unref();
  }

  private commit(): void {
    const { db, sql } = this;
    clearTimeout(this.timer);
    try {
      if (db.inTransaction) sql.commit.run();
      this.pending = false;
    } catch (error) {
      if (db.inTransaction) sql.rollback.run();
      this.lose(error);
    }
  }

  private lose(error: unknown): void {
    clearTimeout(this.timer);
    if (this.pending) this.lost = (unavailable(this.file, error) as Error).message;
  }
}

class SqliteState implements ViewState {
  dropped = false;
  private readonly all: readonly SqliteTable[];
  private readonly read = new Map<string, ReadTable>();
  private readonly writable = new Map<string, Table>();
  private readonly indexes = new Map<string, ReadIndex>();
  private readonly indexesWritten = new Map<string, Index>();
  private readonly done;
  private readonly setDone;

  constructor(
    readonly view: ViewShape,
    private readonly shared: Shared,
  ) {
    const { db } = shared;
    this.done = db.prepare<unknown[], Done>('SELECT seq, position FROM views WHERE name = ? AND version = ?');
    this.setDone = db.prepare('UPDATE views SET seq = ?, position = ? WHERE name = ? AND version = ?');
    this.all = Object.entries(view.tables).map(([name, shape]) => {
      const table = new SqliteTable(db, tableName(view, name), name, shape);
      const read = this.reading(table);
      this.read.set(name, read);
      this.writable.set(name, { ...read, ...this.changing(table) });
      return table;
    });
    for (const name of view.search ?? []) {
      const index = new SqliteIndex(db, tableName(view, name), name);
      const read = this.searching(index);
      this.indexes.set(name, read);
      this.indexesWritten.set(name, { ...read, ...this.indexing(index) });
    }
    this.tables = Object.assign((name: string) => this.named(this.read, name), {
      index: (name: string) => this.named(this.indexes, name),
    }) as ReadTables;
    this.writing = Object.assign((name: string) => this.named(this.writable, name), {
      index: (name: string) => this.named(this.indexesWritten, name),
    }) as Tables;
  }

  readonly tables: ReadTables;
  private readonly writing: Tables;

  checkpoint(): Checkpoint | null {
    this.check();
    return this.shared.run(() => checkpointOf(this.done.get(this.view.name, this.view.version)));
  }

  write(checkpoint: Checkpoint, change: (tables: Tables) => void): void {
    this.check();
    this.shared.idle(`view ${viewName(this.view)}: a write`);
    try {
      this.shared.transaction(() => {
        checkForward(this.view, this.checkpoint(), checkpoint);
        this.shared.writing = this;
        for (const table of this.all) table.begin();
        change(this.writing);
        this.flush();
        this.setDone.run(checkpoint.seq, checkpoint.position, this.view.name, this.view.version);
      });
    } catch (error) {
      this.changed();
      throw error;
    } finally {
      for (const table of this.all) table.end();
      this.shared.writing = undefined;
    }
  }

  reset(): void {
    this.check();
    this.shared.idle(`view ${viewName(this.view)} is reset`);
    this.shared.transaction(() => {
      for (const name of Object.keys(this.view.tables))
        this.shared.db.exec(`DELETE FROM ${tableName(this.view, name)}`);
      for (const name of this.view.search ?? []) this.shared.db.exec(emptyIndexSql(tableName(this.view, name)));
      this.setDone.run(null, null, this.view.name, this.view.version);
    });
    this.changed();
  }

  /** Rows may be others now: ranges that run look anew. */
  changed(): void {
    for (const table of this.all) table.changes++;
  }

  private flush(): void {
    this.inTransaction();
    for (const table of this.all) table.flush();
  }

  private inTransaction(): void {
    if (!this.shared.db.inTransaction)
      throw new LedgerError('store-unavailable', `the write of view ${viewName(this.view)} has failed already`);
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
    const { shared } = this;
    const check = () => this.check();
    return {
      get: (key: Key) => {
        check();
        return shared.run(() => table.get(key));
      },
      *range(options?: RangeOptions) {
        const rows = table.range(options);
        for (;;) {
          check();
          const row = shared.run(() => rows.next());
          if (row.done === true) return;
          yield row.value;
        }
      },
    };
  }

  private searching(index: SqliteIndex): ReadIndex {
    const read = <T>(look: () => T): T => {
      this.check();
      return this.shared.run(look);
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
    const change = (how: () => void) => {
      this.written(index.name);
      this.shared.run(() => {
        this.inTransaction();
        how();
      });
    };
    return {
      put: (...document) => {
        change(() => {
          index.put(...document);
        });
      },
      delete: id => {
        change(() => {
          index.delete(id);
        });
      },
    };
  }

  private written(name: string): void {
    if (this.shared.writing !== this)
      throw new Error(`${name} of view ${viewName(this.view)} changes inside a write of its view alone`);
  }
}
