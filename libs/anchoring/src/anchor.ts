import type { CapturedText, Page, Piece } from './captured-text.js';
import { namesOf, NONE, type Differs } from './differences.js';
import { marginFor, nearPlaces } from './near.js';
import type { NearPlace } from './near-place.js';
import { pageAt, prepared, type Prepared } from './prepared.js';
import { quotation, type Quotation } from './quotation.js';
import { selectorsOf, type PassageSelectors } from './selectors.js';
import { ALIKE, CLEARLY, surroundingsAt } from './surroundings.js';
import { equallyGood, startOf, wordForWord, type Found } from './word-for-word.js';
import { wordDifference, type Difference } from './words.js';

/** What a passage says of its place. */
export interface Quote {
  readonly exact: string;
  readonly prefix?: string;
  readonly suffix?: string;
  /** The number printed on the page. */
  readonly page?: string | number;
  /** The physical page, from 1. */
  readonly pdfPage?: number;
  /** Where it stood when it was recorded in this same capture, in code points (TextPositionSelector). */
  readonly position?: number;
}

export const STATES = ['exact', 'normalised', 'moved', 'altered', 'ambiguous', 'lost'] as const;
export type State = (typeof STATES)[number];

/** Where a passage stands in a captured text, and how well it was found. Offsets count Unicode code points. */
export interface Anchored {
  readonly state: State;
  /** The place, interruptions left out; none where the state is `ambiguous` or `lost`. */
  readonly pieces: readonly Piece[];
  /** For places that hold the words: in what the text is set otherwise, sorted. */
  readonly differs?: readonly Differs[];
  /** For `altered`: 1 less the share of characters to change. */
  readonly score?: number;
  /** For `altered`: the quotation against the text, word by word. */
  readonly difference?: readonly Difference[];
  /** For `ambiguous`: the places in question, in the order of the text, at most 20. */
  readonly candidates?: readonly Piece[];
  /** How to find the place again: W3C Web Annotation selectors. */
  readonly selectors?: PassageSelectors;
}

const MAX_CANDIDATES = 20;
/** A place on the page named, or in the surroundings named, that scores this much makes a copy elsewhere doubtful. */
const RIVAL = 0.8;

/**
 * Finds a quotation in a captured text and says honestly how well:
 *
 * - `exact`: these characters stand there; `normalised`: these words, set otherwise (`differs`);
 * - `moved`: exact or normalised, but not on the page or not in the surroundings that the passage names;
 * - `altered`: the most alike place, above a floor and clearly above the second best;
 * - `ambiguous`: several places, and neither page, position nor surroundings decide between them;
 * - `lost`: nothing above the floor.
 *
 * Footnote marks, notes, running heads, page numbers and page breaks within the quotation cut it into pieces and change
 * no state. Give a `Prepared` where more than one quotation is sought.
 */
export function anchor(quote: Quote, captured: CapturedText | Prepared): Anchored {
  const text = 'inOrder' in captured ? captured : prepared(captured);
  const wanted = quotation(quote.exact);
  if (wanted.text === '') return { state: 'lost', pieces: [] };
  const { places, broken } = wordForWord(text, wanted);
  const all = [...places, ...broken];
  const here = onPage(all, quote, text);
  const meant = decide(here.length > 0 ? here : all, quote, text);
  const good = places.filter(place => meant.includes(place));
  if (good.length === 0) return like(quote, text, meant);
  const decided = good.length < meant.length ? meant : equallyGood(good, wanted);
  const [chosen] = decided.length === 1 ? good.filter(place => decided.includes(place)) : [];
  if (chosen === undefined) return ambiguous(decided, text);
  const moved = here.length === 0 || isElsewhere(chosen, quote, text);
  if (moved) {
    const rivals = nearPlaces(text, wanted, RIVAL).filter(
      place => !overlaps(place, chosen) && belongs(place, quote, text),
    );
    if (rivals.length > 0) return ambiguous([...rivals, chosen], text);
  }
  return {
    state: moved ? 'moved' : chosen.differs === NONE ? 'exact' : 'normalised',
    pieces: piecesOf(chosen, text),
    ...(chosen.differs === NONE ? {} : { differs: namesOf(chosen.differs) }),
    selectors: selectorsOf(text, chosen.pieces),
  };
}

