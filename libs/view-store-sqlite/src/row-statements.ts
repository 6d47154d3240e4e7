import { once } from '@credence/kernel';
import type { KeyPart, TableShape } from '@credence/kernel';
import type { Database, Statement } from 'better-sqlite3';

/** A row of the file: the parts of its key, and its value as JSON. */
export type Raw = readonly KeyPart[];

const columnsOf = ({ key }: TableShape): readonly string[] => key.map((_, i) => `k${String(i)}`);

export function createTableSql(sqlName: string, shape: TableShape): string {
  const columns = columnsOf(shape);
  const typed = columns.map((column, i) => `${column} ${shape.key[i] === 'text' ? 'TEXT' : 'INTEGER'} NOT NULL`);
  return `CREATE TABLE ${sqlName} (${typed.join(', ')}, value TEXT NOT NULL, PRIMARY KEY (${columns.join(', ')})) STRICT, WITHOUT ROWID`;
}

/** The statements of one table, prepared once, when they are needed. @param sqlName - quoted */
export function rowStatements(db: Database, sqlName: string, shape: TableShape) {
  const columns = columnsOf(shape);
  const isRow = columns.map(column => `${column} = ?`).join(' AND ');
  const pages = new Map<string, Statement<unknown[], Raw>>();

  const pageSql = (prefix: number, rest: number, reverse: boolean): string => {
    const equal = columns.slice(0, prefix).map(column => `${column} = ?`);
    const below = columns.slice(prefix);
    const beyond = `(${below.join(', ')}) ${reverse ? '<' : '>'} (${below.map(() => '?').join(', ')})`;
    const where = [...equal, ...(rest > 0 ? [beyond] : [])].join(' AND ');
    const order = columns.map(column => `${column} ${reverse ? 'DESC' : 'ASC'}`).join(', ');
    return `SELECT ${[...columns, 'value'].join(', ')} FROM ${sqlName} ${where && `WHERE ${where}`} ORDER BY ${order} LIMIT ?`;
  };

  return {
    valueOf: once(() => db.prepare<unknown[], string>(`SELECT value FROM ${sqlName} WHERE ${isRow}`).pluck()),
    putRow: once(() =>
      db.prepare(
        `INSERT INTO ${sqlName} VALUES (${[...columns, 'value'].map(() => '?').join(', ')}) ON CONFLICT DO UPDATE SET value = excluded.value`,
      ),
    ),
    deleteRow: once(() => db.prepare(`DELETE FROM ${sqlName} WHERE ${isRow}`)),
    /** The first rows below a prefix of so many parts, or those after so many parts more. */
    page: (prefix: number, rest: number, reverse: boolean): Statement<unknown[], Raw> => {
      const shape = `${String(prefix)} ${String(rest)} ${String(reverse)}`;
      let statement = pages.get(shape);
      if (statement === undefined)
        pages.set(shape, (statement = db.prepare<unknown[], Raw>(pageSql(prefix, rest, reverse)).raw()));
      return statement;
    },
  };
}
