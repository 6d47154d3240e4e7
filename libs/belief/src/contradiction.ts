import type { Graph, Node, Voice } from './graph.js';
import type { Numbers, Own } from './policy.js';
import { type BestChains, reaches } from './trust.js';

/** BELIEF.md §6: own assertions that say yes (b at the threshold, d below it) or no, with a chain without grade G. */
export interface Origins {
  readonly pro: readonly Node[];
  readonly con: readonly Node[];
}

export function originsOf(graph: Graph, best: BestChains, numbers: Numbers): Origins {
  const pro: Node[] = [];
  const con: Node[] = [];
  for (const node of graph.nodes) {
    const side = node.own && reaches(node, best) ? sideOf(node.own, numbers) : undefined;
    if (side === 'pro') pro.push(node);
    else if (side === 'con') con.push(node);
  }
  return { pro, con };
}

function sideOf({ b, d, one }: Own, { originThreshold: least }: Numbers): 'pro' | 'con' | undefined {
  const says = (x: bigint) => x * least.d >= least.n * one;
  return says(b) ? (says(d) ? undefined : 'pro') : says(d) ? 'con' : undefined;
}

const NOBODY: ReadonlySet<Voice> = new Set();

/** BELIEF.md §4.4: the sources that have an origin on either side. */
export function contradicting({ pro, con }: Origins): ReadonlySet<Voice> {
  if (pro.length === 0 || con.length === 0) return NOBODY;
  const yes = new Set(pro.map(node => node.voice));
  return new Set(con.map(node => node.voice).filter(voice => yes.has(voice)));
}
