import { checkDocument, once, wordsOf } from '@credence/kernel';
import type { Document, FindOptions, Index, Term } from '@credence/kernel';
import type { Database, Statement } from 'better-sqlite3';

const PAGE = 512;

type Put = Omit<Document, 'id'>;

/**
 * One full-text index of a view: its documents in a table, and FTS5 over their words. FTS5 gets them cut and folded
 * already, and its `ascii` tokenizer takes them as they are: everything beyond ASCII is part of a word to it.
 */
export class SqliteIndex implements Index {
  private readonly sql;
  private readonly finds = new Map<number, Statement<unknown[], number>>();
  /** What writes have changed, by document, that has not come to the file; and what the running write has. */
  private unsaved = new Map<number, Put | undefined>();
  private written = new Map<number, Put | undefined>();

  /**
   * @param sqlName - of the table of documents, quoted
   * @param medium - `indexed` brings all that was changed to the file, so that it can be read there
   */
  constructor(
    private readonly db: Database,
    private readonly sqlName: string,
    readonly name: string,
    private readonly medium: { run<T>(onMedium: () => T): T; indexed(): void; keeps(characters: number): void },
  ) {
    const words = wordsTable(sqlName);
    this.sql = {
      putDocument: once(() => db.prepare(`INSERT OR REPLACE INTO ${sqlName} VALUES (?, ?, ?, ?)`)),
      putWords: once(() => db.prepare(`INSERT OR REPLACE INTO ${words} (rowid, words) VALUES (?, ?)`)),
      deleteDocument: once(() => db.prepare(`DELETE FROM ${sqlName} WHERE id = ?`)),
      deleteWords: once(() => db.prepare(`DELETE FROM ${words} WHERE rowid = ?`)),
      weights: once(() =>
        db
          .prepare<unknown[], readonly [number, number]>(
            `SELECT d.thing, max(d.weight) FROM ${words}(?) w JOIN ${sqlName} d ON d.id = w.rowid GROUP BY d.thing`,
          )
          .raw(),
      ),
      hit: once(() =>
        db.prepare<unknown[], Omit<Document, 'words'>>(
          `SELECT d.id, d.thing AS "of", d.weight FROM ${words} w JOIN ${sqlName} d ON d.id = w.rowid
           WHERE ${words} MATCH ? AND w.rowid <= ?`,
        ),
      ),
      page: once(() =>
        db.prepare<unknown[], Document>(
          `SELECT id, thing AS "of", weight, words FROM ${sqlName} WHERE id > ? ORDER BY id LIMIT ${String(PAGE)}`,
        ),
      ),
    };
  }

  put(id: number, of: number, weight: number, text: string): void {
    checkDocument(this.name, id, of, weight);
    const words = wordsOf(text).join(' ');
    this.written.set(id, { of, weight, words });
    this.medium.keeps(words.length);
  }

  delete(id: number): void {
    this.written.set(id, undefined);
  }

  /** The write that runs is good. */
  accept(): void {
    for (const [id, put] of this.written) this.unsaved.set(id, put);
    this.written.clear();
  }

  /** The write that runs has failed. */
  takeBack(): void {
    this.written.clear();
  }

  /** Brings to the file what writes have changed. @throws whatever SQLite says */
  save(): void {
    this.bring(this.unsaved);
  }

  /** Brings to the file what the running write has changed. @throws whatever SQLite says */
  saveWritten(): void {
    this.bring(this.written);
  }

  find(terms: readonly Term[], { before = Number.MAX_SAFE_INTEGER, limit = -1 }: FindOptions = {}): readonly number[] {
    if (terms.length === 0) return [];
    return this.read(() => {
      let statement = this.finds.get(terms.length);
      if (statement === undefined) {
        statement = this.db.prepare<unknown[], number>(this.findSql(terms.length)).pluck();
        this.finds.set(terms.length, statement);
      }
      return statement.all(...terms.map(matching), before, limit === Infinity ? -1 : limit);
    });
  }

  weigh(term: Term): Map<number, number> {
    return this.read(() => new Map(this.sql.weights().all(matching(term))));
  }

  hits(term: Term, last = Number.MAX_SAFE_INTEGER): Omit<Document, 'words'>[] {
    return this.read(() => this.sql.hit().all(matching(term), last === Infinity ? Number.MAX_SAFE_INTEGER : last));
  }

  *documents(): Generator<Document> {
    for (let after = -1; ;) {
      const page = this.read(() => this.sql.page().all(after));
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last.id;
    }
  }

  private read<T>(look: () => T): T {
    if (this.unsaved.size > 0 || this.written.size > 0) this.medium.indexed();
    return this.medium.run(look);
  }

  private bring(changed: Map<number, Put | undefined>): void {
    for (const [id, put] of changed)
      if (put !== undefined) {
        this.sql.putDocument().run(id, put.of, put.weight, put.words);
        this.sql.putWords().run(id, put.words);
      } else if (this.sql.deleteDocument().run(id).changes > 0) this.sql.deleteWords().run(id);
    changed.clear();
  }

  private findSql(terms: number): string {
    const having = `SELECT d.thing FROM ${wordsTable(this.sqlName)}(?) w JOIN ${this.sqlName} d ON d.id = w.rowid`;
    const all = Array.from({ length: terms }, () => having).join(' INTERSECT ');
    return `SELECT DISTINCT thing FROM (${all}) WHERE thing < ? ORDER BY thing DESC LIMIT ?`;
  }
}

/** Words hold letters and digits alone: no quotation mark that would end the string (FTS5, "Full-text Query Syntax"). */
const matching = ({ word, prefix }: Term): string => `"${word}"${prefix ? '*' : ''}`;

const wordsTable = (sqlName: string): string => `${sqlName.slice(0, -1)}#words"`;

export const createIndexSql = (sqlName: string): string => `
  CREATE TABLE ${sqlName} (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, weight INTEGER NOT NULL, words TEXT NOT NULL) STRICT;
  CREATE VIRTUAL TABLE ${wordsTable(sqlName)} USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii')`;

export const emptyIndexSql = (sqlName: string): string => `
  DELETE FROM ${sqlName};
  INSERT INTO ${wordsTable(sqlName)} (${wordsTable(sqlName)}) VALUES ('delete-all')`;
