import { maxFlow } from './max-flow.js';
import type { Network } from './networks.js';
import { type Measured, type Run, type Side, smallest } from './run.js';

/**
 * BELIEF.md §4.5: the evidence of one side that reaches us through the network where least does, no source carrying
 * more than it could deliver itself. A unit supplies the largest e among its assertions that are not pooled.
 */
export const smallestFlow = (run: Run, side: Side): Measured =>
  smallest(run.networks(), network => maxFlow(network, suppliesIn(network, run, side), network.capacity));

function suppliesIn(network: Network, { graph, supply }: Run, side: Side): number[] {
  const supplies = new Array<number>(network.units).fill(0);
  for (const node of graph.nodes) {
    const unit = network.unitOf[node.voice.index]!;
    if (!node.pooled) supplies[unit] = Math.max(supplies[unit]!, supply[side][node.index]!);
  }
  return supplies;
}

/**
 * The value of `smallestFlow`. A single supplying source needs no network: every unit on its best chain could deliver
 * at least what it supplies, since rho only falls along the chain.
 */
export function flowValue(run: Run, side: Side): number {
  const supplying = run.graph.nodes.filter(node => !node.pooled && run.supply[side][node.index]! > 0);
  const first = supplying[0];
  if (!first) return 0;
  return supplying.every(node => node.voice === first.voice)
    ? supplying.reduce((most, node) => Math.max(most, run.supply[side][node.index]!), 0)
    : smallestFlow(run, side).flow.value;
}

/** The best evidence of a pooled assertion: those compete and never add. */
export function pooledBest({ graph, supply }: Run, side: Side): number {
  let best = 0;
  for (const node of graph.nodes) if (node.pooled) best = Math.max(best, supply[side][node.index]!);
  return best;
}
