import { anchor } from '@credence/anchoring';
import type { Anchored, Piece, Prepared, Quote } from '@credence/anchoring';
import type { Place } from '@credence/claims';
import { refuse } from '@credence/contracts';
import type { Refusal } from '@credence/contracts';

const MAX_PIECES = 1000;
const MAX_FOUND = 40_000;
/** UTF-16 code units around a place. */
const AROUND = 32;

/** Where a quotation stands; or, with `at`, how its words fit the place that somebody names for them. */
export interface PlaceQuestion extends Quote {
  readonly at?: Span;
}
export interface Span {
  readonly start: number;
  readonly end: number;
}
/** In the parts of an event; a refusal where the text has no such place. */
export type PlaceAnswer = Place | Refusal;

export function answerTo({ at, ...quote }: PlaceQuestion, text: Prepared): PlaceAnswer {
  return at === undefined ? placed(anchor(quote, text), quote.exact) : placeAt(quote.exact, at, text);
}

/** What anchoring found, in the parts of an event. */
function placed({ state, pieces, differs, score, candidates, selectors }: Anchored, exact: string): Place {
  return {
    data: {
      state,
      pieces: pieces.slice(0, MAX_PIECES).map(asPiece),
      ...(differs === undefined ? {} : { differs: [...differs] }),
      ...(score === undefined ? {} : { score: score.toFixed(3) }),
      ...(candidates === undefined ? {} : { candidates: candidates.map(asPiece) }),
    },
    words: selectors === undefined ? {} : foundWords(selectors.quote, exact),
  };
}

const asPiece = ({ start, end, pdfPage }: Piece) => ({ start, end, ...(pdfPage === undefined ? {} : { pdfPage }) });

function foundWords(
  { exact, prefix = '', suffix = '' }: { exact: string; prefix?: string; suffix?: string },
  quoted: string,
): Place['words'] {
  const found = {
    ...(exact === quoted || exact.length > MAX_FOUND ? {} : { exact }),
    ...(prefix === '' ? {} : { prefix }),
    ...(suffix === '' ? {} : { suffix }),
  };
  return Object.keys(found).length === 0 ? {} : { found };
}

/** The state says only how the words fit the place: whoever named it has looked at page and surroundings. */
function placeAt(exact: string, { start, end }: Span, text: Prepared): PlaceAnswer {
  const { points, captured } = text;
  if (start >= end || end > points.length) {
    const detail = `the text has ${String(points.length)} characters, and the place is ${String(start)} to ${String(end)}`;
    return refuse('invalid-body', `/end: ${detail}`, [{ pointer: '/end', code: 'out-of-range', detail }]);
  }
  const whole = anchor({ exact, position: start }, text);
  const [first, last] = [whole.pieces[0], whole.pieces.at(-1)];
  const found = first?.start === start && last?.end === end ? whole : within(exact, start, end, text);
  const page = captured.pages?.find(one => one.start <= start && start <= one.end);
  const { data } = placed(found, exact);
  const [from, to] = [points.toUnits(start), points.toUnits(end)];
  const cut = {
    exact: captured.text.slice(from, to),
    prefix: captured.text.slice(points.toUnits(Math.max(0, start - AROUND)), from),
    suffix: captured.text.slice(to, points.toUnits(Math.min(points.length, end + AROUND))),
  };
  return {
    data: {
      ...data,
      ...(page === undefined ? {} : { pdfPage: page.pdfPage }),
      ...(page?.printed === undefined ? {} : { page: page.printed }),
    },
    words: foundWords(cut, exact),
  };
}

/** The same question of these characters alone. */
function within(exact: string, start: number, end: number, { points, captured }: Prepared): Anchored {
  const alone = anchor({ exact }, { text: captured.text.slice(points.toUnits(start), points.toUnits(end)) });
  const pdfPage = captured.pages?.find(one => one.start <= start && start <= one.end)?.pdfPage;
  const here = (piece: Piece) => ({
    start: piece.start + start,
    end: piece.end + start,
    ...(pdfPage === undefined ? {} : { pdfPage }),
  });
  const certain = alone.state === 'exact' || alone.state === 'normalised';
  const pieces = certain ? alone.pieces.map(here) : [here({ start: 0, end: end - start })];
  return { ...alone, pieces };
}
