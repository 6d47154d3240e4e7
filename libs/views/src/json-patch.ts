import { pointerTo } from '@credence/contracts';

/** An operation of JSON Patch (RFC 6902 §4); `path` is a JSON Pointer (RFC 6901). */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/**
 * What makes `after` of `before`, both JSON values: applied in order (RFC 6902 §5) it gives exactly `after`. Objects are
 * compared member by member; of lists, items are followed by their `id`, else by their place.
 */
export function patchOf(before: unknown, after: unknown, path = ''): PatchOperation[] {
  if (equal(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return listPatch(before, after, path);
  if (!isObject(before) || !isObject(after)) return [{ op: 'replace', path, value: after }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name): PatchOperation[] => {
    const at = pointerTo(path, name);
    const [was, is] = [member(before, name), member(after, name)];
    if (is === undefined) return was === undefined ? [] : [{ op: 'remove', path: at }];
    return was === undefined ? [{ op: 'add', path: at, value: is }] : patchOf(was, is, at);
  });
}

/** What is gone first, from the end; then from the start what is new or other. The list as a whole where items moved. */
function listPatch(before: readonly unknown[], after: readonly unknown[], path: string): PatchOperation[] {
  const name = namesIn(before, after);
  const there = new Set(after.map(name));
  const kept = before.filter((item, i) => there.has(name(item, i)));
  const keptNames = new Set(before.map(name).filter(n => there.has(n)));
  const order = after.map(name).filter(n => keptNames.has(n));
  if ([...keptNames].some((n, i) => n !== order[i])) return [{ op: 'replace', path, value: after }];
  const removed = before.flatMap((item, i) => (there.has(name(item, i)) ? [] : [i])).reverse();
  let next = 0;
  return [
    ...removed.map((i): PatchOperation => ({ op: 'remove', path: `${path}/${String(i)}` })),
    ...after.flatMap((item, i): PatchOperation[] =>
      keptNames.has(name(item, i))
        ? patchOf(kept[next++], item, `${path}/${String(i)}`)
        : [{ op: 'add', path: `${path}/${String(i)}`, value: item }],
    ),
  ];
}

/** By id where every item of both has one, and none twice; else by place. */
function namesIn(...lists: readonly (readonly unknown[])[]): (item: unknown, place: number) => string | number {
  const id = (item: unknown) => (isObject(item) && typeof item['id'] === 'string' ? item['id'] : undefined);
  const named = lists.every(
    list => list.every(item => id(item) !== undefined) && new Set(list.map(id)).size === list.length,
  );
  return named ? item => id(item) as string : (_, place) => place;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object has its own members alone, whatever they are called: `toString` too. */
const member = (object: Json, name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);

function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(name => equal(member(a, name), member(b, name)));
}
