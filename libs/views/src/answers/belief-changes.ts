import { believe } from '@credence/belief';
import type { Query } from '@credence/belief';
import type { LedgerEvent } from '@credence/contracts';
import type { Sha256 } from '@credence/integrity';
import { memoryViewStore } from '@credence/kernel';
import type { Position } from '@credence/kernel';
import { factsIn, policyIn } from '../belief-facts.js';
import { beliefRow } from '../belief.view.js';
import { FACT_TABLES, recordFacts } from '../record-facts.js';
import { brief } from './believing.js';
import type { BeliefBrief } from './believing.js';
import type { BeliefChange } from './foreseen.js';

/**
 * What each event of the claim's own stream did to the belief in it, by seq: only where the core changed. The same as
 * the beliefs as of that event and as of the one before it. Goes on at each of them.
 *
 * @param events - in order of seq: every event up to the last one that this belief can hang on
 */
export function* beliefChanges(
  claim: string,
  events: readonly LedgerEvent[],
  query: Query,
  sha256: Sha256,
): Generator<void, Map<number, BeliefChange>> {
  const state = memoryViewStore().open({ name: 'past', version: 1, tables: FACT_TABLES });
  const facts = () => factsIn(state.tables);
  const apply = (event: LedgerEvent) => {
    let touched: ReturnType<typeof recordFacts> = 'every';
    state.write({ seq: event.seq, position: event.seq as unknown as Position }, tables => {
      touched = recordFacts(event, tables);
    });
    return touched as ReturnType<typeof recordFacts>;
  };
  const now = (): BeliefBrief | undefined => {
    if (facts().claim(claim) === undefined) return undefined;
    return brief(beliefRow(believe(facts(), claim, query, policyIn(state.tables)), sha256));
  };
  const changes = new Map<number, BeliefChange>();
  let known: { readonly belief: BeliefBrief | undefined } | undefined;
  for (const event of events) {
    if (event.stream !== `claim-${claim}`) {
      apply(event);
      known = undefined;
      continue;
    }
    yield;
    const before = known === undefined ? now() : known.belief;
    const touched = apply(event);
    const after = touched !== 'every' && touched.size === 0 ? before : now();
    known = { belief: after };
    if (after !== undefined && before?.coreHash !== after.coreHash)
      changes.set(event.seq, { ...(before === undefined ? {} : { before }), after });
  }
  return changes;
}
