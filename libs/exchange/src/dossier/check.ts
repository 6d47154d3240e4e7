import { check, meant, shown } from '@credence/contracts';
import type { ProblemItem } from '@credence/contracts';
import { pathOf, pointerOf } from './pointer.js';
import type { Path } from './pointer.js';
import { branches, isRecord, itemsOf, objectBranch, own, schemaAt, shortOf } from './schema-walk.js';
import type { Schema } from './schema-walk.js';

/** What is wrong at a place in a value. */
export interface Wrong {
  readonly path: Path;
  readonly code: string;
  readonly detail: string;
  readonly found?: string;
  readonly wanted?: string;
}

/**
 * Checks a value as read and writes its shorthands out.
 *
 * @param source - text of what stands at a path, as written
 */
export function checked(
  schema: Schema,
  value: unknown,
  source: (path: Path) => string = () => '',
): { readonly value: unknown; readonly wrong: readonly Wrong[] } {
  const wrong: Wrong[] = [];
  const long = writtenOut(value, schema, [], wrong, source);
  const pointers = wrong.map(({ path }) => pointerOf(path));
  const below = (pointer: string) => pointers.some(p => pointer === p || pointer.startsWith(`${p}/`));
  const above = (pointer: string) => pointers.some(p => p.startsWith(`${pointer}/`));
  // Of a union, what is wrong inside has been said; what is missing or unknown beside it has not.
  const said = ({ pointer, code }: ProblemItem) =>
    below(pointer) || (above(pointer) && code !== 'required' && code !== 'unknown-field');
  for (const item of check(schema as never, long)) if (!said(item)) wrong.push(described(item, schema, long));
  return { value: long, wrong };
}

function writtenOut(
  value: unknown,
  schema: Schema,
  path: Path,
  wrong: Wrong[],
  source: (path: Path) => string,
): unknown {
  const short = shortOf(schema);
  if (short === 'edtf' && (Array.isArray(value) || (isRecord(value) && !isDate(value)))) {
    wrong.push(unquotedDate(value, path, source(path)));
    return value;
  }
  if (typeof value === 'string')
    return short === undefined || branches(schema).some(b => b.type === 'string') ? value : { [short]: value };
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    return items === undefined
      ? value
      : value.map((item: unknown, i) => writtenOut(item, items, [...path, String(i)], wrong, source));
  }
  if (!isRecord(value)) return value;
  const branch = objectBranch(schema, value);
  if (branch === undefined) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const field = own(branch.properties, name);
      const at = [...path, name];
      if (field !== undefined) return [name, writtenOut(inner, field, at, wrong, source)];
      const known = Object.keys(branch.properties ?? {});
      wrong.push({
        path: at,
        code: 'unknown-field',
        detail: `unknown field "${name}"${meant(name, known)}`,
        found: `"${name}"`,
        wanted: `one of ${known.join(', ')}`,
      });
      return [name, inner];
    }),
  );
}

/** A mapping with a value in it was meant as one; `{2018-06-05,2018-06-15}` has none. */
const isDate = (value: Readonly<Record<string, unknown>>) =>
  Object.keys(value).some(name => ['edtf', 'said', 'how', 'from'].includes(name)) ||
  Object.values(value).some(inner => inner !== null);

function unquotedDate(value: unknown, path: Path, source: string): Wrong {
  const found = Array.isArray(value) ? 'a list' : 'a mapping';
  const written = source === '' || source.length > 100 || source.includes('\n') ? 'it' : source;
  return {
    path,
    code: 'wrong-type',
    detail: `a date was wanted, found ${found}: put ${written} in quotation marks`,
    found: written === 'it' ? found : `${found}: ${written}`,
    wanted: 'a date: EDTF, a set of dates in quotation marks, or { edtf, said, how, from }',
  };
}

function described({ pointer, code, detail }: ProblemItem, schema: Schema, value: unknown): Wrong {
  const path = pathOf(pointer);
  const name = path.findLast(member => !/^\d+$/.test(member)) ?? 'value';
  const at = schemaAt(schema, path, value);
  const found = valueAt(value, path);
  const wanted = at === undefined ? undefined : inWords(at);
  if (code === 'unknown-field') return { path, code, detail, found: `"${String(path.at(-1))}"` };
  if (code === 'required')
    return { path, code, detail: `${name} is missing`, found: 'nothing', ...(wanted === undefined ? {} : { wanted }) };
  const words = at === undefined ? [] : branches(at).flatMap(branch => branch.enum ?? []);
  if (words.length > 0 && typeof found === 'string')
    return {
      path,
      code: 'unknown-value',
      detail: `unknown ${name} ${shown(found)}; wanted ${String(wanted)}${meant(found, words)}`,
      found: shown(found),
      wanted: String(wanted),
    };
  return { path, code, detail: `${name}: ${detail}`, found: shown(found), ...(wanted === undefined ? {} : { wanted }) };
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const member of path) {
    if (Array.isArray(at)) at = at[Number(member)];
    else if (isRecord(at)) at = own(at, member);
    else return undefined;
  }
  return at;
}

/** What a schema wants, for a reader. */
function inWords(schema: Schema): string {
  if (shortOf(schema) === 'edtf') return 'a date';
  return branches(schema)
    .map(branch => {
      if (branch.enum !== undefined) return `one of ${branch.enum.join(', ')}`;
      if (branch['x-ref'] !== undefined) return `a reference to one of the ${branch['x-ref']}`;
      if (branch.const !== undefined) return JSON.stringify(branch.const);
      if (branch.properties !== undefined) return `{ ${Object.keys(branch.properties).join(', ')} }`;
      if (branch.items !== undefined) return 'a list';
      if (branch.type === 'string' && branch.pattern?.startsWith('^(0('))
        return 'a decimal from 0 to 1, at most six places';
      if (branch.type === 'string') return 'text';
      return String(branch.type ?? 'a mapping');
    })
    .join(', or ');
}
