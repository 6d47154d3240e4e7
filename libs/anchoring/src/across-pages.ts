import { bestMatch, type Match } from './best-match.js';
import { GRAM } from './index-of-letters.js';
import { leastErrors } from './least-errors.js';
import { placeOf, type NearPlace } from './near-place.js';
import { plainText, type PlainText } from './plain-text.js';
import { pageAt, type Prepared } from './prepared.js';
import type { Quotation } from './quotation.js';
import { STOP } from './reading.js';

/** The shorter part of a divided quotation has at least so many letters. */
const SHORTEST_PART = 10;
/** So many letters at the top of a page are looked for in the quotation, and so many groups of them must stand there in a row. */
const TOP = 24;
const LEAST_VOTES = 4;
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
  for (const { top, above } of tops(text)) {
    const split = splitAt(reading.units, top, places);
    if (split < SHORTEST_PART || split > wanted.length - SHORTEST_PART) continue;
    const head = plainText(quote.reading, 0, split).text.trim();
    const tail = plainText(quote.reading, split, wanted.length).text.trim();
    const upper = plainText(reading, Math.max(above, top - LONGEST_PAGE), top);
    const lower = plainText(reading, top, Math.min(reading.units.length, top + Math.ceil(1.3 * tail.length) + 8));
    const [one, two] = [matchIn(upper, head, least), matchIn(lower, tail, least)];
    if (one === undefined || two === undefined || two.start > MOST_ABOVE) continue;
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

/** The first letter of each page on which the text is read on from the page before, and the first one of that page. */
function* tops(text: Prepared): Generator<{ readonly top: number; readonly above: number }> {
  const { runs, begins } = text.inOrder.reading;
  let [page, above] = [-1, 0];
  for (const [index, { start, joint }] of runs.entries()) {
    const here = pageAt(text, start)?.pdfPage ?? -1;
    const top = begins[index] as number;
    if (index > 0 && joint === 'stop') return; // the notes begin
    if (here === page) continue;
    if (index > 0) yield { top, above };
    [page, above] = [here, top];
  }
}

/** Where each group of letters stands in a quotation; of those that stand there twice, the first place. */
function placesOfGrams(units: Uint16Array): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (let at = units.length - GRAM; at >= 0; at -= 1) places.set(gram(units, at), at);
  return places;
}

const gram = (units: Uint16Array, at: number) => String.fromCharCode(...units.subarray(at, at + GRAM));

/** The letter of the quotation that stands at the top of a page, by most groups of letters; -1 where too few agree. */
function splitAt(units: Uint16Array, top: number, places: ReadonlyMap<string, number>): number {
  const votes = new Map<number, number>();
  let best = -1;
  for (let at = 0; at < TOP && top + at + GRAM <= units.length && units[top + at] !== STOP; at += 1) {
    const split = (places.get(gram(units, top + at)) ?? -1 - units.length) - at;
    if (split < 0) continue;
    votes.set(split, (votes.get(split) ?? 0) + 1);
    if ((votes.get(split) as number) > (votes.get(best) ?? 0)) best = split;
  }
  return (votes.get(best) ?? 0) >= LEAST_VOTES ? best : -1;
}
