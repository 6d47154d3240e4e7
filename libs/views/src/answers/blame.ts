import type { ClaimFact } from '@credence/belief';
import type { LedgerEvent } from '@credence/contracts';
import { keptBelief, keptStatus, statusAsOf } from '../belief.view.js';
import type { Recorded } from '../belief-facts.js';
import { believing } from './believing.js';
import { assertionsOn } from './claim.js';
import { claimHistory } from './history.js';
import type { HistoryItem } from './history.js';
import type { ReadModel } from './model.js';
import { sourceNamed } from './source.js';
import type { SourceNamed } from './source.js';

/** A current value of a claim or of an assertion on it: who set it, when, why, on which source. */
export interface BlameItem {
  /** The claim, or the assertion. */
  readonly id: string;
  readonly thing: 'claim' | 'assertion';
  /** RFC 6901 pointer into it: `/text`, `/passage/page`; of what is attached to it, the thing as a whole: `/links/<id>`. */
  readonly path: string;
  readonly value: unknown;
  /** The event that set it. */
  readonly seq: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: string;
  /** Absent of a first entry. */
  readonly reason?: string;
  /** Of an assertion, and of a status that one brought about: who says so; null is the stand-in of an unknown hop. */
  readonly source?: SourceNamed | null;
  /** The entry of the dossier that it was imported from. */
  readonly entry?: { readonly dossier: string; readonly section: string; readonly key: string };
}

/** Who set each current value, without the pins. */
export interface BlameAnswer {
  readonly claim: string;
  readonly items: readonly BlameItem[];
}

/** What a claim or an assertion may have; a blame can be narrowed to one of these. */
export const BLAMED = [
  ...['text', 'form', 'holdsDuring', 'topics', 'entities', 'note', 'supersededBy'],
  ...['retractions', 'links', 'derivations', 'decisions', 'belief'],
  ...['source', 'stance', 'stanceReason', 'basis', 'relays', 'support', 'hold', 'holdReason', 'onBehalfOf'],
  ...['headline', 'assertedAt', 'passage', 'locator', 'credibility', 'codedBy'],
] as const;

/**
 * The values that stand at the end of a claim's stream, each with the event that set it last: of a corrected record the
 * correction, of what a correction left alone the event before. The claim's own first.
 *
 * @param events - of the claim's stream, in order
 */
export function blameOf(
  events: readonly LedgerEvent[],
  sourceOf: (assertion: string) => SourceNamed | null | undefined,
): readonly BlameItem[] {
  const claim = events[0]?.stream.slice('claim-'.length);
  const things = new Map<string, Map<string, ValueSet>>();
  for (const item of claimHistory(events))
    for (const { path, to } of item.changes) {
      const values = things.get(item.id) ?? new Map<string, ValueSet>();
      things.set(item.id, values);
      put(values, path, to, item);
    }
  const entries = new Map(events.map(event => [event.seq, event.words.entry]));
  return [...things].flatMap(([id, values]) =>
    [...values].map(([path, { value, by }]): BlameItem => {
      const { seq, type, recordedAt, actor, reason } = by;
      const source = id === claim ? undefined : sourceOf(id);
      const entry = entries.get(seq);
      return {
        ...{ id, thing: id === claim ? 'claim' : 'assertion', path, value, seq, type, recordedAt, actor },
        ...(reason === undefined ? {} : { reason }),
        ...(source === undefined ? {} : { source }),
        ...(entry === undefined ? {} : { entry: { dossier: entry.dossier, section: entry.section, key: entry.key } }),
      };
    }),
  );
}

/** A value, and the change that set it. */
interface ValueSet {
  readonly value: unknown;
  readonly by: HistoryItem;
}

/**
 * The status of a claim and the event since which it has it, as the belief view keeps them.
 *
 * @param last - the last event that the tables hold
 * @returns undefined where that is not known beforehand: under `publicBy`, and while the belief waits to be computed
 */
export function statusSince(claim: string, last: number, model: ReadModel): ReturnType<typeof keptStatus> {
  const { belief: tables, query, upTo } = model;
  if (query.publicBy !== undefined) return undefined;
  const known =
    keptBelief(claim, tables) !== undefined || (upTo !== undefined && statusAsOf(claim, upTo, tables) !== undefined);
  const fact = believing(model).facts.claim(claim) as Recorded<ClaimFact> | undefined;
  return !known || fact === undefined ? undefined : keptStatus(fact.seq, last, tables);
}

/** Who says each assertion on the claim. */
export const saidBy = (claim: string, model: ReadModel): ReadonlyMap<string, SourceNamed | null> =>
  new Map(assertionsOn(claim, model).map(row => [row.id, sourceNamed(row, model)] as const));

/** What is attached to a thing is set as a whole. */
const ATTACHED = /^(\/(?:retractions|links|derivations|decisions)\/[^/]+)\/(.+)$/;

function put(values: Map<string, ValueSet>, path: string, value: unknown, by: HistoryItem): void {
  const [, whole, member] = ATTACHED.exec(path) ?? [];
  if (whole !== undefined && member !== undefined) {
    if (value === undefined) values.delete(whole);
    else values.set(whole, { value: { ...(values.get(whole)?.value as object | undefined), [member]: value }, by });
    return;
  }
  for (const known of [...values.keys()])
    if (known === path || known.startsWith(`${path}/`) || path.startsWith(`${known}/`)) values.delete(known);
  if (value !== undefined) values.set(path, { value, by });
}
