import type { Reading } from './reading.js';

/** Letters to a gram: five survive a tenth of wrong letters more often than not, and are rare in a book. */
export const GRAM = 5;

/** Where each gram of letters occurs, by hash: places of bucket b are `places[starts[b] … starts[b + 1] - 1]`, rising. */
export interface GramIndex {
  readonly mask: number;
  readonly starts: Uint32Array;
  readonly places: Uint32Array;
}

export function gramIndex({ units }: Reading): GramIndex {
  const count = Math.max(0, units.length - GRAM + 1);
  const mask = 2 ** Math.min(20, Math.max(8, Math.ceil(Math.log2(count + 1)))) - 1;
  const starts = new Uint32Array(mask + 2);
  for (let place = 0; place < count; place += 1) (starts[gramAt(units, place, mask) + 1] as number)++;
  for (let bucket = 1; bucket < starts.length; bucket += 1)
    starts[bucket] = (starts[bucket] as number) + (starts[bucket - 1] as number);
  const next = starts.slice();
  const places = new Uint32Array(count);
  for (let place = 0; place < count; place += 1) {
    const bucket = gramAt(units, place, mask);
    places[next[bucket] as number] = place;
    (next[bucket] as number)++;
  }
  return { mask, starts, places };
}

/** Held here: where modules run in a context of their own, a look-up of a global costs more than the sum. */
const { imul } = Math;

/** Bucket of the gram that begins at `place`. */
export function gramAt(units: Uint16Array, place: number, mask: number): number {
  let hash = 0;
  for (let index = place; index < place + GRAM; index += 1) hash = (imul(hash, 0x9e3b) + (units[index] as number)) | 0;
  hash ^= hash >>> 15;
  return (imul(hash, 0x2c1b3c6d) >>> 8) & mask;
}

export const bucketSize = ({ starts }: GramIndex, bucket: number) =>
  (starts[bucket + 1] as number) - (starts[bucket] as number);

/** Beyond this many steps of comparing, a scan that is linear whatever the text is takes over. */
const MAX_STEPS = 4_000_000;

/**
 * Every place where `wanted` occurs in `units`, rising, at most `limit`. By the rarest gram where that is quick, else
 * by the algorithm of Knuth, Morris and Pratt: periodic texts cost no more than others.
 */
export function occurrences(
  wanted: Uint16Array,
  units: Uint16Array,
  grams: GramIndex | undefined,
  limit: number,
): number[] {
  if (wanted.length === 0) return [];
  if (grams === undefined || wanted.length < GRAM) return scan(wanted, units, limit);
  let best = 0;
  let fewest = Infinity;
  for (let offset = 0; offset + GRAM <= wanted.length && offset < 256; offset += 1) {
    const size = bucketSize(grams, gramAt(wanted, offset, grams.mask));
    if (size < fewest) [best, fewest] = [offset, size];
    if (size === 0) return [];
  }
  if (fewest * Math.min(wanted.length, 64) > MAX_STEPS) return scan(wanted, units, limit);
  const bucket = gramAt(wanted, best, grams.mask);
  const found: number[] = [];
  for (let index = grams.starts[bucket] as number; index < (grams.starts[bucket + 1] as number); index += 1) {
    const place = (grams.places[index] as number) - best;
    if (place >= 0 && same(wanted, units, place) && found.push(place) === limit) break;
  }
  return found;
}

function same(wanted: Uint16Array, units: Uint16Array, place: number): boolean {
  if (place + wanted.length > units.length) return false;
  for (let index = 0; index < wanted.length; index += 1) if (wanted[index] !== units[place + index]) return false;
  return true;
}

function scan(wanted: Uint16Array, units: Uint16Array, limit: number): number[] {
  const back = new Int32Array(wanted.length);
  for (let index = 1, border = 0; index < wanted.length; index += 1) {
    while (border > 0 && wanted[index] !== wanted[border]) border = back[border - 1] as number;
    if (wanted[index] === wanted[border]) border += 1;
    back[index] = border;
  }
  const found: number[] = [];
  for (let index = 0, matched = 0; index < units.length; index += 1) {
    while (matched > 0 && units[index] !== wanted[matched]) matched = back[matched - 1] as number;
    if (units[index] === wanted[matched]) matched += 1;
    if (matched < wanted.length) continue;
    if (found.push(index - matched + 1) === limit) break;
    matched = back[matched - 1] as number;
  }
  return found;
}
