import { join } from './split.js';

/** The two parts of a change's `set`. */
interface Set {
  readonly data: object;
  readonly words: object;
}

/** `fields` after a change: each member of `set` replaces its field whole, in both parts; null clears it. */
export function withSet<F extends object>(fields: F, set: Set): F {
  const after = { ...fields, ...(join(set.data, set.words) as object) };
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null)) as F;
}

/** Whether two JSON values are the same; a member that is undefined is absent. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [given(a), given(b)];
  return left.length === right.length && left.every(([name, value]) => equal(value, (b as Json)[name]));
}

type Json = Record<string, unknown>;

const given = (value: object) => Object.entries(value).filter(([, member]) => member !== undefined);
