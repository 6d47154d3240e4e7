import { believe, memoOf } from '@credence/belief';
import type { Belief, Facts, Memo, Policy } from '@credence/belief';
import { factsIn, policyIn } from '../belief-facts.js';
import { beliefRow, keptBelief, memoOver } from '../belief.view.js';
import type { BeliefRow } from '../belief.view.js';
import type { ReadModel } from './model.js';

/** A belief in brief (WIRE.md, "before, after"). */
export type BeliefBrief = Pick<BeliefRow, 'status' | 'opinion' | 'kappa' | 'coreHash'>;

export const brief = ({ status, opinion, kappa, coreHash }: BeliefRow): BeliefBrief => ({
  status,
  opinion,
  kappa,
  coreHash,
});

/** What beliefs at the model's pins are computed from: the facts, and the policy in force then. */
export interface Believing {
  readonly facts: Facts;
  readonly policy: Policy;
  readonly memo: Memo;
  /** The whole belief in a claim. */
  whole(claim: string): Belief;
  /** The belief in a claim as lists need it: as kept by the view, or computed. Undefined: there is no such claim. */
  row(claim: string): BeliefRow | undefined;
}

export function believing({ belief: tables, query, sha256 }: ReadModel): Believing {
  const facts = factsIn(tables);
  const policy = policyIn(tables);
  const current = query.publicBy === undefined;
  const memo = current ? memoOver(facts, tables) : memoOf(facts);
  const whole = (claim: string) => believe(facts, claim, query, policy, memo);
  return {
    facts,
    policy,
    memo,
    whole,
    row: claim => {
      if (facts.claim(claim) === undefined) return undefined;
      const kept = current ? keptBelief(claim, tables, policy.id) : undefined;
      return kept ?? beliefRow(whole(claim), sha256);
    },
  };
}
