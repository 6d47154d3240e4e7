import { believe, memoOf } from '@credence/belief';
import type { Belief, Facts, Memo, Policy, Query, StatusCode } from '@credence/belief';
import { factsIn, policyIn } from '../belief-facts.js';
import { anyMarked, beliefRow, keptBelief, memoOver, statusAsOf } from '../belief.view.js';
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
  /** Its status alone, which is known as of every event without computing the belief. */
  status(claim: string): StatusCode | undefined;
}

/** Once for each model: what an answer asks of it again is not read again. The tables must not move while it is in use. */
export function believing(model: ReadModel): Believing {
  let known = BELIEVING.get(model);
  if (known === undefined) BELIEVING.set(model, (known = believingOver(model).at(model.query)));
  return known;
}
const BELIEVING = new WeakMap<ReadModel, Believing>();

/** The same, for several moments of the asserted axis over one set of facts. */
export function believingOver(
  { belief: tables, sha256, upTo }: ReadModel,
  facts = factsIn(tables),
): {
  readonly facts: Facts;
  at(query: Query): Believing;
} {
  const policy = policyIn(tables);
  let waiting: boolean | undefined;
  /** Of an earlier moment each claim is asked for: to look through those that wait now would tell nothing of it. */
  const mayWait = () => (waiting ??= upTo !== undefined || anyMarked(tables));
  const at = (query: Query): Believing => {
    const current = query.publicBy === undefined;
    const memo = current ? memoOver(facts, tables, policy.id, upTo) : memoOf(facts);
    const whole = (claim: string) => believe(facts, claim, query, policy, memo);
    const kept = (claim: string) => (current ? keptBelief(claim, tables, policy.id, mayWait) : undefined);
    const row = (claim: string): BeliefRow | undefined => {
      if (facts.claim(claim) === undefined) return undefined;
      const { since: _, ...known } = kept(claim) ?? { ...beliefRow(whole(claim), sha256), since: 0 };
      return known;
    };
    const known = (claim: string) =>
      current && upTo !== undefined ? statusAsOf(claim, upTo, tables) : kept(claim)?.status.code;
    return { facts, policy, memo, whole, row, status: claim => known(claim) ?? row(claim)?.status.code };
  };
  return { facts, at };
}
