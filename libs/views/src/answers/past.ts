import { believe } from '@credence/belief';
import type { Query } from '@credence/belief';
import type { LedgerEvent } from '@credence/contracts';
import type { Sha256 } from '@credence/integrity';
import { memoryViewStore } from '@credence/kernel';
import type { Position } from '@credence/kernel';
import { factsIn, policyIn } from '../belief-facts.js';
import { beliefRow } from '../belief.view.js';
import type { BeliefRow } from '../belief.view.js';
import { FACT_TABLES, reachedFrom, recordFacts } from '../record-facts.js';

/** The belief in one claim, event by event. */
export interface Past {
  /** Takes the next event in. @returns whether the belief can be another one now */
  apply(event: LedgerEvent): boolean;
  /** The belief as of the last event taken in; undefined before the claim was recorded. */
  belief(): BeliefRow | undefined;
}

/** Before the first event. It has to be given every event that the belief in the claim hangs on, in order. */
export function pastOf(claim: string, query: Query, sha256: Sha256): Past {
  const state = memoryViewStore().open({ name: 'past', version: 1, tables: FACT_TABLES });
  return {
    apply(event) {
      let touches = false;
      state.write({ seq: event.seq, position: event.seq as unknown as Position }, open => {
        const touched = recordFacts(event, open);
        touches = touched === 'every' || (touched.size > 0 && reachedFrom(touched, open).has(claim));
      });
      return touches;
    },
    belief() {
      const facts = factsIn(state.tables);
      if (facts.claim(claim) === undefined) return undefined;
      return beliefRow(believe(facts, claim, query, policyIn(state.tables)), sha256);
    },
  };
}
