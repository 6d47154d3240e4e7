import { maxFlow } from './max-flow.js';
import { type Measured, type Run, type Side, smallest } from './run.js';

/**
 * BELIEF.md §4.6: the number of chains from origins of one side that share no unit and lead through units that carry an
 * independent chain. Roots are the units with an origin that is not pooled.
 */
export function smallestKappa(run: Run, side: Side): Measured {
  const roots = rootsOf(run, side);
  return smallest(run.networks(), network => {
    const supply = new Array<number>(network.units).fill(0);
    for (const node of roots) supply[network.unitOf[node.voice.index]!] = Infinity;
    return maxFlow(network, supply, network.eligible);
  });
}

/** The value of `smallestKappa`. */
export const kappaValue = (run: Run, side: Side): number =>
  rootsOf(run, side).length === 0 ? 0 : smallestKappa(run, side).flow.value;

const rootsOf = ({ origins }: Run, side: Side) => origins[side].filter(node => !node.pooled);
