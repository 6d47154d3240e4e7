import type { TProperties, TSchema } from '@sinclair/typebox';
import { meant, pointerTo } from '@credence/contracts';
import type { ProblemItem } from '@credence/contracts';
import { onceFor } from '@credence/kernel';

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
  return unknown.length > 0 ? unknown : parts;
}

/** The flat body again: deep merge of the two parts. */
export function join(data: unknown, words: unknown): unknown {
  if (Array.isArray(data) && Array.isArray(words))
    return Array.from({ length: Math.max(data.length, words.length) }, (_, i) => join(data[i], words[i]));
  if (!isRecord(data) || !isRecord(words)) return data === undefined || data === null ? (words ?? data) : data;
  const joined: Record<string, unknown> = { ...data };
  for (const [name, value] of Object.entries(words))
    joined[name] = Object.hasOwn(data, name) ? join(data[name], value) : value;
  return joined;
}

/**
 * What is wrong between two parts that were not split from one body: a field with a foot in both must stand in `data`
 * wherever `words` speaks of it, and lists must be of one length.
 */
export function unpaired(parts: PartSchemas, { data, words }: { data: unknown; words: unknown }): ProblemItem[] {
  return unpairedAt(parts.data, parts.words, data, words, '');
}

function unpairedAt(inData: TSchema, inWords: TSchema, data: unknown, words: unknown, at: string): ProblemItem[] {
  if (Array.isArray(words) && Array.isArray(data) && words.length !== data.length)
    return [
      { pointer: at, code: 'unpaired', detail: `${String(data.length)} in data, ${String(words.length)} in words` },
    ];
  if (!isRecord(data) || !isRecord(words)) return [];
  const dataFields = propertiesOf(inData);
  return Object.entries(propertiesOf(inWords)).flatMap(([name, wordsField]) => {
    const dataField = dataFields[name];
    if (dataField === undefined || (isAbsent(data[name]) && isAbsent(words[name]))) return [];
    const pointer = pointerTo(at, name);
    const missing = (detail: string): ProblemItem[] => [{ pointer, code: 'unpaired', detail }];
    if (isAbsent(data[name])) return missing('is in words, and not in data');
    if (isAbsent(words[name])) return needsWords(wordsField) ? missing('is in data, and not in words') : [];
    return unpairedAt(dataField, wordsField, data[name], words[name], pointer);
  });
}

function splitObject(
  body: Readonly<Record<string, unknown>>,
  data: TSchema,
  words: TSchema,
  at: string,
  unknown: ProblemItem[],
): Parts {
  const inData = propertiesOf(data);
  const inWords = propertiesOf(words);
  const halves: Parts = { data: {}, words: {} };
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined) continue;
    const dataField = own(inData, name);
    const wordsField = own(inWords, name);
    if (dataField !== undefined && wordsField !== undefined) {
      const both = splitValue(writtenOut(value, dataField), dataField, wordsField, pointerTo(at, name), unknown);
      halves.data[name] = both.data;
      if (both.words !== undefined) halves.words[name] = both.words;
      else if (isRecord(value) && requiredIn(words).includes(name)) halves.words[name] = {};
    } else if (dataField !== undefined) halves.data[name] = writtenOut(value, dataField);
    else if (wordsField !== undefined) halves.words[name] = writtenOut(value, wordsField);
    else {
      const known = [...new Set([...Object.keys(inData), ...Object.keys(inWords)])];
      unknown.push({
        pointer: pointerTo(at, name),
        code: 'unknown-field',
        detail: `unknown field "${name}"${meant(name, known)}`,
      });
    }
  }
  return halves;
}

/** Words are left out where there are none, unless their absence is itself wrong: then the schema shall say so. */
function splitValue(
  value: unknown,
  data: TSchema,
  words: TSchema,
  at: string,
  unknown: ProblemItem[],
): { data: unknown; words?: unknown } {
  if (isRecord(value)) {
    const halves = splitObject(value, data, words, at, unknown);
    return isEmpty(halves.words) && !needsWords(words) ? { data: halves.data } : halves;
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
    Object.entries(value).map(([name, inner]) => {
      const field = own(properties, name);
      return [name, field === undefined ? inner : writtenOut(inner, field)];
    }),
  );
}

const branches: (schema: TSchema) => readonly TSchema[] = onceFor(schema =>
  schema.anyOf === undefined ? [schema] : (schema.anyOf as TSchema[]).flatMap(branches),
);

/** Of a union, the properties of all its objects: which of them it is, validation says. */
const propertiesOf = onceFor(
  (schema: TSchema): TProperties =>
    Object.assign({}, ...branches(schema).map(b => (b.properties as TProperties | undefined) ?? {})) as TProperties,
);

const requiredIn = (schema: TSchema): readonly string[] => (schema.required as string[] | undefined) ?? [];
const needsWords = (words: TSchema) => branches(words).some(branch => requiredIn(branch).length > 0);

/** A body may have a member called `constructor`: only what a schema names itself counts. */
const own = (properties: TProperties, name: string): TSchema | undefined =>
  Object.hasOwn(properties, name) ? properties[name] : undefined;

const isAbsent = (value: unknown) => value === undefined || value === null;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: object) => Object.keys(value).length === 0;
