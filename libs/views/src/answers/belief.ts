import { coreHash, explain } from '@credence/belief';
import type { Belief, Core, Explanation } from '@credence/belief';
import type { Relay } from '@credence/contracts';
import { present } from '../assertion-row.js';
import type { AssertionRow } from '../assertion-row.js';
import { beliefRow } from '../belief.view.js';
import { shownDate } from '../dates.js';
import type { DateShown } from '../dates.js';
import { believing } from './believing.js';
import { relayAnswer } from './assertion.js';
import { headlineOf } from './headline.js';
import type { ReadModel } from './model.js';
import { printableOf } from './words.js';
import type { Printable } from './words.js';

export interface BeliefHop {
  readonly how?: string;
  readonly fidelity?: string;
  readonly assertedAt: DateShown;
  readonly locator?: string;
  readonly seq: number;
}

/** The belief in a claim and all that leads to it (WIRE.md, "Belief"), without the pins. */
export interface BeliefAnswer extends Omit<Explanation, 'words' | 'alternatives'> {
  readonly claim: string;
  readonly core: Core;
  readonly coreHash: string;
  readonly mentions: Belief['mentions'];
  /** Of every assertion in a chain of the core: how it relays the hop before it, when, where, and its event. */
  readonly hops: Readonly<Record<string, BeliefHop>>;
  readonly alternatives: readonly {
    readonly assertion: string;
    readonly coding: string;
    readonly words: string;
    readonly core: Core;
  }[];
  readonly words: Explanation['words'] & Printable & { readonly headline: string };
}

export function beliefAnswer(claim: string, model: ReadModel): BeliefAnswer | undefined {
  const { facts, policy, memo, whole } = believing(model);
  if (facts.claim(claim) === undefined) return undefined;
  const believed = whole(claim);
  const { words, alternatives, ...explained } = explain(facts, claim, model.query, policy, memo);
  const { core, mentions } = believed;
  return {
    claim,
    core,
    coreHash: coreHash(core, model.sha256),
    ...explained,
    hops: hopsOf(core, model),
    mentions,
    alternatives: alternatives.map(a => ({ ...a, words: `${CODINGS[a.coding]}: ${a.core.status.code}` })),
    words: {
      headline: headlineOf(claim, beliefRow(believed, model.sha256), model),
      ...printableOf(claim, believed, model),
      ...words,
    },
  };
}

const CODINGS: Readonly<Record<string, string>> = {
  'own-finding': 'as its own finding',
  unstated: 'as its own word, basis unstated',
  cites: 'in its own voice on what it cites',
  relay: 'as a relay of what it cites',
};

function hopsOf(core: Core, model: ReadModel): Record<string, BeliefHop> {
  const hops: Record<string, BeliefHop> = {};
  for (const { chain } of [...core.pro.origins, ...core.con.origins])
    for (const [i, { assertion }] of chain.entries()) {
      const row = rowOf(assertion, model);
      if (row !== undefined) hops[assertion] = hopOf(row, chain[i - 1]?.assertion, model);
    }
  return hops;
}

function rowOf(assertion: string, model: ReadModel): AssertionRow | undefined {
  const place = model.claims<readonly [string, number]>('assertionAt').get([assertion]);
  return place === undefined ? undefined : model.claims<AssertionRow>('assertions').get(place);
}

function hopOf(row: AssertionRow, cited: string | undefined, model: ReadModel): BeliefHop {
  const { relays, basis, assertedAt, locator } = present(row) as {
    relays: readonly Relay[];
    basis: string;
    assertedAt: Parameters<typeof shownDate>[0] & { said?: string };
    locator?: string;
  };
  const relay = relays.find(r => 'assertion' in r && r.assertion === cited);
  const shown = relay === undefined ? undefined : relayAnswer(relay, basis, model);
  const { how, fidelity } = shown === undefined || 'unknown' in shown ? {} : shown;
  return {
    ...(how === undefined ? {} : { how }),
    ...(fidelity === undefined ? {} : { fidelity }),
    assertedAt: shownDate(assertedAt, assertedAt),
    ...(locator === undefined ? {} : { locator }),
    seq: row.seq,
  };
}
