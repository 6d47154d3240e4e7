import { believe, type Memo } from './believe.js';
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
export function alternativesTo(belief: Belief, facts: Facts, query: Query, policy: Policy, memo: Memo): Alternative[] {
  const { pro, con } = belief.core;
  const side = con.micro > pro.micro ? con : pro;
  const [first, ...others] = side.origins;
  if (!first) return [];
  const strongest = others.reduce((most, origin) => (origin.e > most.e ? origin : most), first);
  const decisive = strongest.chain.at(-1)!.assertion;
  const fact = facts.assertionsOn(belief.claim).find(({ id }) => id === decisive);
  if (!fact) return []; // it speaks on a linked claim
  const before = JSON.stringify(belief.core);
  const apart = premisesApart(belief.claim, facts);
  const settled: Memo['settled'] = premise =>
    apart ? (memo.beliefs.get(premise) ?? memo.settled(premise)) : undefined;
  return codings(fact, side === con ? 'denies' : 'asserts').flatMap(({ coding, changed }) => {
    const other: Memo = { beliefs: new Map(), cycles: memo.cycles, settled };
    const { core } = believe(withAssertion(facts, changed), belief.claim, query, policy, other);
    return JSON.stringify(core) === before ? [] : [{ assertion: decisive, coding, core }];
  });
}

/** Whether what is said on the claim bears on none of the premises that it rests on, at any depth. */
function premisesApart(claim: string, facts: Facts): boolean {
  const premises = new Set(facts.derivationsFor(claim).flatMap(derivation => derivation.premises));
  if (premises.size === 0) return true;
  const near = new Set([claim, ...facts.linksOf(claim).flatMap(({ from, to }) => [from, to])]);
  for (const premise of premises) {
    const successor = facts.claim(premise)?.supersededBy;
    if (near.has(premise) || (successor !== undefined && near.has(successor))) return false;
    for (const { premises: deeper } of facts.derivationsFor(premise)) for (const p of deeper) premises.add(p);
  }
  return true;
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
