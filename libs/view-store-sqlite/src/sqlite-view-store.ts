import { LedgerError } from '@credence/contracts';
import { checkForward, checkShape, shapeText, viewName } from '@credence/kernel';
import type { Checkpoint, Key, Position, RangeOptions, ReadTable, ReadTables, Table, Tables } from '@credence/kernel';
import type { ViewShape, ViewState, ViewStore } from '@credence/kernel';
import type { Database } from 'better-sqlite3';
import { unavailable } from './failure.js';
import { openFile } from './open-file.js';
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

  const dropTables = (view: { readonly name: string; readonly version: number }) => {
    for (const table of tablesOf(shared.db, viewName(view))) shared.db.exec(`DROP TABLE ${quoted(table)}`);
    shared.db.prepare('DELETE FROM views WHERE name = ? AND version = ?').run(view.name, view.version);
  };

  return {
    open: view => {
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
          for (const [table, shape] of Object.entries(view.tables))
            shared.db.exec(createTableSql(tableName(view, table), shape));
          shared.db
            .prepare('INSERT INTO views (name, version, tables) VALUES (?, ?, ?)')
            .run(view.name, view.version, shapeText(view));
        }
        return new SqliteState(view, shared);
      });
      states.set(viewName(view), made);
      return made;
    },
    list: () => {
      shared.idle('a list of views');
      return shared.run(() =>
        shared.db
          .prepare<unknown[], ViewRow>('SELECT name, version, seq, position FROM views ORDER BY name, version')
          .all()
          .map(row => ({ name: row.name, version: row.version, checkpoint: checkpointOf(row) })),
      );
    },
    drop: (name, version) => {
      shared.idle(`view ${name} is dropped`);
      shared.transaction(() => {
        dropTables({ name, version });
      });
      forget(viewName({ name, version }));
    },
    close: () => {
      shared.close();
    },
  };
}

interface Done {
  readonly seq: number | null;
  readonly position: Position | null;
}

interface ViewRow extends Done {
  readonly name: string;
  readonly version: number;
}

const checkpointOf = (row: Done | undefined): Checkpoint | null =>
  row === undefined || row.seq === null || row.position === null ? null : { seq: row.seq, position: row.position };

/** Names hold letters, digits and hyphens alone (checkShape): nothing in them needs escaping. */
const quoted = (name: string): string => `"${name}"`;
const tableName = (view: ViewShape, table: string): string => quoted(`${viewName(view)}/${table}`);

const tablesOf = (db: Database, view: string): readonly string[] =>
  db
    .prepare<unknown[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, ?) = ?")
    .pluck()
    .all(view.length + 1, `${view}/`);

/** The connection, and which view is being written. */
class Shared {
  writing: SqliteState | undefined;
  private closed = false;

  constructor(
    private readonly file: string,
    readonly db: Database,
  ) {}

  check(): void {
    if (this.closed) throw new LedgerError('store-unavailable', 'the view store is closed');
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

  /** Either all of `change` is kept, or nothing. */
  transaction<T>(change: () => T): T {
    return this.run(() => {
      this.db.exec('BEGIN IMMEDIATE');
      try {
        const result = change();
        this.db.exec('COMMIT');
        return result;
      } catch (error) {
        // SQLite itself rolls back where the disk is full or fails.
        if (this.db.inTransaction) this.db.exec('ROLLBACK');
        throw error;
      }
    });
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.run(() => this.db.close());
  }
}

class SqliteState implements ViewState {
  dropped = false;
  private readonly all: readonly SqliteTable[];
  private readonly read = new Map<string, ReadTable>();
  private readonly written = new Map<string, Table>();
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
      this.written.set(name, { ...read, ...this.changing(name, table) });
      return table;
    });
  }

  readonly tables = ((name: string) => this.named(this.read, name)) as ReadTables;

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
        change((name => this.named(this.written, name)) as Tables);
        this.setDone.run(checkpoint.seq, checkpoint.position, this.view.name, this.view.version);
      });
    } catch (error) {
      for (const table of this.all) table.changes++;
      throw error;
    } finally {
      this.shared.writing = undefined;
    }
  }

  reset(): void {
    this.check();
    this.shared.idle(`view ${viewName(this.view)} is reset`);
    this.shared.transaction(() => {
      for (const name of Object.keys(this.view.tables))
        this.shared.db.exec(`DELETE FROM ${tableName(this.view, name)}`);
      this.setDone.run(null, null, this.view.name, this.view.version);
    });
    for (const table of this.all) table.changes++;
  }

  private check(): void {
    this.shared.check();
    if (this.dropped) throw new Error(`view ${viewName(this.view)} was dropped`);
  }

  private named<T>(tables: ReadonlyMap<string, T>, name: string): T {
    const table = tables.get(name);
    if (table === undefined) throw new Error(`view ${viewName(this.view)} has no table ${name}`);
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

  private changing(name: string, table: SqliteTable): Pick<Table, 'put' | 'delete'> {
    const check = () => {
      if (this.shared.writing !== this)
        throw new Error(`table ${name} of view ${viewName(this.view)} changes inside a write of its view alone`);
      if (!this.shared.db.inTransaction)
        throw new LedgerError('store-unavailable', `the write of view ${viewName(this.view)} has failed already`);
    };
    return {
      put: (key, value) => {
        check();
        this.shared.run(() => {
          table.put(key, value);
        });
      },
      delete: key => {
        check();
        this.shared.run(() => {
          table.delete(key);
        });
      },
    };
  }
}
