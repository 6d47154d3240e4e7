import { check, fields } from '@credence/contracts';
import type { DataOf, DateData, LedgerEvent, ProblemItem, WordsOf } from '@credence/contracts';
import { micro } from '../fraction.js';
import type { Place } from '../place.js';
import type { Retraction } from '../retractions.js';
import { missing } from '../refusals.js';
import { withSet } from '../set.js';

type Data = Omit<DataOf<'AssertionRecorded'>, 'assertion'>;

/** What is on record of an assertion, data and words joined (WIRE.md names). */
export type Asserted = Data & Omit<WordsOf<'AssertionRecorded'>, 'entry'>;

/** Where the words of its passage were last said to stand. */
export interface PlaceState {
  readonly capture: string;
  readonly state: string;
  readonly pieces: readonly { readonly start: number; readonly end: number }[];
}

export interface AssertionState {
  /** As it is now: after the last revision, as corrected. */
  readonly said: Asserted;
  readonly place: PlaceState | undefined;
  readonly standing: readonly Retraction[];
  /** Ids of retractions that were lifted. */
  readonly lifted: readonly string[];
}

export function asserted({ data, words }: Pick<LedgerEvent<'AssertionRecorded'>, 'data' | 'words'>): AssertionState {
  const { assertion: _, ...recorded } = data;
  const { entry: __, ...written } = words;
  const said = withSet({}, { data: recorded, words: written }) as Asserted;
  return { ...stated(said), standing: [], lifted: [] };
}

/** What was said, and apart from it where its quotation was found: that is not compared, and nobody can set it. */
function stated(said: Asserted): Pick<AssertionState, 'said' | 'place'> {
  if (said.passage === undefined) return { said, place: undefined };
  const { state, pieces, differs: _d, score: _s, candidates: _c, found: _f, ...given } = said.passage;
  const place = state === undefined ? undefined : { capture: given.capture, state, pieces: pieces ?? [] };
  return { said: { ...said, passage: given }, place };
}

/** A passage's part of a command with the place that was found for it. */
export const placed = <D extends { passage?: unknown }, W extends { passage?: unknown }>(
  data: D,
  words: W,
  place: Place | undefined,
): { data: D; words: W } => {
  if (place === undefined || data.passage === undefined || data.passage === null) return { data, words };
  const { page: _, pdfPage: __, ...found } = place.data;
  return {
    data: { ...data, passage: { ...data.passage, ...found } },
    words: { ...words, passage: { ...(words.passage as object), ...place.words } },
  };
};

/** A correction is of the record as it stands: after a revision, of what the source says since. */
export const assertionCorrected = (
  state: AssertionState,
  { data, words }: Pick<LedgerEvent<'AssertionCorrected'>, 'data' | 'words'>,
): AssertionState =>
  resaid(state, withSet(state.said, { data: data.set, words: words.set }), data.set.passage !== undefined);

/** The place that was found stays while the passage does. */
const resaid = (state: AssertionState, said: Asserted, passageSet: boolean): AssertionState =>
  passageSet ? { ...state, ...stated(said) } : { ...state, said };

/** The passage is where it was found now; its quotation stays. */
export const passageReanchored = (
  state: AssertionState,
  { data }: Pick<LedgerEvent<'PassageReanchored'>, 'data'>,
): AssertionState => {
  const { said } = state;
  if (said.passage === undefined) return state;
  const { of: _, page: __, pdfPage: ___, prefix: ____, suffix: _____, ...quoted } = said.passage;
  const { capture, of, page, pdfPage } = data;
  const at = {
    ...(of === undefined ? {} : { of }),
    ...(page === undefined ? {} : { page }),
    ...(pdfPage === undefined ? {} : { pdfPage }),
  };
  return {
    ...state,
    said: { ...said, passage: { ...quoted, capture, ...at } },
    place: { capture, state: data.state, pieces: data.pieces },
  };
};

/** A revision is what the source says from its own date on. */
export const assertionRevised = (
  state: AssertionState,
  { data, words }: Pick<LedgerEvent<'AssertionRevised'>, 'data' | 'words'>,
): AssertionState => {
  const dated = withSet(state.said, {
    data: { assertedAt: data.assertedAt },
    words: words.assertedAt === undefined ? {} : { assertedAt: words.assertedAt },
  });
  return resaid(state, withSet(dated, { data: data.set, words: words.set }), data.set.passage !== undefined);
};

