import { checkShape, checkSwap, shapeText, viewName } from '@credence/kernel';
import type { ViewShape, ViewStore } from '@credence/kernel';
import type { Database } from 'better-sqlite3';
import { getHeapStatistics } from 'node:v8';
import { openFile } from './open-file.js';
import { createTableSql } from './row-statements.js';
import { createIndexSql } from './sqlite-index.js';
import { checkpointOf, quoted, SqliteState, tableName } from './sqlite-state.js';
import type { Done } from './sqlite-state.js';
import { ViewFile } from './view-file.js';

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
  const states = new Map<string, SqliteState>();
  const shared = new ViewFile(file, openFile(file, report), mostKept, states);

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

interface ViewRow extends Done, Version {}

/** Virtual tables come first, for theirs go and are renamed with them: those are `derived`. */
const tablesOf = (db: Database, view: string): readonly { readonly name: string; readonly derived: boolean }[] =>
  db
    .prepare<unknown[], { name: string; derived: number }>(
      `SELECT t.name, t.type = 'shadow' AS derived FROM pragma_table_list t
       WHERE t.schema = 'main' AND substr(t.name, 1, ?) = ? ORDER BY t.type = 'virtual' DESC`,
    )
    .all(view.length + 1, `${view}/`)
    .map(({ name, derived }) => ({ name, derived: derived === 1 }));
