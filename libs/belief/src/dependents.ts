import { decisive } from './cuts.js';
import { flowValue, pooledBest, smallestFlow } from './flow.js';
import type { Node } from './graph.js';
import { namesOf } from './networks.js';
import type { Run, Side } from './run.js';
import { chainOf } from './trust.js';

/** An assertion with a chain to us that adds nothing, or not all it could. */
export interface Dependent {
  readonly assertion: string;
  /** It repeats an origin, or another word of the same unit; it competes in the pool; units on the way bind it. */
  readonly reason: 'same-origin' | 'pooled' | 'capped-by';
  /** The units that bind, or the assertion that counts in its place. */
  readonly by?: readonly string[];
}

/** BELIEF.md §7: sorted by assertion. */
export function dependentsIn(first: Run, second: Run | undefined): Dependent[] {
  const found = (['pro', 'con'] as const).flatMap(side => supplying(first, second, side));
  return [...found, ...repeating(first)].sort((x, y) => (x.assertion < y.assertion ? -1 : 1));
}

function supplying(first: Run, second: Run | undefined, side: Side): Dependent[] {
  const run = decisive(first, second, candidate => flowValue(candidate, side));
  const { network, flow } = smallestFlow(run, side);
  const pooled = pooledBest(first, side);
  const inPool =
    pooled > flow.value
      ? first.graph.nodes.find(node => node.pooled && first.supply[side][node.index] === pooled)
      : undefined;
  const e = (node: Node) => run.supply[side][node.index]!;
  const names = namesOf(network);
  const cut = flow.cut();
  const binding = cut.units.map(unit => names[unit]!).sort();
  return run.graph.nodes.flatMap((node): Dependent[] => {
    if (node.pooled) {
      const counts = first.supply[side][node.index]! === 0 || node.id === inPool?.id;
      return counts ? [] : [{ assertion: node.id, reason: 'pooled', ...(inPool && { by: [inPool.id] }) }];
    }
    if (e(node) === 0) return [];
    const unit = network.unitOf[node.voice.index]!;
    const peers = run.graph.nodes.filter(other => !other.pooled && network.unitOf[other.voice.index] === unit);
    const counting = peers.reduce((most, other) => (e(other) > e(most) ? other : most));
    if (counting !== node) return [{ assertion: node.id, reason: 'same-origin', by: [counting.id] }];
    return cut.supplies.includes(unit) ? [] : [{ assertion: node.id, reason: 'capped-by', by: binding }];
  });
}

/** Relays without a word of their own that lead to an origin, and that no origin's evidence needs. */
function repeating({ graph, best, supply }: Run): Dependent[] {
  const origins = graph.nodes.filter(node => supply.pro[node.index]! > 0 || supply.con[node.index]! > 0);
  const needed = new Set(origins.flatMap(node => chainOf(node, best)));
  const leading = new Set(origins);
  for (const node of leading) for (const { from } of node.relayedBy) leading.add(from);
  return [...leading]
    .filter(node => node.own === null && !needed.has(node) && best[node.index])
    .map(node => ({ assertion: node.id, reason: 'same-origin' }));
}
