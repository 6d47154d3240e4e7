import { chainsOf } from '@credence/belief';
import type { Relay } from '@credence/contracts';
import { present } from '../assertion-row.js';
import type { AssertionRow } from '../assertion-row.js';
import { shownDate } from '../dates.js';
import type { DateShown } from '../dates.js';
import { assertionsOn } from './claim.js';
import { relayAnswer } from './assertion.js';
import { believing } from './believing.js';
import type { ReadModel } from './model.js';
import { passageAnswer } from './passage.js';
import type { PassageAnswer, PassageFields } from './passage.js';
import { sourceNamed } from './source.js';
import type { SourceNamed } from './source.js';

export interface HopAnswer {
  readonly assertion: string;
  readonly key?: string;
  readonly source: SourceNamed | null;
  /** How it relays the next hop; absent at the end of the chain, and where it speaks in its own voice. */
  readonly how?: string;
  readonly fidelity?: string;
  readonly locator?: string;
  readonly passage?: PassageAnswer;
  readonly capture?: string;
  readonly assertedAt: DateShown;
  readonly hold: string;
  readonly circular: boolean;
}

/** The chains of a claim (WIRE.md, "Chain"), without the pins. */
export interface ChainAnswer {
  readonly claim: string;
  readonly chains: readonly { readonly carries: boolean; readonly hops: readonly HopAnswer[] }[];
  readonly total: number;
  readonly truncated: boolean;
}

export function chainAnswer(claim: string, model: ReadModel): ChainAnswer {
  const rows = new Map(assertionsOn(claim, model).map(row => [row.id, row]));
  const { facts, policy } = believing(model);
  const { chains, total, truncated } = chainsOf(facts, claim, model.query, policy);
  return {
    claim,
    chains: chains.map(({ carries, hops }) => ({
      carries,
      hops: hops.map((hop, i) =>
        hopAnswer(rows.get(hop.assertion) as AssertionRow, hops[i + 1]?.assertion, hop.circular, model),
      ),
    })),
    total,
    truncated,
  };
}

function hopAnswer(row: AssertionRow, next: string | undefined, circular: boolean, model: ReadModel): HopAnswer {
  const { relays, passage, locator, hold, basis, assertedAt } = present(row) as {
    relays: readonly Relay[];
    passage?: PassageFields;
    locator?: string;
    hold: string;
    basis: string;
    assertedAt: Parameters<typeof shownDate>[0] & { said?: string };
  };
  const relay = relays.find(r => 'assertion' in r && r.assertion === next);
  const relayed = relay === undefined ? undefined : relayAnswer(relay, basis, model);
  const { how, fidelity } = relayed === undefined || 'unknown' in relayed ? {} : relayed;
  return {
    assertion: row.id,
    ...(row.key === undefined ? {} : { key: row.key }),
    source: sourceNamed(row, model),
    ...(how === undefined ? {} : { how }),
    ...(fidelity === undefined ? {} : { fidelity }),
    ...(locator === undefined ? {} : { locator }),
    ...(passage === undefined ? {} : { passage: passageAnswer(passage), capture: passage.capture }),
    assertedAt: shownDate(assertedAt, assertedAt),
    hold,
    circular,
  };
}
