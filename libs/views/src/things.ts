import { pointerTo } from '@credence/contracts';
import type { LedgerEvent } from '@credence/contracts';

/** The present record of one thing: its fields under their names in WIRE.md, data and words joined. */
export type Fields = Readonly<Record<string, unknown>>;

/** Data and words as one flat record; an id that the event made and its dossier entry are not among a thing's fields. */
export function fieldsOf(event: LedgerEvent): Fields {
  const {
    assertion: _a,
    link: _l,
    derivation: _d,
    decision: _e,
    retraction: _r,
    supersession: _s,
    ...data
  } = event.data as Record<string, unknown>;
  const { entry: _n, ...words } = event.words as Record<string, unknown>;
  return joined(data, words) as Fields;
}

/**
 * The fields after a change: each field of `set` is replaced whole, null clears it.
 *
 * @param data - `set` of the event's data; @param words - `set` of its words
 */
export function changed(fields: Fields, data: object, words: object): Fields {
  const next = { ...fields };
  const set = joined(data, words) as Record<string, unknown>;
  for (const [name, value] of Object.entries(set))
    if (value === null) delete (next as Record<string, unknown>)[name];
    else (next as Record<string, unknown>)[name] = value;
  return next;
}

/** Deep merge of an event's two parts: the flat form that doors and dossiers use. */
export function joined(data: unknown, words: unknown): unknown {
  if (Array.isArray(data) && Array.isArray(words)) return data.map((item: unknown, i) => joined(item, words[i]));
  if (!isRecord(data) || !isRecord(words)) return data ?? words ?? null;
  const both: Record<string, unknown> = { ...data };
  for (const [name, value] of Object.entries(words)) both[name] = name in data ? joined(data[name], value) : value;
  return both;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One field that differs: `from` is absent where it was not given, `to` where it was cleared. */
export interface FieldChange {
  /** RFC 6901 pointer into the thing. */
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** What differs between two records of a thing, by name; objects are compared member by member, lists as a whole. */
export function differences(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap(name => differences(before[name], after[name], pointerTo(path, name)));
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isRecord(after) && before === undefined) return differences({}, after, path);
  if (isRecord(before) && after === undefined) return differences(before, {}, path);
  return [{ path, ...(before === undefined ? {} : { from: before }), ...(after === undefined ? {} : { to: after }) }];
}
