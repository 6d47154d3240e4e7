import type { KeyPart } from './view-store.js';

/** Distinct key parts in order, in chunks, so that one that comes late moves a chunk and not the whole. */
export type OrderedParts = KeyPart[][];
export type Compare = (a: KeyPart, b: KeyPart) => number;

/** A place in ordered parts; beyond either end there is no part. */
export interface Place {
  chunk: number;
  index: number;
}

const CHUNK = 512;

export function ordered(parts: Iterable<KeyPart>, compare: Compare): OrderedParts {
  const sorted = [...parts].sort(compare);
  const chunks: OrderedParts = [];
  for (let i = 0; i < sorted.length; i += CHUNK) chunks.push(sorted.slice(i, i + CHUNK));
  return chunks;
}

export const partAt = (parts: OrderedParts, place: Place): KeyPart | undefined => parts[place.chunk]?.[place.index];

export function step(parts: OrderedParts, place: Place, by: 1 | -1): void {
  place.index += by;
  if (place.index < 0) {
    place.chunk--;
    place.index = (parts[place.chunk]?.length ?? 0) - 1;
  } else if (place.index >= (parts[place.chunk]?.length ?? 0)) {
    place.chunk++;
    place.index = 0;
  }
}

export const firstPlace = (): Place => ({ chunk: 0, index: 0 });
export const lastPlace = (parts: OrderedParts): Place => ({
  chunk: parts.length - 1,
  index: (parts.at(-1)?.length ?? 0) - 1,
});

/** The place of the first part that is not before `part`; beyond the end if all are. */
export function placeOf(parts: OrderedParts, part: KeyPart, compare: Compare): Place {
  const chunk = firstNotBefore(parts, list => compare(list[list.length - 1]!, part) >= 0);
  return { chunk, index: firstNotBefore(parts[chunk] ?? [], item => compare(item, part) >= 0) };
}

/** Binary search: the index of the first item of which `holds` is true; it is true of all that follow. */
function firstNotBefore<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(items[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Puts in a part that is not there yet. At the end, the common case, it costs one comparison. */
export function insert(parts: OrderedParts, part: KeyPart, compare: Compare): void {
  const tail = parts[parts.length - 1];
  if (tail === undefined) {
    parts.push([part]);
  } else if (compare(tail[tail.length - 1]!, part) < 0) {
    if (tail.length < CHUNK) tail.push(part);
    else parts.push([part]);
  } else {
    const { chunk, index } = placeOf(parts, part, compare);
    const list = parts[chunk]!;
    list.splice(index, 0, part);
    if (list.length > 2 * CHUNK) parts.splice(chunk + 1, 0, list.splice(CHUNK));
  }
}

/** Takes out a part that is there. */
export function remove(parts: OrderedParts, part: KeyPart, compare: Compare): void {
  const { chunk, index } = placeOf(parts, part, compare);
  const list = parts[chunk]!;
  if (list.length === 1) parts.splice(chunk, 1);
  else list.splice(index, 1);
}
