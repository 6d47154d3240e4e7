import { around } from '@credence/anchoring';
import type { Quote } from '@credence/anchoring';
import type { Place, TextOf } from '@credence/claims';
import { isRefusal, LedgerError, vocabulary } from '@credence/contracts';
import { captureRow, passageAnswer, passageOf, passagesPage } from '@credence/views';
import type { CaptureAnswer, PassageFields, ReadModel } from '@credence/views';
import type {
  AnchorAnswer,
  AnchorQuestion,
  AroundAnswer,
  ReanchoredItem,
  ReanchoringAnswer,
} from './capture-answers.js';
import type { PlaceAnswer } from './place.js';
import type { Texts } from './texts.js';

/** A capture as a reference names it. */
export function captureIn(sha256: string, owner: string | undefined, model: ReadModel): CaptureAnswer {
  const row = captureRow(sha256, owner, model);
  if (row === undefined) throw new LedgerError('not-found', `no capture ${sha256} at this moment`);
  return row;
}

/** @throws not-found - no text was extracted of it */
export function textOf({ sha256, text, withoutText }: CaptureAnswer): TextOf {
  if (text !== undefined) return text;
  const why = withoutText === true ? 'nobody wanted it' : 'documents of its kind have none';
  throw new LedgerError('not-found', `no text was extracted of capture ${sha256}: ${why}`);
}

export const DEFAULT_AROUND = 200;
const MOST_AROUND = 10_000;

/** @throws invalid-parameter */
export function charactersOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_AROUND;
  const characters = /^[0-9]{1,5}$/.test(text) ? Number(text) : NaN;
  if (characters <= MOST_AROUND) return characters;
  const detail = `found "${text}", wanted 0 to ${String(MOST_AROUND)}`;
  throw new LedgerError('invalid-parameter', `characters: ${detail}`, [
    { pointer: 'characters', code: 'invalid', detail },
  ]);
}

/**
 * The passage of an assertion, in the text of the capture that it quotes.
 *
 * @throws not-found - the assertion quotes nothing in this capture, or no text was extracted
 */
export async function aroundPassage(
  capture: CaptureAnswer,
  assertion: string,
  characters: number,
  model: ReadModel,
  texts: Texts,
): Promise<AroundAnswer> {
  const passage = passageOf(assertion, model);
  if (passage?.capture !== capture.sha256)
    throw new LedgerError('not-found', `assertion ${assertion} quotes nothing in capture ${capture.sha256}`);
  const { state, pieces = [], candidates = [] } = passage;
  if (state === undefined) throw new LedgerError('not-found', 'the passage was recorded when there was no text');
  const places = pieces.length > 0 ? [pieces] : candidates.map(candidate => [candidate]);
  const text = await texts.captured(textOf(capture));
  return {
    capture: capture.sha256,
    assertion,
    state,
    stretches: places.flatMap(place => around(text, place, characters)),
  };
}

/** Where the words stand; asks only. @throws too-large - it takes too long to look for them */
export async function anchorIn(capture: CaptureAnswer, quote: AnchorQuestion, texts: Texts): Promise<AnchorAnswer> {
  const [found] = await texts.places(textOf(capture), [quote]);
  if (isRefusal(found)) throw new LedgerError(found.refused, found.detail, found.errors);
  return { ...quote, capture: capture.sha256, ...foundAs(found as Place, quote.exact) };
}

/** What anchoring found, in the words of a passage. */
function foundAs({ data, words }: Place, quoted: string): Omit<AnchorAnswer, 'capture' | 'exact'> {
  const {
    voice: _,
    capture: __,
    exact: ___,
    ...answer
  } = passageAnswer({
    capture: '',
    exact: quoted,
    voice: '',
    ...data,
    ...words,
  });
  return answer;
}

const MOST_REANCHORED = 10_000;
const AT_ONCE = 20;

/** A passage for which it takes too long to look has no state now. */
export async function reanchored(
  capture: CaptureAnswer,
  replaced: CaptureAnswer,
  model: ReadModel,
  texts: Texts,
): Promise<ReanchoringAnswer> {
  const filter = { capture: replaced.sha256, owner: replaced.source };
  const passages = passagesPage(model, { limit: MOST_REANCHORED }, filter).items.toReversed();
  const found: PlaceAnswer[] = [];
  for (let from = 0; from < passages.length; from += AT_ONCE) {
    const asked = passages
      .slice(from, from + AT_ONCE)
      .map(({ assertion }) => questionOf(passageOf(assertion, model) as PassageFields));
    found.push(...(await texts.places(textOf(capture), asked)));
    await new Promise(resume => setImmediate(resume)); // those in small texts are answered in this thread
  }
  const items = passages.map(({ assertion, key, claim, claimKey, exact, state, pieces }, i): ReanchoredItem => {
    const place = found[i] as PlaceAnswer;
    return {
      assertion,
      ...(key === undefined ? {} : { key }),
      claim,
      ...(claimKey === undefined ? {} : { claimKey }),
      exact,
      before: { ...(state === undefined ? {} : { state }), ...(pieces === undefined ? {} : { pieces }) },
      now: isRefusal(place) ? {} : foundAs(place, exact),
    };
  });
  const states: Record<string, number> = {};
  for (const { now } of items) {
    const { state = 'none' } = now;
    states[state] = (states[state] ?? 0) + 1;
  }
  return { capture: capture.sha256, replaces: replaced.sha256, states, items, total: items.length };
}

/** The quotation with what is known of where it stood: as given, else as found. */
function questionOf({ exact, prefix, suffix, page, pdfPage, found }: PassageFields): Quote {
  const [before, after] = [prefix ?? found?.prefix, suffix ?? found?.suffix];
  return {
    exact,
    ...(before === undefined ? {} : { prefix: before }),
    ...(after === undefined ? {} : { suffix: after }),
    ...(page === undefined ? {} : { page }),
    ...(pdfPage === undefined ? {} : { pdfPage }),
  };
}

/** States that a list of passages can be asked for. @throws invalid-parameter */
export function passageStatesOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const known = [...vocabulary.PASSAGE_STATES, 'none'];
  const states = text.split(',');
  const unknown = states.find(state => !known.includes(state));
  if (unknown === undefined) return states;
  const detail = `found "${unknown}", wanted ${known.join(', ')}`;
  throw new LedgerError('invalid-parameter', `state: ${detail}`, [{ pointer: 'state', code: 'invalid', detail }]);
}
