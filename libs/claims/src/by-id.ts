/**
 * A persistent map from ids (or other strings of one length): a trie over their characters, branching where ids
 * differ. A fold over n events that each add a thing thereby costs n log n; copying a record each time would cost n².
 */
export type ById<T> = Leaf<T> | Branch<T>;

interface Leaf<T> {
  readonly id: string;
  readonly value: T;
}

interface Branch<T> {
  readonly next: ReadonlyMap<string, ById<T>>;
}

export const none: ById<never> = { next: new Map() };

/** The thing of that id, if there is one. */
export function at<T>(things: ById<T>, id: string): T | undefined {
  let node: ById<T> | undefined = things;
  for (let depth = 0; node !== undefined && 'next' in node; depth++) node = node.next.get(id[depth] ?? '');
  return node?.id === id ? node.value : undefined;
}

/** The same map with that thing in it, in place of what was there. */
export function put<T>(things: ById<T>, id: string, value: T, depth = 0): ById<T> {
  if ('next' in things) {
    const character = id[depth] ?? '';
    const below = things.next.get(character);
    const added = below === undefined ? { id, value } : put(below, id, value, depth + 1);
    return { next: new Map(things.next).set(character, added) };
  }
  if (things.id === id) return { id, value };
  return put({ next: new Map([[things.id[depth] ?? '', things]]) }, id, value, depth);
}
