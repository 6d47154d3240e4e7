import { believe } from './believe.js';
import type { Belief, Core } from './core.js';
import type { AssertionFact, Facts, Query } from './facts.js';
import { withAssertion } from './overlay.js';
import type { Policy } from './policy.js';

/** How the decisive hop could have been coded otherwise. */
export type Coding = 'own-finding' | 'unstated' | 'cites' | 'relay';

export interface Alternative {
  readonly assertion: string;
  readonly coding: Coding;
  readonly core: Core;
}

/**
 * What another coding of the decisive hop would give: of the document in our hands through which the strongest origin
 * comes. Only codings that change the core.
 */
export function alternativesTo(belief: Belief, facts: Facts, query: Query, policy: Policy): Alternative[] {
  const { pro, con } = belief.core;
  const side = con.micro > pro.micro ? con : pro;
  const [first, ...others] = side.origins;
  if (!first) return [];
  const strongest = others.reduce((most, origin) => (origin.e > most.e ? origin : most), first);
  const decisive = strongest.chain.at(-1)!.assertion;
  const fact = facts.assertionsOn(belief.claim).find(({ id }) => id === decisive);
  if (!fact) return []; // it speaks on a linked claim
  const before = JSON.stringify(belief.core);
  return codings(fact, side === con ? 'denies' : 'asserts').flatMap(({ coding, changed }) => {
    const { core } = believe(withAssertion(facts, changed), belief.claim, query, policy);
    return JSON.stringify(core) === before ? [] : [{ assertion: decisive, coding, core }];
  });
}

function codings(fact: AssertionFact, voice: string): { coding: Coding; changed: AssertionFact }[] {
  const { stance: _, versions: __, ...rest } = fact;
  const itself = fact.stance !== undefined && fact.basis !== 'cites';
  const stance = itself ? fact.stance : voice;
  const plain = fact.relays.map(relay => (relay.unknown ? relay : { assertion: relay.assertion }));
  const relaying: { coding: Coding; changed: AssertionFact }[] = [
    { coding: 'cites', changed: { ...rest, stance: voice, basis: 'cites', relays: plain } },
    { coding: 'relay', changed: { ...rest, basis: 'unstated' } },
  ];
  return [
    { coding: 'own-finding', changed: { ...rest, stance, basis: 'record', relays: [] } },
    { coding: 'unstated', changed: { ...rest, stance, basis: 'unstated', relays: [] } },
    ...(fact.relays.length > 0 ? relaying : []),
  ];
}
