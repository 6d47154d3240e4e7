import { checkedIndex, checkForward, once, viewName, viewTables } from '@credence/kernel';
import type { Checkpoint, Index, Key, Position, RangeOptions, ReadTable } from '@credence/kernel';
import type { ReadTables, Table, Tables, ViewShape, ViewState } from '@credence/kernel';
import { emptyIndexSql, SqliteIndex } from './sqlite-index.js';
import { SqliteTable } from './sqlite-table.js';
import type { ViewFile, Written } from './view-file.js';

/** Names hold letters, digits and hyphens alone (checkShape): nothing in them needs escaping. */
export const quoted = (name: string): string => `"${name}"`;
export const tableName = (view: ViewShape, table: string): string => quoted(`${viewName(view)}/${table}`);

export interface Done {
  readonly seq: number | null;
  readonly position: Position | null;
}

export const checkpointOf = (row: Done | undefined): Checkpoint | null =>
  row === undefined || row.seq === null || row.position === null ? null : { seq: row.seq, position: row.position };

/** One version of a view in the file. */
export class SqliteState implements ViewState, Written {
  dropped = false;
  private readonly all: readonly SqliteTable[];
  private readonly allIndexes: readonly SqliteIndex[];
  private readonly parts: readonly (SqliteTable | SqliteIndex)[];
  private readonly sql;
  private done: Checkpoint | null;
  /** What `done` is after the running write. */
  private next: Checkpoint | null = null;
  private doneSaved = true;

  constructor(
    readonly view: ViewShape,
    private readonly shared: ViewFile,
  ) {
    const { db } = shared;
    this.sql = {
      done: db.prepare<unknown[], Done>('SELECT seq, position FROM views WHERE name = ? AND version = ?'),
      setDone: once(() => db.prepare('UPDATE views SET seq = ?, position = ? WHERE name = ? AND version = ?')),
    };
    this.done = this.doneInFile();
    this.all = Object.entries(view.tables).map(
      ([name, shape]) => new SqliteTable(db, tableName(view, name), name, shape, shared),
    );
    this.allIndexes = (view.search ?? []).map(name => new SqliteIndex(db, tableName(view, name), name, shared));
    const { reading, writing } = viewTables(
      view,
      this.all.map(table => ({ name: table.name, read: this.reading(table), write: this.changing(table) })),
      this.allIndexes.map(index => ({
        name: index.name,
        read: checkedIndex(index, () => {
          this.check();
        }),
        write: this.indexing(index),
      })),
    );
    this.tables = reading;
    this.writing = writing;
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

  accept(): void {
    for (const part of this.parts) part.accept();
    this.done = this.next;
    this.doneSaved = false;
  }

  takeBack(): void {
    for (const part of this.parts) part.takeBack();
  }

  save(): void {
    for (const part of this.parts) part.save();
    if (!this.doneSaved) this.sql.setDone().run(this.done?.seq, this.done?.position, this.view.name, this.view.version);
    this.doneSaved = true;
  }

  saveIndexes(): void {
    for (const index of this.allIndexes) index.save();
  }

  saveWritten(): void {
    for (const index of this.allIndexes) index.saveWritten();
  }

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
      this.sql.setDone().run(null, null, this.view.name, this.view.version);
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

  private reading(table: SqliteTable): ReadTable {
    return {
      get: (key: Key) => {
        this.check();
        return table.get(key);
      },
      range: (options?: RangeOptions) => table.range(options, () => this.check()),
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
