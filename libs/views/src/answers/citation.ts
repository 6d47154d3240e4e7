import { present } from '../assertion-row.js';
import type { AssertionRow } from '../assertion-row.js';
import { shownDate } from '../dates.js';
import type { DateShown } from '../dates.js';
import type { ClaimRow } from '../claim-row.js';
import type { Thing } from '../references.view.js';
import type { SourceRow } from '../source-row.js';
import type { CaptureRow } from '../sources.view.js';
import type { PassageFields } from './passage.js';
import { believing } from './believing.js';
import { chainAnswer } from './chain.js';
import { assertionsOn, claimItem } from './claim.js';
import { readerName } from './headline.js';
import type { ReadModel } from './model.js';
import { sourceNamed } from './source.js';

/** The bytes that a passage stands in: what a stranger compares a copy with in ten years. */
export interface CitedCapture {
  readonly sha256: string;
  readonly mediaType: string;
  readonly retrievedAt?: DateShown;
  readonly url?: string;
  readonly edition?: string;
  /** What readers may call its source, where that is not who is cited here. */
  readonly of?: string;
}

/** One who says it, on the way from a document in our hands to the origin. */
export interface CitedHop {
  readonly assertion: string;
  readonly key?: string;
  /** Null: an unknown hop. */
  readonly source: string | null;
  /** What readers may call the source: its name only where it is named publicly. */
  readonly name: string;
  readonly kind: string;
  /** CSL-JSON fields; of a source that is not named publicly only its type and date, for a title leads to a name. */
  readonly cite: Readonly<Record<string, unknown>>;
  readonly assertedAt: DateShown;
  readonly locator?: string;
  readonly page?: string | number;
  readonly pdfPage?: number;
  readonly hold: string;
  readonly capture?: CitedCapture;
  /** Where the words were not found as they are quoted: `altered`, `ambiguous`, `lost`, `moved`. */
  readonly passageState?: string;
}

export interface CitedChain {
  /** `mention`: no origin is known; the document is cited for that it says so. */
  readonly side: 'for' | 'against' | 'mention';
  /** What was said, where it was said of another claim that is linked to this one. */
  readonly of?: { readonly claim: string; readonly statement: string };
  /** The outermost document first, the origin last. */
  readonly hops: readonly CitedHop[];
}

/** Who says a claim, where it can be looked up, and how it stands: all that a citation of it is made of. */
export interface CitationFacts {
  readonly claim: string;
  readonly key?: string;
  readonly statement: string;
  readonly state: 'open' | 'retracted' | 'superseded';
  readonly status: string;
  /** The status in a sentence. */
  readonly headline: string;
  readonly chains: readonly CitedChain[];
  /** Chains to further origins, not listed. */
  readonly more: number;
}

/** A note that names more is read by nobody. */
const MAX_CHAINS = 20;

/**
 * The origins on both sides, each with its best chain (the weightiest first); where there is none, the documents that
 * mention the claim. A claim that is retracted has none either: what was said for it is cited as of before.
 */
export function citationFacts(claim: string, model: ReadModel): CitationFacts | undefined {
  const item = claimItem(claim, model);
  if (item === undefined) return undefined;
  const chains = chainsCited(claim, model);
  return {
    claim,
    ...(item.key === undefined ? {} : { key: item.key }),
    statement: item.text,
    state: item.state,
    status: item.belief.status.code,
    headline: item.belief.headline,
    chains: chains.slice(0, MAX_CHAINS).map(({ side, hops }) => {
      const on = claimOf(hops[0] as string, model);
      const other = on === claim ? undefined : model.claims<ClaimRow>('claims').get([on]);
      const statement = other?.fields['text'] as string | undefined;
      const rows = new Map(assertionsOn(on, model).map(row => [row.id, row]));
      return {
        side,
        ...(statement === undefined ? {} : { of: { claim: on, statement } }),
        hops: hops.flatMap(assertion => {
          const row = rows.get(assertion);
          return row === undefined ? [] : [hopOf(row, model)];
        }),
      };
    }),
    more: Math.max(0, chains.length - MAX_CHAINS),
  };
}

