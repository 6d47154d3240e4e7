import { flowValue, pooledBest, smallestFlow } from './flow.js';
import { kappaValue, smallestKappa } from './kappa.js';
import { namesOf } from './networks.js';
import type { Measured, Run, Side } from './run.js';

/** What holds the evidence of a side back, and what its independent chains hang on (BELIEF.md §4.9). */
export interface Cut {
  /** `origin:<unit>` whose supply is used up, `unit:<unit>` whose own limit binds; empty if the pooled value is larger. */
  readonly flow: readonly string[];
  /** Units without which no chain is left. */
  readonly kappa: readonly string[];
}

export function cutOf(first: Run, second: Run | undefined, side: Side): Cut {
  const flow = decisive(first, second, run => flowValue(run, side));
  const kappa = decisive(first, second, run => kappaValue(run, side));
  const pooledCounts = pooledBest(first, side) > flowValue(flow, side);
  return { flow: pooledCounts ? [] : flowCut(smallestFlow(flow, side)), kappa: kappaCut(smallestKappa(kappa, side)) };
}

/** The second run only where it is larger. */
export const decisive = (first: Run, second: Run | undefined, value: (run: Run) => number): Run =>
  second && value(second) > value(first) ? second : first;

function flowCut({ network, flow }: Measured): string[] {
  const names = namesOf(network);
  const cut = flow.cut();
  return [...cut.supplies.map(unit => `origin:${names[unit]}`), ...cut.units.map(unit => `unit:${names[unit]}`)].sort();
}

function kappaCut({ network, flow }: Measured): string[] {
  const names = namesOf(network);
  return flow
    .cut()
    .units.map(unit => names[unit]!)
    .sort();
}