type Defaulted = 'basis' | 'relays' | 'hold' | 'assertedAt';

/**
 * The assertion with every default written out, so that an old event never depends on a later one. A passage whose
 * `of` is absent is in a capture of the asserting source.
 *
 * @param cite - bibliography of the asserting source: what has no date of its own was said when that was issued
 */
export function withDefaults(given: Omit<Data, Defaulted> & Partial<Data>, cite: Cite): Data {
  return {
    ...given,
    basis: given.basis ?? 'unstated',
    relays: given.relays ?? [],
    hold: given.hold ?? (given.source !== undefined && isOwnPassage(given.passage) ? 'held' : 'cited'),
    assertedAt: given.assertedAt ?? issuedDate(cite),
    ...(given.passage === undefined ? {} : { passage: withVoice(given.passage) }),
  };
}

type Passage = NonNullable<Data['passage']>;
type Cite = Readonly<Record<string, unknown>> | undefined;

const isOwnPassage = (passage: Passage | undefined) => passage !== undefined && passage.of === undefined;

/** Whose words a passage holds, where nobody said: the asserting source's in its own capture, else a reporter's. */
export const withVoice = (passage: Passage): Passage => ({
  ...passage,
  voice: passage.voice ?? (passage.of === undefined ? 'speaker' : 'reporter'),
});

/** `issued` as an EDTF string: given as one (a bare year too), or as the parts of a CSL date; else unknown. */
function issuedDate(cite: Cite): DateData {
  const date = { edtf: edtfOf(cite?.['issued']) ?? 'unknown' };
  return check(fields.DateData, date).length === 0 ? date : { edtf: 'unknown' };
}

function edtfOf(issued: unknown): string | undefined {
  if (typeof issued === 'number') return String(issued);
  if (typeof issued === 'string') return issued === '' ? undefined : issued;
  if (typeof issued !== 'object' || issued === null) return undefined;
  const { edtf, raw, 'date-parts': parts } = issued as Record<string, unknown>;
  return edtfOf(edtf ?? raw) ?? (Array.isArray(parts) ? fromParts(parts) : undefined);
}

/** CSL-JSON: one date, or the two ends of a range, each of year, month, day as far as known. */
function fromParts(dates: readonly unknown[]): string | undefined {
  const ends = dates.map(date => {
    const [year, ...rest] = Array.isArray(date) ? date.map(part => String(part)) : [];
    return year === undefined || !/^\d{1,4}$/.test(year) || !rest.every(part => /^\d{1,2}$/.test(part))
      ? undefined
      : [year.padStart(4, '0'), ...rest.map(part => part.padStart(2, '0'))].join('-');
  });
  return ends.length < 1 || ends.length > 2 || ends.includes(undefined) ? undefined : ends.join('/');
}

/** What in an assertion contradicts itself, each with a pointer into the body. Other assertions are not looked at. */
export function contradictions(said: Asserted): ProblemItem[] {
  const wrong: ProblemItem[] = [];
  if (said.source === undefined && said.hold !== 'unknown')
    wrong.push(missing('/source', 'only an unknown hop may lack its source'));
  if (said.hold === 'held' && !isOwnPassage(said.passage) && said.holdReason === undefined)
    wrong.push(missing('/holdReason', 'held without a passage in a capture of the asserting source needs a reason'));
  if (said.stance === 'no-recall-expected' && said.stanceReason === undefined)
    wrong.push(missing('/stanceReason', 'no-recall-expected needs a reason'));
  if (typeof said.stance === 'object' && micro(said.stance.b) + micro(said.stance.d) > 1_000_000)
    wrong.push({ pointer: '/stance', code: 'too-much', detail: `b + d is more than 1` });
  const relayed = said.relays.map(relay => ('assertion' in relay ? relay.assertion : undefined));
  relayed.forEach((id, i) => {
    if (id !== undefined && relayed.indexOf(id) !== i)
      wrong.push({ pointer: `/relays/${String(i)}`, code: 'twice', detail: `relays ${id} a second time` });
  });
  return wrong;
}
