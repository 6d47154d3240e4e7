/** What `make` gives, made when it is first asked for, and kept. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** What `make` gives for each thing, which never changes, made when it is first asked for, and kept as long as the thing. */
export function onceFor<K extends object, T>(make: (thing: K) => T): (thing: K) => T {
  const made = new WeakMap<K, { readonly value: T }>();
  return thing => {
    let known = made.get(thing);
    if (known === undefined) made.set(thing, (known = { value: make(thing) }));
    return known.value;
  };
}
