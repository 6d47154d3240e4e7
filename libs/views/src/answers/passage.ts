import { wordDifference } from '@credence/anchoring';
import type { Difference } from '@credence/anchoring';
import { present } from '../assertion-row.js';
import type { AssertionRow } from '../assertion-row.js';
import type { PassageRow } from '../passages.view.js';
import type { CaptureRow } from '../sources.view.js';
import type { Page, PageRequest, ReadModel } from './model.js';
import { sourceNamed } from './source.js';
import type { SourceNamed } from './source.js';

export interface PieceAnswer {
  readonly start: number;
  readonly end: number;
  readonly pdfPage?: number;
}

/** W3C Web Annotation, 4.2: how to find the place again, by words, by position and by page. */
export type SelectorAnswer =
  | { readonly type: 'TextQuoteSelector'; readonly exact: string; readonly prefix?: string; readonly suffix?: string }
  | { readonly type: 'TextPositionSelector'; readonly start: number; readonly end: number }
  | { readonly type: 'FragmentSelector'; readonly conformsTo: string; readonly value: string };

/** A passage (WIRE.md, "Passage"); without a state no text of the capture was extracted. */
export interface PassageAnswer {
  readonly capture: string;
  readonly exact: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly page?: string | number;
  readonly pdfPage?: number;
  readonly voice: string;
  readonly state?: string;
  readonly pieces?: readonly PieceAnswer[];
  readonly differs?: readonly string[];
  readonly score?: string;
  readonly candidates?: readonly PieceAnswer[];
  /** Of an altered one: the quotation against what stands there, word by word. */
  readonly difference?: readonly Difference[];
  readonly selectors?: readonly SelectorAnswer[];
}

/** A passage as its assertion has it: data and words joined. */
export type PassageFields = Omit<PassageAnswer, 'difference' | 'selectors'> & {
  readonly of?: string;
  readonly found?: { readonly exact?: string; readonly prefix?: string; readonly suffix?: string };
};

export function passageAnswer({ of: _, found = {}, ...passage }: PassageFields): PassageAnswer {
  const { state, pieces = [], exact } = passage;
  if (state === undefined || pieces.length === 0) return passage;
  const difference = state === 'altered' && found.exact !== undefined ? wordDifference(exact, found.exact) : undefined;
  const { pdfPage } = pieces[0] as PieceAnswer;
  return {
    ...passage,
    ...(difference === undefined ? {} : { difference }),
    selectors: [
      { type: 'TextQuoteSelector', ...found, exact: found.exact ?? exact },
      ...pieces.map(({ start, end }) => ({ type: 'TextPositionSelector' as const, start, end })),
      ...(pdfPage === undefined ? [] : [pageSelector(pdfPage)]),
    ],
  };
}

/** RFC 8118 §3: the fragment of a PDF names its page. */
const pageSelector = (page: number): SelectorAnswer => ({
  type: 'FragmentSelector',
  conformsTo: 'http://tools.ietf.org/rfc/rfc3778',
  value: `page=${String(page)}`,
});

/** A passage in a list: with the assertion whose it is. */
export interface PassageItem extends PassageAnswer {
  readonly assertion: string;
  readonly key?: string;
  readonly claim: string;
  readonly claimKey?: string;
  /** Who quotes it. */
  readonly source: SourceNamed | null;
  /** Whether the assertion is retracted. */
  readonly retracted: boolean;
}

export interface PassageFilter {
  /** States; of a passage whose capture has no text: `none`. */
  readonly states?: readonly string[];
  /** Id of the source whose capture is quoted, or that quotes it. */
  readonly source?: string;
  /** SHA-256 of the capture. */
  readonly capture?: string;
  /** With `capture`: whose it is, where two have the same bytes. */
  readonly owner?: string;
}

/** Passages, newest first. */
export function passagesPage(
  model: ReadModel,
  { limit, before }: PageRequest,
  filter: PassageFilter,
): Page<PassageItem> {
  const items: PassageItem[] = [];
  let last: number | null = null;
  for (const seq of seqs(model, before, filter.capture)) {
    const row = model.passages<PassageRow>('passages').get([seq]);
    if (row === undefined || !passes(row, filter)) continue;
    const item = passageItem(row, model);
    if (item === undefined) continue;
    if (items.length === limit) return { items, next: last };
    items.push(item);
    last = seq;
  }
  return { items, next: null };
}

function* seqs(model: ReadModel, before: number | undefined, capture: string | undefined): Generator<number> {
  const prefix = capture === undefined ? [] : [capture];
  const start = before === undefined ? {} : { after: [...prefix, before] };
  const table = model.passages<unknown>(capture === undefined ? 'passages' : 'inCapture');
  for (const { key } of table.range({ prefix, reverse: true, ...start })) yield key.at(-1) as number;
}

const passes = (row: PassageRow, { states, source, owner }: PassageFilter) =>
  (states === undefined || states.includes(row.state ?? 'none')) &&
  (source === undefined || row.owner === source || row.source === source) &&
  (owner === undefined || row.owner === owner);

function passageItem({ assertion, claim }: PassageRow, model: ReadModel): PassageItem | undefined {
  const row = assertionRow(assertion, model);
  const passage = row && (present(row)['passage'] as PassageFields | undefined);
  if (row === undefined || passage === undefined) return undefined;
  const claimKey = model.references<{ key?: string }>('things').get(['claims', claim])?.key;
  return {
    ...passageAnswer(passage),
    assertion,
    ...(row.key === undefined ? {} : { key: row.key }),
    claim,
    ...(claimKey === undefined ? {} : { claimKey }),
    source: sourceNamed(row, model),
    retracted: row.retractions.some(({ liftedBy }) => liftedBy === undefined),
  };
}

export function assertionRow(assertion: string, model: ReadModel): AssertionRow | undefined {
  const at = model.claims<readonly [string, number]>('assertionAt').get([assertion]);
  return at === undefined ? undefined : model.claims<AssertionRow>('assertions').get(at);
}

/** The passage of an assertion, as it stands. */
export function passageOf(assertion: string, model: ReadModel): PassageFields | undefined {
  const row = assertionRow(assertion, model);
  return row && (present(row)['passage'] as PassageFields | undefined);
}

/** The capture with these bytes; of two sources with the same bytes that of `owner`, else the first one's. */
export function captureRow(sha256: string, owner: string | undefined, model: ReadModel): CaptureRow | undefined {
  const owners = Array.from(model.sources<number>('captureOf').range({ prefix: [sha256] }), ({ key, value }) => ({
    source: key[1] as string,
    seq: value,
  }));
  const first = owners.toSorted((a, b) => a.seq - b.seq).find(({ source }) => owner === undefined || source === owner);
  return first && model.sources<CaptureRow>('captures').get([first.source, first.seq]);
}
