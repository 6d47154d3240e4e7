import { coded } from './errors.js';

/**
 * Canonical JSON (RFC 8785): members in UTF-16 code-unit order of their names, ECMAScript numbers, no white space.
 * Two values with the same JSON meaning give the same text.
 *
 * `undefined` is treated as JSON.stringify does: the member is left out, an array element is `null`. Everything else
 * that JSON cannot say is refused, never coerced; the message carries the JSON pointer of the place.
 *
 * @throws lone-surrogate — a string or a member name is no Unicode text (RFC 8785 section 3.2.2.2)
 * @throws not-json — a number that is not finite, a bigint, a function, a symbol, or an object with `toJSON` (a Date)
 * @throws too-deep — nested more than 500 deep, which every cycle is
 */
export function canonicalize(value: unknown): string {
  try {
    return encode(value, 0);
  } catch (error) {
    throw error === FAULT ? fault(value, '', 0) : error;
  }
}

const MAX_DEPTH = 500;
const FAULT = new Error('canonicalize');

function encode(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      if (!Number.isFinite(value)) throw FAULT;
      return '' + value;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth === MAX_DEPTH) throw FAULT;
      return Array.isArray(value) ? encodeArray(value, depth + 1) : encodeObject(value as Members, depth + 1);
    default:
      throw FAULT;
  }
}

type Members = Readonly<Record<string, unknown>>;

function encodeArray(values: readonly unknown[], depth: number): string {
  let text = '[';
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (i > 0) text += ',';
    text += value === undefined ? 'null' : encode(value, depth);
  }
  return text + ']';
}

function encodeObject(members: Members, depth: number): string {
  if (typeof members['toJSON'] === 'function') throw FAULT;
  let text = '';
  const layout = layoutOf(Object.keys(members));
  for (let i = 0; i < layout.length; i++) {
    const { key, label } = layout[i]!;
    const value = members[key];
    if (value === undefined) continue;
    text += (text === '' ? label : ',' + label) + encode(value, depth);
  }
  return '{' + text + '}';
}

/** The members of one object shape in canonical order, their names already quoted. */
type Layout = readonly { readonly key: string; readonly label: string }[];

/**
 * Events have few shapes and sorting names costs more than writing them. A shape is known by its names in their
 * order, joined by NUL; a name that holds a NUL is never cached, and the length tells it from the names it imitates.
 */
const layouts = new Map<string, Layout>();
const MAX_LAYOUTS = 4096;
const MAX_CACHED_KEYS = 64;

function layoutOf(keys: readonly string[]): Layout {
  if (keys.length > MAX_CACHED_KEYS) return layOut(keys);
  const shape = keys.join('\0');
  const known = layouts.get(shape);
  if (known?.length === keys.length) return known;
  const layout = layOut(keys);
  if (layouts.size < MAX_LAYOUTS && !keys.some(key => key.includes('\0'))) layouts.set(shape, layout);
  return layout;
}

const layOut = (keys: readonly string[]): Layout => keys.toSorted().map(key => ({ key, label: quote(key) + ':' }));

// eslint-disable-next-line no-control-regex
const SPECIAL = /[\u0000-\u001f"\\\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

function quote(text: string): string {
  if (!SPECIAL.test(text)) return '"' + text + '"';
  if (LONE_SURROGATE.test(text)) throw FAULT;
  return JSON.stringify(text); // escapes exactly as RFC 8785 section 3.2.2.2 wants it
}

/** Says where and why; walks a second time, so that the first pass carries no pointers. */
function fault(value: unknown, pointer: string, depth: number): Error | undefined {
  const at = pointer === '' ? 'the value' : pointer;
  if (typeof value === 'string' && LONE_SURROGATE.test(value)) return coded('lone-surrogate', `${at}: lone surrogate`);
  if (typeof value === 'number' && !Number.isFinite(value)) return coded('not-json', `${at}: ${value} is no JSON`);
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol' || value === undefined) {
    return coded('not-json', `${at}: ${typeof value} is no JSON`);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === MAX_DEPTH) return coded('too-deep', `nested more than ${MAX_DEPTH} deep`);
  if (!Array.isArray(value) && typeof (value as Members)['toJSON'] === 'function') {
    return coded('not-json', `${at}: expected plain data, found an object with toJSON`);
  }
  for (const [key, member] of Object.entries(value as Members)) {
    if (LONE_SURROGATE.test(key)) return coded('lone-surrogate', `${at}: a member name has a lone surrogate`);
    if (member === undefined) continue;
    const found = fault(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
    if (found) return found;
  }
  return undefined;
}
