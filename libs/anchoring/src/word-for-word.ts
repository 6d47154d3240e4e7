import { bit, NONE } from './differences.js';
import { occurrences } from './index-of-letters.js';
import { likelyStarts, slackOf } from './near.js';
import { placeAt, type Place } from './place.js';
import type { Prepared } from './prepared.js';
import type { Quotation } from './quotation.js';
import { readingOf } from './reading.js';

/** As many places of one quotation are told apart; of more it is only known that there are many. */
const MAX_PLACES = 20_000;
/** Work spent on judging places, in letters. */
const MAX_WORK = 20_000_000;

/** Every place that holds a quotation word for word, in the order of the text. */
export function wordForWord(text: Prepared, quote: Quotation): Place[] {
  const { reading, grams, losesBlanks, captured } = text;
  const { units } = quote.reading;
  if (units.length === 0) return marksOnly(captured.text, quote.text);
  const limit = Math.max(2, Math.min(MAX_PLACES, Math.floor(MAX_WORK / units.length)));
  const found = occurrences(units, reading.units, grams, limit).flatMap(
    first => placeAt(reading, first, quote, losesBlanks) ?? [],
  );
  const places = found.length > 0 || reading.runs.length === 1 ? found : acrossInterruptions(text, quote);
  return places.sort((one, two) => startOf(one) - startOf(two));
}

/** A quotation that has kept what interrupts the text (a footnote mark, say) is sought in the source as it stands. */
function acrossInterruptions({ reading, grams, captured, losesBlanks }: Prepared, quote: Quotation): Place[] {
  const length = quote.reading.units.length;
  const slack = slackOf(length);
  const found = new Map<number, Place>();
  for (const start of likelyStarts(reading, grams, quote)) {
    const places = reading.at.subarray(Math.max(0, start), Math.min(reading.units.length, start + length + slack));
    if (places.length === 0) continue;
    const from = Math.max(0, (places[0] as number) - 4 * slack);
    const to = Math.min(captured.text.length, (places[0] as number) + 2 * (quote.text.length + 4 * slack));
    const plain = readingOf(captured.text, [{ start: from, end: to, joint: 'stop' }]);
    for (const first of occurrences(quote.reading.units, plain.units, undefined, 8)) {
      const place = placeAt(plain, first, quote, losesBlanks);
      if (place !== undefined) found.set(startOf(place), place);
    }
  }
  return [...found.values()];
}

/** A quotation without a letter is found as it stands, or not at all. */
function marksOnly(source: string, text: string): Place[] {
  const found: Place[] = [];
  for (
    let at = text === '' ? -1 : source.indexOf(text);
    at >= 0 && found.length < MAX_PLACES;
    at = source.indexOf(text, at + 1)
  ) {
    found.push({ pieces: [{ start: at, end: at + text.length }], differs: NONE, cut: false });
  }
  return found;
}

export const startOf = ({ pieces }: { readonly pieces: readonly { readonly start: number }[] }) =>
  pieces[0]?.start ?? 0;

/**
 * The places among which nothing but page and surroundings can decide: how a text is set says nothing about which of two
 * equal sentences is meant, letter case and beginning within a word do.
 */
export function equallyGood(places: readonly Place[]): readonly Place[] {
  const rank = ({ differs, cut }: Place) => (cut ? 2 : 0) + ((differs & bit('letter-case')) === 0 ? 0 : 1);
  const best = Math.min(...places.map(rank));
  return places.filter(place => rank(place) === best);
}
