import type { Query } from '@credence/belief';
import type { LedgerEvent } from '@credence/contracts';
import type { Sha256 } from '@credence/integrity';
import { brief } from './believing.js';
import type { BeliefChange } from './foreseen.js';
import { pastOf } from './past.js';

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
  const past = pastOf(claim, query, sha256);
  const changes = new Map<number, BeliefChange>();
  let known: { readonly belief: ReturnType<typeof past.belief> } | undefined;
  for (const event of events) {
    if (event.stream !== `claim-${claim}`) {
      if (past.apply(event)) known = undefined;
      continue;
    }
    yield;
    const before = known === undefined ? past.belief() : known.belief;
    const after = past.apply(event) ? past.belief() : before;
    known = { belief: after };
    if (after !== undefined && before?.coreHash !== after.coreHash)
      changes.set(event.seq, { ...(before === undefined ? {} : { before: brief(before) }), after: brief(after) });
  }
  return changes;
}