/** The claim that an assertion is on: linked claims lend each other their origins. */
const claimOf = (assertion: string, { references }: ReadModel): string =>
  references<Thing>('things').get(['assertions', assertion])?.stream.slice('claim-'.length) ?? '';

/** Assertions by id, the outermost first. */
function chainsCited(claim: string, model: ReadModel): { side: CitedChain['side']; hops: readonly string[] }[] {
  const { core } = believing(model).whole(claim);
  const sides = [
    { side: 'for', origins: core.pro.origins },
    { side: 'against', origins: core.con.origins },
  ] as const;
  const found = sides.flatMap(({ side, origins }) =>
    [...origins]
      .sort((a, b) => b.e - a.e || (a.assertion < b.assertion ? -1 : 1))
      .map(({ chain }) => ({ side, hops: chain.map(({ assertion }) => assertion).reverse() })),
  );
  if (found.length > 0) return found;
  const outermost = chainAnswer(claim, model).chains.map(({ hops }) => hops.map(({ assertion }) => assertion));
  const first = new Map(outermost.map(hops => [hops[0], hops]).reverse() as [string, string[]][]);
  return [...first.values()].reverse().map(hops => ({ side: 'mention', hops }));
}

interface SourceFields {
  readonly name: string;
  readonly kind: string;
  readonly named: string;
  readonly cite?: Readonly<Record<string, unknown>>;
}

function hopOf(row: AssertionRow, model: ReadModel): CitedHop {
  const { passage, locator, hold, assertedAt } = present(row) as {
    passage?: PassageFields & { of?: string; state?: string };
    locator?: string;
    hold: string;
    assertedAt: Parameters<typeof shownDate>[0] & { said?: string };
  };
  const named = sourceNamed(row, model);
  const fields =
    named === null
      ? undefined
      : (model.sources<SourceRow>('sources').get([named.id])?.fields as unknown as SourceFields);
  const capture = passage === undefined || named === null ? undefined : captureOf(passage, named.id, model);
  const { page, pdfPage, state } = passage ?? {};
  return {
    assertion: row.id,
    ...(row.key === undefined ? {} : { key: row.key }),
    source: named?.id ?? null,
    name: named === null ? 'an unknown source' : readerName(named.id, model),
    kind: fields?.kind ?? 'group',
    cite: fields === undefined ? {} : publicFields(fields),
    assertedAt: shownDate(assertedAt, assertedAt),
    ...(locator === undefined ? {} : { locator }),
    ...(page === undefined ? {} : { page }),
    ...(pdfPage === undefined ? {} : { pdfPage }),
    hold,
    ...(capture === undefined ? {} : { capture }),
    ...(state === undefined || state === 'exact' || state === 'normalised' ? {} : { passageState: state }),
  };
}

function publicFields({ named, cite = {} }: SourceFields): Readonly<Record<string, unknown>> {
  if (named === 'publicly') return cite;
  return Object.fromEntries(Object.entries(cite).filter(([name]) => name === 'type' || name === 'issued'));
}

function captureOf(
  { capture, of }: { readonly capture: string; readonly of?: string },
  asserting: string,
  model: ReadModel,
): CitedCapture | undefined {
  const owner = of ?? asserting;
  const seq = model.sources<number>('captureOf').get([capture, owner]);
  const row = seq === undefined ? undefined : model.sources<CaptureRow>('captures').get([owner, seq]);
  if (row === undefined) return undefined;
  const { sha256, mediaType, retrievedAt, url, edition } = row;
  const isPublic = model.sources<SourceRow>('sources').get([owner])?.fields['named'] === 'publicly';
  return {
    sha256,
    mediaType,
    ...(retrievedAt === undefined ? {} : { retrievedAt }),
    ...(url === undefined || !isPublic ? {} : { url }),
    ...(edition === undefined || !isPublic ? {} : { edition }),
    ...(owner === asserting ? {} : { of: readerName(owner, model) }),
  };
}
