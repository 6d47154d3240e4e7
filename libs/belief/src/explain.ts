import { type Alternative, alternativesTo } from './alternatives.js';
import { believe, type Memo, memoOf } from './believe.js';
import { type Cut, cutOf, decisive } from './cuts.js';
import { type Dependent, dependentsIn } from './dependents.js';
import { type Exclusion, excludedFrom } from './excluded.js';
import type { Facts, Polarity, Query } from './facts.js';
import { flowValue, pooledBest, smallestFlow } from './flow.js';
import { graphOf } from './graph.js';
import { runsOf } from './grouped.js';
import { namesOf } from './networks.js';
import { pinsOf } from './pins.js';
import { numbersOf, p1, type Policy } from './policy.js';
import { sixPlaces } from './rational.js';
import type { Run, Side } from './run.js';
import { exactOpinion } from './totals.js';
import { type Confidence, confidenceOf, probabilityOf } from './words.js';

/** The surroundings of a core (BELIEF.md §7): what a reader needs to recompute it, and why the rest adds nothing. */
export interface Explanation {
  readonly cuts: { readonly pro: Cut; readonly con: Cut };
  readonly dependents: readonly Dependent[];
  readonly excluded: readonly { readonly assertion: string; readonly reason: Exclusion }[];
  readonly derived: readonly ExplainedDerivation[];
  /** What each edge carries of the flow that counts, in micro-units. */
  readonly flows: readonly FlowEdge[];
  readonly alternatives: readonly Alternative[];
  readonly words: { readonly confidence: Confidence; readonly probability?: string };
}

export interface ExplainedDerivation {
  readonly derivation: string;
  readonly polarity: Polarity;
  readonly premises: readonly string[];
  readonly b: string;
  readonly micro: number;
  /** Evidence whose roots intersect competes with other evidence of the claim; else it adds. */
  readonly roots: readonly string[];
  readonly flag?: 'on-a-cycle' | 'dead-premise';
}

/** `from` is `origin:<unit>` or `unit:<unit>`, `to` is `unit:<unit>` or `ledger`. */
export interface FlowEdge {
  readonly side: Side;
  readonly from: string;
  readonly to: string;
  readonly micro: number;
}

export function explain(
  facts: Facts,
  claim: string,
  query: Query = {},
  policy: Policy = p1,
  memo: Memo = memoOf(facts),
): Explanation {
  const belief = believe(facts, claim, query, policy, memo);
  const numbers = numbersOf(policy);
  const { first, second } = runsOf(graphOf(facts, claim, pinsOf(query), numbers), numbers);
  const opinion = exactOpinion(belief.core.pro.micro, belief.core.con.micro, numbers);
  const probability = probabilityOf(belief.core.status.code, facts.claim(claim)?.form, opinion, numbers);
  return {
    cuts: { pro: cutOf(first, second, 'pro'), con: cutOf(first, second, 'con') },
    dependents: dependentsIn(first, second),
    excluded: [...excludedFrom(facts, claim, query)]
      .map(([assertion, reason]) => ({ assertion, reason }))
      .sort((x, y) => (x.assertion < y.assertion ? -1 : 1)),
    derived: belief.derived.map(({ b, evidence, attributing: _, ...part }) => ({
      ...part,
      b: sixPlaces(b),
      micro: evidence,
    })),
    flows: [...flowsOf(first, second, 'pro'), ...flowsOf(first, second, 'con')],
    alternatives: alternativesTo(belief, facts, query, policy, memo),
    words: { confidence: confidenceOf(opinion, numbers), ...(probability !== undefined && { probability }) },
  };
}

function flowsOf(first: Run, second: Run | undefined, side: Side): FlowEdge[] {
  const run = decisive(first, second, candidate => flowValue(candidate, side));
  const { network, flow } = smallestFlow(run, side);
  if (pooledBest(first, side) > flow.value) return [];
  const names = namesOf(network);
  return flow.edges().map(({ from, to, amount }) => ({
    side,
    from: from === undefined ? `origin:${names[to!]}` : `unit:${names[from]}`,
    to: to === undefined ? 'ledger' : `unit:${names[to]}`,
    micro: amount,
  }));
}
