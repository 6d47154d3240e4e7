/**
 * What makes an older JSON value out of a newer one: 0, there was none; another number, so much less; `[value]`, that
 * one; `[n, changed]`, the first n items of the list, some of them changed; `[n, m, text]`, the first n and the last m
 * characters and what stood between them; else the members of an object that were others, by their places in the newer
 * one, for their names would be most of what is kept.
 */
export type Difference =
  | number
  | readonly [unknown]
  | readonly [number, Readonly<Record<number, Difference>>]
  | readonly [number, number, string]
  | { readonly [place: number]: Difference };

/** Undefined: the two are the same. What they share is found fast where it is the same object. */
export function difference(older: unknown, newer: unknown): Difference | undefined {
  if (older === newer) return undefined;
  if (older === undefined) return 0;
  if (typeof older === 'string' && typeof newer === 'string') return ofTexts(older, newer);
  if (Array.isArray(older) && Array.isArray(newer)) return ofLists(older, newer);
  if (isObject(older) && isObject(newer)) return ofObjects(older, newer);
  if (typeof older !== 'number' || typeof newer !== 'number') return [older];
  const less = newer - older;
  return Number.isSafeInteger(less) && newer - less === older ? less : [older];
}

/** The older value. Members keep the order that they had. */
export function undone(by: Difference, newer: unknown): unknown {
  if (typeof by === 'number') return by === 0 ? undefined : (newer as number) - by;
  if (!Array.isArray(by)) return without(newer as object, by as Readonly<Record<number, Difference>>);
  const [first, changed, between] = by as unknown as readonly [unknown, unknown?, string?];
  if (between !== undefined) {
    const text = newer as string;
    return text.slice(0, first as number) + between + text.slice(text.length - (changed as number));
  }
  if (changed === undefined) return first;
  return (newer as readonly unknown[]).slice(0, first as number).map((item, i) => {
    const other = (changed as Readonly<Record<number, Difference>>)[i];
    return other === undefined ? item : undone(other, item);
  });
}

function without(newer: object, by: Readonly<Record<number, Difference>>): object {
  const older: Record<string, unknown> = { ...newer };
  let place = 0;
  for (const name of Object.keys(older)) {
    const value = older[name];
    const other = value === undefined ? 0 : by[place++];
    if (other === undefined) continue;
    const was = undone(other, value);
    if (was === undefined) delete older[name];
    else older[name] = was;
  }
  return older;
}

/** Shorter ones are told whole. */
const WORTH_CUTTING = 20;

function ofTexts(older: string, newer: string): Difference {
  const most = Math.min(older.length, newer.length);
  let begin = 0;
  while (begin < most && older.charCodeAt(begin) === newer.charCodeAt(begin)) begin++;
  let end = 0;
  while (end < most - begin && older.charCodeAt(older.length - 1 - end) === newer.charCodeAt(newer.length - 1 - end))
    end++;
  return begin + end < WORTH_CUTTING ? [older] : [begin, end, older.slice(begin, older.length - end)];
}

function ofLists(older: readonly unknown[], newer: readonly unknown[]): Difference | undefined {
  if (older.length > newer.length) return [older];
  const changed: Record<number, Difference> = {};
  let any = older.length < newer.length;
  for (const [i, item] of older.entries()) {
    const by = difference(item, newer[i]);
    if (by === undefined) continue;
    changed[i] = by;
    any = true;
  }
  return any ? [older.length, changed] : undefined;
}

/** Members that are gone, or that stood in another order, cannot be put back in their place: then the whole is told. */
function ofObjects(older: object, newer: object): Difference | undefined {
  const before = membersOf(older);
  const changed: Record<number, Difference> = {};
  let any = false;
  let next = 0;
  for (const [place, [name, value]] of membersOf(newer).entries()) {
    const [was, old] = before[next] ?? [];
    const by = was === name ? difference(old, value) : 0;
    if (was === name) next++;
    if (by === undefined) continue;
    changed[place] = by;
    any = true;
  }
  if (next < before.length) return [older];
  return any ? changed : undefined;
}

/** Those that JSON has. */
function membersOf(value: object): [string, unknown][] {
  const members = Object.entries(value);
  return members.some(([, member]) => member === undefined)
    ? members.filter(([, member]) => member !== undefined)
    : members;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
