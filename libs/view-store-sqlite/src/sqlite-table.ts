import { boundsOf, checkKey } from '@credence/kernel';
import type { Key, KeyPart, RangeOptions, Row, Table, TableShape } from '@credence/kernel';
import type { Database, Statement } from 'better-sqlite3';

/** Rows that a range reads ahead: few at first, for most ranges end soon. */
const FIRST_PAGE = 16;
const LAST_PAGE = 512;

type Raw = readonly KeyPart[];

/** A row as the running write knows it; `value` undefined: there is none. */
interface Known {
  readonly key: Key;
  readonly value: unknown;
  /** Whether the table does not have it so yet. */
  readonly changed: boolean;
}

/**
 * Rows of one view's table: typed key columns and the value as JSON text. Statements are prepared once.
 *
 * While a write runs, rows that it has read or changed are kept as values: many events of a page touch the same row, and
 * each row is read and written once. `flush` brings the changes to the table.
 */
export class SqliteTable implements Table {
  /** Counts changes, so that a running range notices that the rows read ahead may be others now. */
  changes = 0;
  private readonly columns: readonly string[];
  private readonly valueOf: Statement<unknown[], string>;
  private readonly putRow: Statement;
  private readonly deleteRow: Statement;
  private readonly pages = new Map<string, Statement<unknown[], Raw>>();
  private readonly known = new Map<KeyPart, Known>();
  private unflushed = 0;
  private writing = false;

  constructor(
    private readonly db: Database,
    private readonly sqlName: string,
    readonly name: string,
    private readonly shape: TableShape,
  ) {
    this.columns = columnsOf(shape);
    const isRow = this.columns.map(column => `${column} = ?`).join(' AND ');
    this.valueOf = db.prepare<unknown[], string>(`SELECT value FROM ${sqlName} WHERE ${isRow}`).pluck();
    const values = [...this.columns, 'value'].map(() => '?').join(', ');
    this.putRow = db.prepare(
      `INSERT INTO ${sqlName} VALUES (${values}) ON CONFLICT DO UPDATE SET value = excluded.value`,
    );
    this.deleteRow = db.prepare(`DELETE FROM ${sqlName} WHERE ${isRow}`);
  }

  get<V>(key: Key): V | undefined {
    checkKey(this.name, this.shape, key);
    if (!this.writing) return this.read(key) as V | undefined;
    const at = nameOf(key);
    let known = this.known.get(at);
    if (known === undefined) this.known.set(at, (known = { key, value: this.read(key), changed: false }));
    return known.value as V | undefined;
  }

  put(key: Key, value: unknown): void {
    checkKey(this.name, this.shape, key);
    if (value === undefined) throw new TypeError(`table ${this.name}: undefined is no JSON value`);
    this.change(key, value);
  }

  delete(key: Key): void {
    checkKey(this.name, this.shape, key);
    this.change(key, undefined);
  }

  /** From here on what is read and changed is kept. */
  begin(): void {
    this.writing = true;
  }

  /** Brings what was changed to the table. */
  flush(): void {
    if (this.unflushed === 0) return;
    for (const [at, { key, value, changed }] of this.known) {
      if (!changed) continue;
      if (value === undefined) this.deleteRow.run(...key);
      else this.putRow.run(...key, textOf(this.name, value));
      this.known.set(at, { key, value, changed: false });
    }
    this.unflushed = 0;
  }

  /** Forgets what is kept; changes that were not flushed never were. */
  end(): void {
    this.writing = false;
    this.unflushed = 0;
    this.known.clear();
  }

  private read(key: Key): unknown {
    const text = this.valueOf.get(...key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  private change(key: Key, value: unknown): void {
    this.changes++;
    this.unflushed++;
    this.known.set(nameOf(key), { key: key.slice(), value, changed: true });
  }

  /** Goes from row to row of the table as it is at each step: rows read ahead are dropped when the table changes. */
  *range<V>(options?: RangeOptions): Generator<Row<V>> {
    const { prefix, reverse, limit, empty, ...bounds } = boundsOf(this.name, this.shape, options);
    const width = this.columns.length;
    let { rest } = bounds;
    let page: readonly Raw[] = [];
    let [at, size, more, seen] = [0, FIRST_PAGE, !empty, this.changes];
    for (let given = 0; given < limit; given++) {
      if (seen !== this.changes) [page, at, size, more, seen] = [[], 0, 1, !empty, this.changes];
      if (at === page.length) {
        if (!more || rest?.length === 0) return;
        const asked = Math.min(size, limit - given);
        page = this.page(prefix, rest, reverse, asked);
        [at, size, more] = [0, Math.min(size * 4, LAST_PAGE), page.length === asked];
        if (page.length === 0) return;
      }
      const raw = page[at++]!;
      const key = Array.from({ length: width }, (_, i) => raw[i]!);
      rest = key.slice(prefix.length);
      yield { key, value: JSON.parse(raw[width] as string) as V };
    }
  }

  private page(prefix: Key, rest: Key | undefined, reverse: boolean, limit: number): readonly Raw[] {
    this.flush();
    const shape = `${String(prefix.length)} ${rest === undefined ? 'all' : 'rest'} ${reverse ? 'back' : 'on'}`;
    let statement = this.pages.get(shape);
    if (statement === undefined) {
      statement = this.db.prepare<unknown[], Raw>(this.pageSql(prefix.length, rest?.length ?? 0, reverse)).raw();
      this.pages.set(shape, statement);
    }
    return statement.all(...prefix, ...(rest ?? []), limit);
  }

  private pageSql(prefix: number, rest: number, reverse: boolean): string {
    const equal = this.columns.slice(0, prefix).map(column => `${column} = ?`);
    const below = this.columns.slice(prefix);
    const beyond = `(${below.join(', ')}) ${reverse ? '<' : '>'} (${below.map(() => '?').join(', ')})`;
    const where = [...equal, ...(rest > 0 ? [beyond] : [])].join(' AND ');
    const order = this.columns.map(column => `${column} ${reverse ? 'DESC' : 'ASC'}`).join(', ');
    const columns = [...this.columns, 'value'].join(', ');
    return `SELECT ${columns} FROM ${this.sqlName} ${where && `WHERE ${where}`} ORDER BY ${order} LIMIT ?`;
  }
}

/** One for each key of a table: a table's keys have the same number of parts, of the same types. */
const nameOf = (key: Key): KeyPart => (key.length === 1 ? (key[0] as KeyPart) : JSON.stringify(key));

function textOf(name: string, value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`table ${name}: ${typeof value} is no JSON value`);
  return text;
}

const columnsOf = ({ key }: TableShape): readonly string[] => key.map((_, i) => `k${String(i)}`);

export function createTableSql(sqlName: string, shape: TableShape): string {
  const columns = columnsOf(shape);
  const typed = columns.map((column, i) => `${column} ${shape.key[i] === 'text' ? 'TEXT' : 'INTEGER'} NOT NULL`);
  return `CREATE TABLE ${sqlName} (${typed.join(', ')}, value TEXT NOT NULL, PRIMARY KEY (${columns.join(', ')})) STRICT, WITHOUT ROWID`;
}
