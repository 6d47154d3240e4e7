import type { AssertionFact, Facts, Grade, SourceFact } from './facts.js';

/** What could become of a source: its speaker or publisher withdraws it, the ledger drops it, or its grade changes. */
export type WhatIf = 'retracted' | 'dropped' | { readonly grade: Grade };

/** The facts as they would be; nothing else changes. */
export function withSource(facts: Facts, source: string, change: WhatIf): Facts {
  const changed = (fact: SourceFact): SourceFact =>
    typeof change === 'object'
      ? { ...fact, grade: change.grade }
      : {
          ...fact,
          retractions: [...fact.retractions, { id: 'what-if', by: change === 'retracted' ? 'speaker' : 'ledger' }],
        };
  return overlay(facts, {
    source: id => {
      const fact = facts.source(id);
      return fact && id === source ? changed(fact) : fact;
    },
  });
}

/** The facts with one assertion recorded otherwise. */
export const withAssertion = (facts: Facts, changed: AssertionFact): Facts =>
  overlay(facts, {
    assertionsOn: claim => facts.assertionsOn(claim).map(fact => (fact.id === changed.id ? changed : fact)),
  });

const overlay = (facts: Facts, changed: Partial<Facts>): Facts => ({
  source: id => facts.source(id),
  claim: id => facts.claim(id),
  assertionsOn: claim => facts.assertionsOn(claim),
  linksOf: claim => facts.linksOf(claim),
  derivationsFor: claim => facts.derivationsFor(claim),
  unitOf: source => facts.unitOf(source),
  ...changed,
});
