import type { TProperties, TSchema } from '@sinclair/typebox';
import { meant } from '@credence/contracts';
import type { ProblemItem } from '@credence/contracts';

/** The two parts of a command or an event. */
export interface Parts {
  readonly data: Record<string, unknown>;
  readonly words: Record<string, unknown>;
}

/** Where a part says what its fields are. */
export interface PartSchemas {
  readonly data: TSchema;
  readonly words: TSchema;
}

/**
 * Divides a flat body, as doors and dossiers have it, into data and words, by the schemas of the two parts; a shorthand
 * (`2019` for `{ edtf: "2019" }`) is written out. A pointer into a part is therefore a pointer into the body.
 *
 * @returns the parts; or the fields that belong to neither, each with an RFC 6901 pointer
 */
export function split(body: Readonly<Record<string, unknown>>, schemas: PartSchemas): Parts | readonly ProblemItem[] {
  const unknown: ProblemItem[] = [];
  const parts = splitObject(body, schemas.data, schemas.words, '', unknown);
  return unknown.length > 0 ? unknown : { data: parts.data ?? {}, words: parts.words ?? {} };
}

/** The flat body again: deep merge of the two parts. */
export function join(data: unknown, words: unknown): unknown {
  if (Array.isArray(data) && Array.isArray(words)) return data.map((item: unknown, i) => join(item, words[i]));
  if (!isRecord(data) || !isRecord(words)) return data === undefined || data === null ? (words ?? data) : data;
  const joined: Record<string, unknown> = { ...data };
  for (const [name, value] of Object.entries(words)) joined[name] = name in data ? join(data[name], value) : value;
  return joined;
}

type Halves = { data?: Record<string, unknown>; words?: Record<string, unknown> };

function splitObject(
  body: Readonly<Record<string, unknown>>,
  data: TSchema,
  words: TSchema,
  at: string,
  unknown: ProblemItem[],
): Halves {
  const inData = propertiesOf(data);
  const inWords = propertiesOf(words);
  const halves: { data: Record<string, unknown>; words: Record<string, unknown> } = { data: {}, words: {} };
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined) continue;
    const dataField = inData[name];
    const wordsField = inWords[name];
    const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (dataField === undefined && wordsField === undefined) {
      const known = [...new Set([...Object.keys(inData), ...Object.keys(inWords)])];
      unknown.push({ pointer, code: 'unknown-field', detail: `unknown field "${name}"${meant(name, known)}` });
    } else if (dataField === undefined) halves.words[name] = writtenOut(value, wordsField as TSchema);
    else if (wordsField === undefined) halves.data[name] = writtenOut(value, dataField);
    else {
      const both = splitValue(writtenOut(value, dataField), dataField, wordsField, pointer, unknown);
      if (both.data !== undefined) halves.data[name] = both.data;
      if (both.words !== undefined) halves.words[name] = both.words;
    }
  }
  return halves;
}

function splitValue(
  value: unknown,
  data: TSchema,
  words: TSchema,
  at: string,
  unknown: ProblemItem[],
): { data?: unknown; words?: unknown } {
  if (isRecord(value)) {
    const halves = splitObject(value, data, words, at, unknown);
    return isEmpty(halves.words) ? { data: halves.data } : halves;
  }
  const dataItem = branches(data).find(b => b.items !== undefined)?.items as TSchema | undefined;
  const wordsItem = branches(words).find(b => b.items !== undefined)?.items as TSchema | undefined;
  if (!Array.isArray(value) || dataItem === undefined || wordsItem === undefined) return { data: value };
  const items = value.map((item: unknown, i) => splitValue(item, dataItem, wordsItem, `${at}/${String(i)}`, unknown));
  const some = items.some(item => item.words !== undefined);
  return { data: items.map(i => i.data), ...(some ? { words: items.map(i => i.words ?? {}) } : {}) };
}

/** `value` with shorthands written out, at any depth. */
function writtenOut(value: unknown, schema: TSchema): unknown {
  if (typeof value === 'string') {
    const short = branches(schema).find(branch => branch['x-short'] !== undefined)?.['x-short'] as string | undefined;
    return short === undefined || branches(schema).some(b => b.type === 'string') ? value : { [short]: value };
  }
  if (Array.isArray(value)) {
    const items = branches(schema).find(branch => branch.items !== undefined)?.items as TSchema | undefined;
    return items === undefined ? value : value.map(item => writtenOut(item, items));
  }
  if (!isRecord(value)) return value;
  const properties = propertiesOf(schema);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      properties[name] === undefined ? inner : writtenOut(inner, properties[name]),
    ]),
  );
}

const branches = (schema: TSchema): readonly TSchema[] =>
  schema.anyOf === undefined ? [schema] : (schema.anyOf as TSchema[]).flatMap(branches);

/** Of a union, the properties of all its objects: which of them it is, validation says. */
function propertiesOf(schema: TSchema): TProperties {
  return Object.assign(
    {},
    ...branches(schema).map(b => (b.properties as TProperties | undefined) ?? {}),
  ) as TProperties;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: object | undefined) => value === undefined || Object.keys(value).length === 0;
