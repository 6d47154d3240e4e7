import type { Graph, Node, Voice } from './graph.js';
import type { Numbers, Own } from './policy.js';
import { halfEven, MICRO, type Rational, times } from './rational.js';
import { type BestChains, reaches } from './trust.js';

/** Evidence in micro-units by node index. Integers far below 2^53: trust below 1 bounds each. */
export interface Supply {
  readonly pro: readonly number[];
  readonly con: readonly number[];
}

/** rho as used for supply: reduced where the basis is unstated. */
export const supplyingRho = (node: Node, rho: Rational, numbers: Numbers): Rational =>
  node.unstated ? times(rho, numbers.unstatedShare) : rho;

/**
 * BELIEF.md §4.3: u = 1 - r(b+d), e+ = W*r*b/u, e- = W*r*d/u in micro-units, half-even. `halved` sources contradict
 * themselves (§4.4).
 */
export function supplyOf(graph: Graph, best: BestChains, numbers: Numbers, halved: ReadonlySet<Voice>): Supply {
  const supply = {
    pro: new Array<number>(graph.nodes.length).fill(0),
    con: new Array<number>(graph.nodes.length).fill(0),
  };
  for (const node of graph.nodes) {
    if (!node.own || !reaches(node, best)) continue;
    const rho = supplyingRho(node, best[node.index]!.rho, numbers);
    const share = halved.has(node.voice) ? numbers.contradictionShare : undefined;
    supply.pro[node.index] = evidence(node.own.b, node.own, rho, numbers.weight, share);
    supply.con[node.index] = evidence(node.own.d, node.own, rho, numbers.weight, share);
  }
  return supply;
}

function evidence(side: bigint, { b, d, one }: Own, rho: Rational, weight: bigint, share: Rational | undefined) {
  if (side === 0n) return 0;
  const e = halfEven(MICRO * weight * rho.n * side, rho.d * one - rho.n * (b + d));
  return Number(share ? halfEven(e * share.n, share.d) : e);
}
