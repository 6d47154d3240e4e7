import type { LedgerEvent } from '@credence/contracts';
import { keyOf, withReinstatement, withRetraction } from './retractions.js';
import type { RetractionShown } from './retractions.js';
import { changed, fieldsOf } from './things.js';
import type { Fields } from './things.js';

/** Something recorded on a claim beside its assertions: a link, a derivation, a decision. */
export interface Attached {
  readonly id: string;
  readonly key?: string;
  readonly fields: Fields;
  readonly actor: string;
  readonly seq: number;
  readonly recordedAt: string;
  /** Removed or reversed: by whom, when and why. It stays in sight of the history alone. */
  readonly endedBy?: { readonly seq: number; readonly reason: string };
}

/** A claim as it stands, without its assertions. */
export interface ClaimRow {
  readonly id: string;
  readonly key?: string;
  readonly fields: Fields;
  readonly retractions: readonly RetractionShown[];
  readonly supersession?: {
    readonly id: string;
    readonly successor: string;
    readonly reason: string;
    readonly seq: number;
  };
  readonly links: readonly Attached[];
  readonly derivations: readonly Attached[];
  readonly decisions: readonly Attached[];
  readonly checkedBy: readonly { readonly actor: string; readonly recordedAt: string }[];
  readonly revision: number;
  readonly seq: number;
  readonly recordedAt: string;
}

/** The events of a claim's stream. */
export type ClaimEvent = Extract<
  LedgerEvent,
  { type: `Claim${string}` | `Derivation${string}` | `Decision${string}` | `Assertion${string}` | `Passage${string}` }
>;

/** The claim after an event of its stream; those of its assertions move its revision alone. */
export function evolveClaim(row: ClaimRow | undefined, event: ClaimEvent): ClaimRow {
  const { revision, seq, recordedAt, actor } = event;
  if (event.type === 'ClaimRecorded') {
    const lists = { retractions: [], links: [], derivations: [], decisions: [], checkedBy: [] };
    return {
      id: event.stream.slice('claim-'.length),
      ...keyOf(event),
      fields: fieldsOf(event),
      ...lists,
      revision,
      seq,
      recordedAt,
    };
  }
  if (row === undefined) throw new Error(`${event.stream}: ${event.type} before ClaimRecorded`);
  const next = { ...row, revision };
  const attached = (id: string): Attached => ({ id, ...keyOf(event), fields: fieldsOf(event), actor, seq, recordedAt });
  const ended = (list: readonly Attached[], id: string, reason: string) =>
    list.map(item => (item.id === id ? { ...item, endedBy: { seq, reason } } : item));
  switch (event.type) {
    case 'ClaimCorrected':
    case 'ClaimRevised':
      return { ...next, fields: changed(row.fields, event.data.set, event.words.set) };
    case 'ClaimSuperseded':
      return {
        ...next,
        supersession: { id: event.data.supersession, successor: event.data.successor, reason: event.words.reason, seq },
      };
    case 'ClaimRetracted':
      return { ...next, retractions: withRetraction(row.retractions, event) };
    case 'ClaimReinstated': {
      const { supersession, ...rest } = next;
      if (supersession?.id === event.data.retraction) return rest;
      return { ...next, retractions: withReinstatement(row.retractions, event) };
    }
    case 'ClaimConfirmed':
      return { ...next, checkedBy: [...row.checkedBy, { actor, recordedAt }] };
    case 'ClaimsLinked':
      return { ...next, links: [...row.links, attached(event.data.link)] };
    case 'ClaimLinkRemoved':
      return { ...next, links: ended(row.links, event.data.link, event.words.reason) };
    case 'DerivationRecorded':
      return { ...next, derivations: [...row.derivations, attached(event.data.derivation)] };
    case 'DerivationRemoved':
      return { ...next, derivations: ended(row.derivations, event.data.derivation, event.words.reason) };
    case 'DecisionRecorded':
      return { ...next, decisions: [...row.decisions, attached(event.data.decision)] };
    case 'DecisionReversed':
      return { ...next, decisions: ended(row.decisions, event.data.decision, event.words.reason) };
    case 'AssertionRecorded':
    case 'AssertionCorrected':
    case 'AssertionRevised':
    case 'AssertionRetracted':
    case 'AssertionReinstated':
    case 'PassageReanchored':
      return next;
  }
}
