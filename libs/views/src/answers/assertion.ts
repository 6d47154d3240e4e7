import type { Relay } from '@credence/contracts';
import { present } from '../assertion-row.js';
import type { AssertionRow } from '../assertion-row.js';
import { shownDate } from '../dates.js';
import type { DateShown } from '../dates.js';
import type { RetractionShown } from '../retractions.js';
import { believing } from './believing.js';
import type { ReadModel } from './model.js';
import { passageAnswer } from './passage.js';
import type { PassageAnswer, PassageFields } from './passage.js';
import { sourceNamed } from './source.js';
import type { SourceNamed } from './source.js';

export interface RelayAnswer {
  readonly assertion: string;
  readonly key?: string;
  readonly how?: string;
  /** The factor under the policy in force, a decimal string. */
  readonly phi: string;
  readonly fidelity?: string;
  readonly fidelityReason?: string;
}

/** An assertion (WIRE.md, "Assertion"). */
export interface AssertionAnswer {
  readonly id: string;
  readonly key?: string;
  readonly source: SourceNamed | null;
  readonly stance?: unknown;
  readonly stanceReason?: string;
  readonly basis: string;
  readonly relays: readonly (RelayAnswer | { readonly unknown: true })[];
  readonly support: string;
  readonly hold: string;
  readonly holdReason?: string;
  readonly onBehalfOf?: string;
  readonly headline?: boolean;
  readonly note?: string;
  readonly assertedAt: DateShown;
  readonly passage?: PassageAnswer;
  readonly locator?: string;
  readonly credibility?: number;
  readonly retractions: readonly RetractionShown[];
  readonly live: boolean;
  readonly excludedBy?: string;
  /** The claim's text under which it was recorded, where that is another one now. */
  readonly claimTextThen?: string;
  readonly codedBy: string;
  readonly seq: number;
  readonly recordedAt: string;
}

/** @param excludedBy - why it counts nowhere at the pins, if so; @param claimText - the claim's present text */
export function assertionAnswer(
  row: AssertionRow,
  model: ReadModel,
  claimText: string,
  excludedBy: string | undefined,
): AssertionAnswer {
  const { id, key, retractions, actor, seq, recordedAt } = row;
  const {
    source: _s,
    relays,
    support,
    assertedAt,
    passage,
    codedBy,
    ...fields
  } = present(row) as {
    source?: string;
    relays: readonly (Relay & { fidelityReason?: string })[];
    support?: string;
    basis: string;
    hold: string;
    assertedAt: Parameters<typeof shownDate>[0] & { said?: string };
    passage?: PassageFields;
    codedBy?: string;
  };
  return {
    id,
    ...(key === undefined ? {} : { key }),
    source: sourceNamed(row, model),
    ...fields,
    relays: relays.map(relay => relayAnswer(relay, fields.basis, model)),
    support: support ?? (relays.length > 1 ? 'unclear' : 'each'),
    assertedAt: shownDate(assertedAt, assertedAt),
    ...(passage === undefined ? {} : { passage: passageAnswer(passage) }),
    retractions,
    live: excludedBy !== 'retracted',
    ...(excludedBy === undefined ? {} : { excludedBy }),
    ...(row.claimText === claimText ? {} : { claimTextThen: row.claimText }),
    codedBy: codedBy ?? actor,
    seq,
    recordedAt,
  };
}

export function relayAnswer(relay: Relay & { fidelityReason?: string }, basis: string, model: ReadModel) {
  if ('unknown' in relay) return relay;
  const { policy } = believing(model);
  const how = relay.how ?? (basis === 'cites' ? undefined : policy.defaultRelay);
  const key = model.references<{ key?: string }>('things').get(['assertions', relay.assertion])?.key;
  return {
    ...relay,
    ...(key === undefined ? {} : { key }),
    ...(how === undefined ? {} : { how }),
    phi: plain(how === undefined ? '1' : policy.relays[how]),
  };
}

/** `.95` as `0.95`, `1` as `1.0`. */
const plain = (decimal: string) =>
  `${decimal.startsWith('.') ? '0' : ''}${decimal}${decimal.includes('.') ? '' : '.0'}`;
