import { acrossPages } from './across-pages.js';
import { bestMatch, type Match } from './best-match.js';
import { bucketSize, GRAM, gramAt } from './index-of-letters.js';
import { leastErrors } from './least-errors.js';
import { longMatch } from './long-match.js';
import { placeOf, type NearPlace } from './near-place.js';
import { plainText, type PlainText } from './plain-text.js';
import type { Indexed, Prepared } from './prepared.js';
import type { Quotation } from './quotation.js';
import type { Reading, Run } from './reading.js';

/** Shorter quotations are like too many things. */
const SHORTEST = 6;
/** So many places are compared at most, fewer where the quotation is long. */
const MAX_WINDOWS = 12;
/** Occurrences of grams that are counted; the rarest grams come first. */
const MAX_VOTES = 30_000;

/**
 * What a place must score at least. Unrelated sentences of one language are some .5 alike; short ones may be more by
 * chance, so that they must be more alike.
 */
const floorFor = (length: number) => 0.7 + 0.15 * Math.max(0, (40 - length) / 40);

/** How much worse the second best place must be: a twentieth, and more where the best one is itself unlike. */
export const marginFor = (score: number) => 0.035 + 0.25 * (1 - score);

/** The units at which a quotation may begin, by how many of its grams stand where they then should; best first. */
function likelyStarts({ reading, grams }: Indexed, quote: Quotation): number[] {
  const wanted = quote.reading.units;
  if (wanted.length < GRAM) return [];
  const step = Math.max(1, Math.floor(wanted.length / 2000));
  const offsets: { offset: number; bucket: number; size: number }[] = [];
  for (let offset = 0; offset + GRAM <= wanted.length; offset += step) {
    const bucket = gramAt(wanted, offset, grams.mask);
    const size = bucketSize(grams, bucket);
    if (size > 0) offsets.push({ offset, bucket, size });
  }
  offsets.sort((one, two) => one.size - two.size);
  const bits = bitsOf(wanted.length);
  const shift = wanted.length; // keeps the number of a diagonal positive
  const votes = emptyVotes(((reading.units.length + shift) >> bits) + 2);
  const touched: number[] = [];
  let counted = 0;
  for (const { offset, bucket, size } of offsets) {
    if (counted >= MAX_VOTES) break;
    const from = grams.starts[bucket] as number;
    const count = Math.min(size, MAX_VOTES - counted);
    counted += count;
    for (let index = from; index < from + count; index += 1) {
      const diagonal = ((grams.places[index] as number) - offset + shift) >> bits;
      if (votes[diagonal] === 0) touched.push(diagonal);
      (votes[diagonal] as number)++;
    }
  }
  const chosen = best(touched, votes, wanted.length > 2000 ? 4 : MAX_WINDOWS);
  for (const diagonal of touched) votes[diagonal] = 0;
  return chosen.map(diagonal => (diagonal << bits) - shift);
}

/** Used again by the next search: a new one for each quotation costs more than the counting. Empty between searches. */
let scratch = new Uint16Array(0);
function emptyVotes(count: number): Uint16Array {
  if (scratch.length < count) scratch = new Uint16Array(2 * count);
  return scratch;
}

/** Diagonals are counted in bands, for what is put in or left out shifts them; the logarithm of their width. */
const bitsOf = (units: number) => Math.ceil(Math.log2(Math.max(16, units / 4)));

/** The bands with most votes, each counted with the next one; of neighbours only the better one. */
function best(touched: readonly number[], votes: Uint16Array, count: number): number[] {
  const sum = (band: number) => (votes[band] as number) + (votes[band + 1] as number);
  let most = 0;
  for (const band of touched) most = Math.max(most, sum(band));
  const least = Math.max(1, most >> 3);
  const bySum: number[][] = [];
  for (const band of touched) {
    const votesOf = sum(band);
    if (votesOf >= least) (bySum[votesOf] ??= []).push(band);
  }
  const chosen: number[] = [];
  for (let votesOf = most; votesOf >= least; votesOf -= 1) {
    for (const band of (bySum[votesOf] ?? []).sort((one, two) => one - two)) {
      if (chosen.length === count) return chosen;
      if (!chosen.some(other => Math.abs(other - band) <= 1)) chosen.push(band);
    }
  }
  return chosen;
}

/** How far a window reaches beyond the length of the quotation, on both sides. */
const slackOf = (units: number) => 2 * 2 ** bitsOf(units) + Math.ceil(units * 0.3) + 8;

/** The places most like a quotation, best first; none below `least`; those that overlap a better one are left out. */
export function nearPlaces(text: Prepared, quote: Quotation, least?: number): NearPlace[] {
  const { inOrder, asItStands, runsInText } = text;
  const length = quote.reading.units.length;
  if (length < SHORTEST) return [];
  const pattern = plainText(quote.reading, 0, length).text.trim();
  const score = least ?? floorFor(pattern.length);
  const slack = slackOf(length);
  const found: NearPlace[] = [];
  for (const index of [inOrder, asItStands()]) {
    if (index === undefined) continue;
    for (const start of likelyStarts(index, quote)) {
      const first = Math.max(0, start - slack);
      const last = Math.min(index.reading.units.length, start + length + slack);
      if (first >= last || (index !== inOrder && isInOneRun(runsInText(), index.reading, first, last))) continue;
      const places = inWindow(plainText(index.reading, first, last), pattern, score, slack);
      found.push(...(index === inOrder ? places : places.map(({ pieces, score }) => ({ pieces, score }))));
    }
  }
  found.push(...acrossPages(text, quote, score));
  found.sort((one, two) => two.score - one.score || startOf(one) - startOf(two));
  return found.filter((place, index) => !found.slice(0, index).some(better => overlap(better, place)));
}

/** Whether a window of the text as it stands has no interruption: then it has been compared in reading order already. */
function isInOneRun(runs: readonly Run[], { at }: Reading, first: number, last: number): boolean {
  const [start, end] = [at[first] as number, at[last - 1] as number];
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle] as Run).start <= start) low = middle + 1;
    else high = middle;
  }
  return low > 0 && end < (runs[low - 1] as Run).end;
}

const startOf = ({ pieces }: NearPlace) => pieces[0]?.start ?? 0;

const overlap = (one: NearPlace, two: NearPlace) =>
  one.pieces.some(a => two.pieces.some(b => a.start < b.end && b.start < a.end));

/** Longer patterns are found by their ends. */
const LONG = 1500;

/** The best place in a window, and the best ones on both sides of it, where there is room for one. */
function inWindow(window: PlainText, pattern: string, least: number, slack: number): NearPlace[] {
  const allowed = Math.floor((1 - least) * pattern.length);
  const places: NearPlace[] = [];
  const parts: [number, number][] = [[0, window.text.length]];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const [from, to] = part;
    if (to - from < pattern.length - allowed || places.length > 8) continue;
    const text = window.text.slice(from, to);
    const match =
      pattern.length > LONG ? longMatch(text, pattern, allowed, 2 * slack) : matchIn(text, pattern, allowed);
    if (match === undefined) continue;
    const place = placeOf(window, from + match.start, from + match.end, 1 - match.errors / pattern.length);
    if (place !== undefined) places.push(place);
    parts.push([from, from + match.start], [from + match.end, to]);
  }
  return places;
}

/** Most windows hold nothing alike, which is found out far quicker than where the most alike stretch of them lies. */
function matchIn(text: string, pattern: string, allowed: number): Match | undefined {
  const least = leastErrors(text, pattern);
  return least > allowed ? undefined : bestMatch(text, pattern, least);
}
