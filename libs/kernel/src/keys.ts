import type { Checkpoint, Key, KeyPart, KeyType, RangeOptions, TableShape, ViewShape } from './view-store.js';

/** Order of two texts by Unicode code point, which is the order of their UTF-8 bytes. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  for (let i = 0; ; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
}

/** Surrogates stand for code points from 0x10000 on: after 0xFFFF. NaN is the end of a text, before everything. */
const rank = (unit: number): number =>
  unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit >= 0xe000 ? unit - 0x800 : -1;

const compareIntegers = (a: number, b: number): number => a - b;

/** The order of one key column. */
export const orderOf = (type: KeyType) =>
  (type === 'text' ? compareTexts : compareIntegers) as (a: KeyPart, b: KeyPart) => number;

/** Order of two keys of one table, part by part; a key comes before the longer ones that it begins. */
export function compareKeys({ key: types }: TableShape, a: Key, b: Key): number {
  for (const [i, type] of types.entries()) {
    const [x, y] = [a[i], b[i]];
    if (x === undefined || y === undefined) return a.length - b.length;
    const order = orderOf(type)(x, y);
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * Every store takes the same keys: as many parts as the table has columns, of their types; texts are Unicode texts
 * without lone surrogates, integers are safe integers.
 *
 * @throws TypeError if it does not fit: a bug of the view
 */
export function checkKey(table: string, { key: types }: TableShape, key: Key): void {
  if (key.length !== types.length) throw misfit(table, types, key);
  checkPrefix(table, types, key);
}

/** As `checkKey`, of the first parts of a key. @throws TypeError */
export function checkPrefix(table: string, types: readonly KeyType[], prefix: Key): void {
  if (prefix.length > types.length) throw misfit(table, types, prefix);
  for (let i = 0; i < prefix.length; i++) {
    const part = prefix[i];
    const fits = types[i] === 'text' ? typeof part === 'string' && part.isWellFormed() : Number.isSafeInteger(part);
    if (!fits) throw misfit(table, types, prefix);
  }
}

const misfit = (table: string, types: readonly KeyType[], key: Key) =>
  new TypeError(`table ${table} has keys (${types.join(', ')}): found ${JSON.stringify(key)}`);

/** A range with its defaults, and `after` reduced to what it still says below the prefix. */
export interface Bounds {
  readonly prefix: Key;
  /** Parts below the prefix; rows begin after them. Undefined: at the beginning. */
  readonly rest: Key | undefined;
  readonly reverse: boolean;
  readonly limit: number;
  /** `after` lies beyond all keys with this prefix. */
  readonly empty: boolean;
}

/** @throws TypeError if `prefix` or `after` does not fit the table, or `limit` is no count */
export function boundsOf(table: string, shape: TableShape, options: RangeOptions = {}): Bounds {
  const { prefix = [], after, reverse = false, limit = Infinity } = options;
  checkPrefix(table, shape.key, prefix);
  if (!(limit >= 0)) throw new TypeError(`table ${table}: a range of ${String(limit)} rows`);
  const all = { prefix, rest: undefined, reverse, limit, empty: limit < 1 };
  if (after === undefined) return all;
  checkKey(table, shape, after);
  const side = compareKeys(shape, after.slice(0, prefix.length), prefix) * (reverse ? -1 : 1);
  if (side < 0) return all;
  const rest = after.slice(prefix.length);
  return side > 0 || rest.length === 0 ? { ...all, empty: true } : { ...all, rest };
}

/**
 * Names that every store can keep: of the view in kebab-case, of tables in kebab-case or camelCase. SQLite does not tell
 * upper case from lower: two tables differ in more than that.
 *
 * @throws TypeError if a name is none of these, a version no positive integer, or a table without key column
 */
export function checkShape({ name, version, tables, search = [] }: ViewShape): void {
  const names = [...Object.keys(tables), ...search];
  const bad =
    [name].find(n => !/^[a-z][a-z0-9-]*$/.test(n)) ??
    names.find((n, i) => !/^[a-z][A-Za-z0-9-]*$/.test(n) || names.findIndex(sameInSql(n)) !== i);
  if (bad !== undefined) throw new TypeError(`view ${name}: '${bad}' is no name, or is taken`);
  if (!Number.isSafeInteger(version) || version < 1) throw new TypeError(`view ${name}: version ${String(version)}`);
  for (const [table, { key }] of Object.entries(tables))
    if (key.length === 0) throw new TypeError(`view ${name}: table ${table} has no key column`);
}

const sameInSql = (name: string) => (other: string) => other.toLowerCase() === name.toLowerCase();

export const viewName = ({ name, version }: { readonly name: string; readonly version: number }): string =>
  `${name}@${String(version)}`;

/** A view opened with other tables under the same version is begun anew: what it left cannot be read. */
export const sameTables = (a: ViewShape, b: ViewShape): boolean => shapeText(a) === shapeText(b);

/** The tables and indexes of a view as one text, the same for the same. */
export const shapeText = ({ tables, search = [] }: ViewShape): string =>
  JSON.stringify([
    ...Object.keys(tables)
      .sort()
      .map(name => [name, tables[name]?.key]),
    ...search.toSorted().map(name => [name, 'search']),
  ]);

/** @throws TypeError if it is no document: a bug of the view */
export function checkDocument(index: string, id: number, of: number, weight: number): void {
  const counts = (n: number, least: number) => Number.isSafeInteger(n) && n >= least;
  if (!counts(id, 0) || !counts(of, 0) || !counts(weight, 1))
    throw new TypeError(`index ${index}: document ${String(id)} of ${String(of)}, weight ${String(weight)}`);
}

/** @throws Error if `next` is before `done` */
export function checkForward(view: ViewShape, done: Checkpoint | null, next: Checkpoint): void {
  if (done !== null && next.seq < done.seq)
    throw new Error(`view ${viewName(view)}: checkpoint ${String(next.seq)} is before ${String(done.seq)}`);
}

/** @throws Error if the generation beside is behind the one that is read */
export function checkSwap(view: ViewShape, done: Checkpoint | null, next: Checkpoint | null): void {
  if ((next?.seq ?? -1) < (done?.seq ?? -1))
    throw new Error(
      `view ${viewName(view)}: what was begun beside is at ${String(next?.seq ?? -1)}, before ${String(done?.seq)}`,
    );
}
