/** Made when it is first asked for, and kept: a start that reads a few tables prepares nothing for the others. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
