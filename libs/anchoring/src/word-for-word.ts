import { bit, NONE } from './differences.js';
import { occurrences } from './index-of-letters.js';
import { placeAt, type Letters, type Place } from './place.js';
import type { Indexed, Prepared } from './prepared.js';
import type { Quotation } from './quotation.js';

/** As many places of one quotation are told apart; of more it is only known that there are many. */
const MAX_PLACES = 20_000;
/** Work spent on judging places, in letters. */
const MAX_WORK = 20_000_000;

/** Shorter quotations are a few words: taken for whole words where there is a choice. */
const A_FEW_WORDS = 24;

/** Where the letters of a quotation stand: as words, or broken by blanks within words and the like. */
export interface SameLetters {
  readonly places: readonly Place[];
  /** Not told from misreadings of the same sentence; of a few words they may be other words, and are left out. */
  readonly broken: readonly Place[];
}

/** A place, well found or not, in UTF-16 code units. */
export interface Found {
  readonly pieces: readonly { readonly start: number; readonly end: number }[];
  readonly letters?: Letters;
}

/**
 * Every place that holds a quotation word for word, in the order of the text: with what interrupts the text set aside, and
 * as it stands, for a quotation that has kept a footnote mark or the like.
 */
export function wordForWord(text: Prepared, quote: Quotation): SameLetters {
  if (quote.reading.units.length === 0) return { places: marksOnly(text.captured.text, quote.text), broken: [] };
  const { places, broken } = placesIn(text.inOrder, text, quote);
  const asItStands = text.asItStands();
  if (asItStands !== undefined) {
    const known = new Set(places.map(startOf));
    for (const { pieces, differs, cut } of placesIn(asItStands, text, quote).places) {
      if (!known.has(startOf({ pieces }))) places.push({ pieces, differs, cut, broken: false });
    }
  }
  return { places: places.sort((one, two) => startOf(one) - startOf(two)), broken };
}

function placesIn({ reading, grams }: Indexed, text: Prepared, quote: Quotation) {
  const { units } = quote.reading;
  const limit = Math.max(2, Math.min(MAX_PLACES, Math.floor(MAX_WORK / units.length)));
  const all = occurrences(units, reading.units, grams, limit).flatMap(
    first => placeAt(reading, first, quote, text) ?? [],
  );
  return {
    places: all.filter(({ broken }) => !broken),
    broken: quote.text.length < A_FEW_WORDS ? [] : all.filter(({ broken }) => broken),
  };
}

/** A quotation without a letter is found as it stands, or not at all. */
function marksOnly(source: string, text: string): Place[] {
  const found: Place[] = [];
  for (
    let at = text === '' ? -1 : source.indexOf(text);
    at >= 0 && found.length < MAX_PLACES;
    at = source.indexOf(text, at + 1)
  ) {
    found.push({ pieces: [{ start: at, end: at + text.length }], differs: NONE, cut: false, broken: false });
  }
  return found;
}

export const startOf = ({ pieces }: { readonly pieces: readonly { readonly start: number }[] }) =>
  pieces[0]?.start ?? 0;

/**
 * The places among which nothing decides: how a text is set says nothing about which of two equal sentences is meant;
 * letter case does, and for a few words so does it that they begin or end within a word.
 */
export function equallyGood(places: readonly Place[], quote: Quotation): readonly Place[] {
  const short = quote.text.length < A_FEW_WORDS;
  const rank = ({ differs, cut }: Place) => (cut && short ? 2 : 0) + ((differs & bit('letter-case')) === 0 ? 0 : 1);
  const best = Math.min(...places.map(rank));
  return places.filter(place => rank(place) === best);
}
