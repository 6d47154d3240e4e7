import type { AssertionFact, Facts, Query } from './facts.js';
import { pinsOf, rollOf } from './pins.js';

export type Exclusion = 'retracted' | 'out-of-time' | 'misattributed' | 'circular' | 'no-chain';

/**
 * The assertions on the claim that count nowhere at the pins, and why: dead, not yet said, or without a chain to us.
 * The latter because a relay that is misattributed was taken out, because only a ring of relays leads to it, or because
 * nothing does.
 */
export function excludedFrom(facts: Facts, claim: string, query: Query = {}): Map<string, Exclusion> {
  const { counted, retracted, outOfTime } = rollOf(facts, claim, pinsOf(query));
  const live = counted.map(({ fact }) => fact);
  const held = live.filter(fact => fact.hold === 'held');
  const reached = citedFrom(held, live, false);
  const claimed = citedFrom(held, live, true);
  const circular = citedFrom(ringsAmong(live), live, false);
  const why = (fact: AssertionFact): Exclusion =>
    claimed.has(fact.id) ? 'misattributed' : circular.has(fact.id) ? 'circular' : 'no-chain';
  return new Map<string, Exclusion>([
    ...retracted.map(fact => [fact.id, 'retracted'] as const),
    ...outOfTime.map(fact => [fact.id, 'out-of-time'] as const),
    ...live.filter(fact => !reached.has(fact.id)).map(fact => [fact.id, why(fact)] as const),
  ]);
}

/**
 * The assertions on a claim that count at the pins, by id: who speaks, and how many versions of what was said, from the first
 * record on, had all been said by then.
 */
export function spokenOn(
  facts: Facts,
  claim: string,
  query: Query,
): ReadonlyMap<string, { readonly source?: string; readonly said: number }> {
  const { counted } = rollOf(facts, claim, pinsOf(query));
  return new Map(
    counted.map(({ fact: { id, source }, said }) => [id, { ...(source === undefined ? {} : { source }), said }]),
  );
}

/** The ids of these assertions and of what they relay, directly or through others. */
function citedFrom(
  start: readonly AssertionFact[],
  live: readonly AssertionFact[],
  misattributed: boolean,
): Set<string> {
  const byId = new Map(live.map(fact => [fact.id, fact]));
  const reached = new Set(start.map(fact => fact.id));
  for (const id of reached)
    for (const cited of citedBy(byId.get(id)!, misattributed)) if (byId.has(cited)) reached.add(cited);
  return reached;
}

const citedBy = (fact: AssertionFact, misattributed: boolean): string[] =>
  fact.relays.flatMap(relay =>
    relay.unknown || (relay.fidelity === 'misattributed' && !misattributed) ? [] : [relay.assertion],
  );

function ringsAmong(live: readonly AssertionFact[]): AssertionFact[] {
  const byId = new Map(live.map(fact => [fact.id, fact]));
  return live.filter(fact => {
    const cited = citedBy(fact, false).flatMap(id => byId.get(id) ?? []);
    return citedFrom(cited, live, false).has(fact.id);
  });
}