/** The outcome where no place holds the words. `broken`: the places that have their letters, which only another one could outdo. */
function like(quote: Quote, text: Prepared, broken: readonly Found[]): Anchored {
  const quoted = quotation(quote.exact);
  const places = nearPlaces(text, quoted);
  const [best] = places;
  if (best === undefined) return { state: 'lost', pieces: [] };
  const rivals = places.filter(({ score }) => score > best.score - marginFor(best.score));
  const here = onPage(rivals, quote, text);
  const decided = decide(here.length > 0 ? here : rivals, quote, text);
  const chosen = decided.length === 1 ? decided[0] : undefined;
  if (chosen === undefined) return ambiguous(decided, text);
  if (broken.length > 0 && !broken.some(place => overlaps(place, chosen))) return ambiguous([...broken, chosen], text);
  const same = rivals.filter(place => hasLetters(place, quoted, text));
  if (same.length > 0 && !same.includes(chosen)) return ambiguous([...same, chosen], text);
  if (here.length === 0 || isElsewhere(chosen, quote, text)) {
    const there = places.filter(place => place.score >= RIVAL && place !== chosen && belongs(place, quote, text));
    if (there.length > 0) return ambiguous([...there, chosen], text);
  }
  const found = chosen.pieces.map(({ start, end }) => text.captured.text.slice(start, end)).join(' ');
  return {
    state: 'altered',
    pieces: piecesOf(chosen, text),
    score: scoreOf(chosen, quote),
    difference: wordDifference(quote.exact, found),
    selectors: selectorsOf(text, chosen.pieces),
  };
}

/** Whether a place has the very letters and figures of a quotation: surroundings alone do not decide for one that has others. */
function hasLetters({ letters }: NearPlace, { reading: { units } }: Quotation, { inOrder }: Prepared): boolean {
  if (letters === undefined || letters.last - letters.first + 1 !== units.length) return false;
  return units.every((unit, index) => inOrder.reading.units[letters.first + index] === unit);
}

/** To three places; never 1, for something differs. */
function scoreOf({ score }: NearPlace, { exact }: Quote): number {
  return Math.round(1000 * Math.min(score, 1 - 1 / (exact.length + 1))) / 1000;
}

/** Those on the page named; all of them where none is named, or the capture does not know the page. */
function onPage<F extends Found>(places: readonly F[], quote: Quote, text: Prepared): readonly F[] {
  const isNamed = pageTest(quote, text);
  if (isNamed === undefined) return places;
  return places.filter(({ pieces }) => pieces.some(({ start }) => isNamed(pageAt(text, start))));
}

type PageTest = (page: Page | undefined) => boolean;

function pageTest({ page, pdfPage }: Quote, { pages }: Prepared): PageTest | undefined {
  if (pages.length === 0) return undefined;
  if (pdfPage !== undefined) return there => there?.pdfPage === pdfPage;
  if (page === undefined || !pages.some(({ printed }) => printed !== undefined)) return undefined;
  return there => there?.printed === String(page);
}

/** What position and surroundings leave of several places. */
function decide<F extends Found>(places: readonly F[], quote: Quote, text: Prepared): readonly F[] {
  if (places.length < 2) return places;
  if (quote.position !== undefined) {
    const position = text.points.toUnits(quote.position);
    const at = places.filter(place => startOf(place) === position);
    if (at.length === 1) return at;
  }
  const scored = places.map(place => ({ place, score: surroundings(place, quote, text)?.both ?? 0 }));
  const best = Math.max(...scored.map(({ score }) => score));
  if (best < ALIKE) return places;
  return scored.filter(({ score }) => score > best - CLEARLY).map(({ place }) => place);
}

const surroundings = (place: Found, quote: Quote, { inOrder }: Prepared) =>
  surroundingsAt(inOrder.reading, place, quote);

/** Whether a place has other words on both of the sides that the passage names. */
function isElsewhere(place: Found, quote: Quote, text: Prepared): boolean {
  const there = surroundings(place, quote, text);
  return there !== undefined && there.side < ALIKE;
}

/** Whether a place is where the passage says, as far as it says anything. */
function belongs(place: NearPlace, quote: Quote, text: Prepared): boolean {
  const isNamed = pageTest(quote, text);
  const there = surroundings(place, quote, text);
  if (isNamed !== undefined && !isNamed(pageAt(text, startOf(place)))) return false;
  return (isNamed !== undefined || there !== undefined) && (there === undefined || there.side >= ALIKE);
}

const overlaps = (one: Found, two: Found) =>
  one.pieces.some(a => two.pieces.some(b => a.start < b.end && b.start < a.end));

function ambiguous(places: readonly Found[], text: Prepared): Anchored {
  const candidates = [...places]
    .sort((one, two) => startOf(one) - startOf(two))
    .slice(0, MAX_CANDIDATES)
    .map(({ pieces }) => piece(startOf({ pieces }), pieces.at(-1)?.end ?? 0, text));
  return { state: 'ambiguous', pieces: [], candidates };
}

const piecesOf = ({ pieces }: Found, text: Prepared) => pieces.map(({ start, end }) => piece(start, end, text));

function piece(start: number, end: number, text: Prepared): Piece {
  const page = pageAt(text, start);
  return {
    start: text.points.fromUnits(start),
    end: text.points.fromUnits(end),
    ...(page === undefined ? {} : { pdfPage: page.pdfPage }),
  };
}
