import { checkDocument, wordsOf } from '@credence/kernel';
import type { Document, FindOptions, Index, Term } from '@credence/kernel';
import type { Database, Statement } from 'better-sqlite3';

const PAGE = 512;

/**
 * One full-text index of a view: its documents in a table, and FTS5 over their words. FTS5 gets them cut and folded
 * already, and its `ascii` tokenizer takes them as they are: everything beyond ASCII is part of a word to it.
 */
export class SqliteIndex implements Index {
  private readonly putDocument: Statement;
  private readonly putWords: Statement;
  private readonly deleteDocument: Statement;
  private readonly deleteWords: Statement;
  private readonly weights: Statement<unknown[], readonly [number, number]>;
  private readonly hit: Statement<unknown[], Omit<Document, 'words'>>;
  private readonly page: Statement<unknown[], Document>;
  private readonly finds = new Map<number, Statement<unknown[], number>>();

  /** @param sqlName - of the table of documents, quoted */
  constructor(
    private readonly db: Database,
    private readonly sqlName: string,
    readonly name: string,
  ) {
    const words = wordsTable(sqlName);
    this.putDocument = db.prepare(`INSERT OR REPLACE INTO ${sqlName} VALUES (?, ?, ?, ?)`);
    this.putWords = db.prepare(`INSERT OR REPLACE INTO ${words} (rowid, words) VALUES (?, ?)`);
    this.deleteDocument = db.prepare(`DELETE FROM ${sqlName} WHERE id = ?`);
    this.deleteWords = db.prepare(`DELETE FROM ${words} WHERE rowid = ?`);
    this.weights = db
      .prepare<unknown[], readonly [number, number]>(
        `SELECT d.thing, max(d.weight) FROM ${words}(?) w JOIN ${sqlName} d ON d.id = w.rowid GROUP BY d.thing`,
      )
      .raw();
    this.hit = db.prepare<unknown[], Omit<Document, 'words'>>(
      `SELECT d.id, d.thing AS "of", d.weight FROM ${words} w JOIN ${sqlName} d ON d.id = w.rowid
       WHERE ${words} MATCH ? AND w.rowid <= ?`,
    );
    this.page = db.prepare<unknown[], Document>(
      `SELECT id, thing AS "of", weight, words FROM ${sqlName} WHERE id > ? ORDER BY id LIMIT ${String(PAGE)}`,
    );
  }

  put(id: number, of: number, weight: number, text: string): void {
    checkDocument(this.name, id, of, weight);
    const words = wordsOf(text).join(' ');
    this.putDocument.run(id, of, weight, words);
    this.putWords.run(id, words);
  }

  delete(id: number): void {
    if (this.deleteDocument.run(id).changes > 0) this.deleteWords.run(id);
  }

  find(terms: readonly Term[], { before = Number.MAX_SAFE_INTEGER, limit = -1 }: FindOptions = {}): number[] {
    if (terms.length === 0) return [];
    let statement = this.finds.get(terms.length);
    if (statement === undefined) {
      statement = this.db.prepare<unknown[], number>(this.findSql(terms.length)).pluck();
      this.finds.set(terms.length, statement);
    }
    return statement.all(...terms.map(matching), before, limit === Infinity ? -1 : limit);
  }

  weigh(term: Term): Map<number, number> {
    return new Map(this.weights.all(matching(term)));
  }

  hits(term: Term, last = Number.MAX_SAFE_INTEGER): Omit<Document, 'words'>[] {
    return this.hit.all(matching(term), last === Infinity ? Number.MAX_SAFE_INTEGER : last);
  }

  *documents(): Generator<Document> {
    for (let after = -1; ;) {
      const page = this.page.all(after);
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last.id;
    }
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
