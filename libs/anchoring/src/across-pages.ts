import { bestMatch, type Match } from './best-match.js';
import { GRAM, gramAt } from './index-of-letters.js';
import { leastErrors } from './least-errors.js';
import { placeOf, type NearPlace } from './near-place.js';
import { plainText, type PlainText } from './plain-text.js';
import { MASK } from './page-tops.js';
import type { Prepared } from './prepared.js';
import type { Quotation } from './quotation.js';

/** The shorter part of a divided quotation has at least so many letters. */
const SHORTEST_PART = 10;
/** So many groups of the letters at the top of a page must stand in the quotation, in a row. */
const LEAST_VOTES = 8;
/** At most so many pages are compared: where more begin like the quotation goes on, none of them is told from the others. */
const MOST_COMPARED = 8;
/** The second part begins at most so many characters below the top. */
const MOST_ABOVE = 4;
/** A longer page is searched from its end. */
const LONGEST_PAGE = 12_000;

/**
 * Places where a quotation breaks off somewhere on a page and goes on at the very top of the next one: what lies between
 * is not known to be notes or the like, so that the words are not word for word there, but they are the ones meant.
 */
export function acrossPages(text: Prepared, quote: Quotation, least: number): NearPlace[] {
  const { reading } = text.inOrder;
  const wanted = quote.reading.units;
  if (text.pages.length < 2 || wanted.length < 2 * SHORTEST_PART) return [];
  const places = placesOfGrams(wanted);
  const found: NearPlace[] = [];
  let compared = 0;
  for (const { top, above, grams } of text.pageTops()) {
    const split = splitAt(grams, places);
    if (split < SHORTEST_PART || split > wanted.length - SHORTEST_PART) continue;
    const head = plainText(quote.reading, 0, split).text.trim();
    const tail = plainText(quote.reading, split, wanted.length).text.trim();
    if ((compared += 1) > MOST_COMPARED) break;
    const lower = plainText(reading, top, Math.min(reading.units.length, top + Math.ceil(1.3 * tail.length) + 8));
    const two = matchIn(lower, tail, least);
    if (two === undefined || two.start > MOST_ABOVE) continue;
    const upper = plainText(reading, Math.max(above, top - LONGEST_PAGE), top);
    const one = matchIn(upper, head, least);
    if (one === undefined) continue;
    const score = 1 - (one.errors + two.errors) / (head.length + 1 + tail.length);
    const [before, after] = [placeOf(upper, one.start, one.end, score), placeOf(lower, two.start, two.end, score)];
    if (score < least || before?.letters === undefined || after?.letters === undefined) continue;
    const letters = { first: before.letters.first, last: after.letters.last };
    found.push({ pieces: [...before.pieces, ...after.pieces], score, letters });
  }
  return found;
}

function matchIn({ text }: PlainText, pattern: string, least: number): Match | undefined {
  const allowed = Math.floor((1 - least) * pattern.length);
  const errors = leastErrors(text, pattern);
  return errors > allowed ? undefined : bestMatch(text, pattern, errors);
}

/** Where each group of letters stands in a quotation; of those that stand there twice, the first place. */
function placesOfGrams(units: Uint16Array): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (let at = units.length - GRAM; at >= 0; at -= 1) places.set(gramAt(units, at, MASK), at);
  return places;
}

/** The letter of the quotation that stands at the top of a page, by most groups of letters; -1 where too few agree. */
function splitAt(grams: Uint32Array, places: ReadonlyMap<number, number>): number {
  const votes = new Map<number, number>();
  let best = -1;
  for (let at = 0; at < grams.length; at += 1) {
    const place = places.get(grams[at] as number);
    if (place === undefined || place < at) continue;
    votes.set(place - at, (votes.get(place - at) ?? 0) + 1);
    if ((votes.get(place - at) as number) > (votes.get(best) ?? 0)) best = place - at;
  }
  return (votes.get(best) ?? 0) >= LEAST_VOTES ? best : -1;
}
