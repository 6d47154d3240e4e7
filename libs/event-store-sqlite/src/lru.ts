/** A map that forgets what was longest not asked for, once it holds more than `max` entries. */
export function lru<K, V>(max: number) {
  // Two generations: what is asked for moves to the young one, and a full young one becomes the old one. No list to keep.
  let young = new Map<K, V>();
  let old = new Map<K, V>();

  const set = (key: K, value: V): void => {
    young.set(key, value);
    if (young.size * 2 <= max) return;
    old = young;
    young = new Map();
  };

  return {
    get: (key: K): V | undefined => {
      const fresh = young.get(key);
      if (fresh !== undefined) return fresh;
      const known = old.get(key);
      if (known !== undefined) set(key, known);
      return known;
    },
    set,
  };
}
