import { type Origins, originsOf } from './contradiction.js';
import type { Graph, Voice } from './graph.js';
import type { Flow } from './max-flow.js';
import { type GroupedNote, groupedNotes, type Network, networksOf } from './networks.js';
import type { Numbers } from './policy.js';
import { type Supply, supplyOf } from './supply.js';
import { type BestChains, bestChains } from './trust.js';

export type Side = 'pro' | 'con';

/** Steps 2 to 4 over one graph, and the networks in which 5 and 6 measure it. */
export interface Run {
  readonly graph: Graph;
  readonly best: BestChains;
  readonly origins: Origins;
  readonly supply: Supply;
  readonly notes: readonly GroupedNote[];
  readonly networks: () => readonly Network[];
}

/** `halved` gives the sources that contradict themselves, by the origins of the first run. */
export function runOf(graph: Graph, numbers: Numbers, halved: (origins: Origins) => ReadonlySet<Voice>): Run {
  const best = bestChains(graph);
  const origins = originsOf(graph, best, numbers);
  const notes = groupedNotes(graph, best);
  let networks: readonly Network[] | undefined;
  return {
    graph,
    best,
    origins,
    supply: supplyOf(graph, best, numbers, halved(origins)),
    notes,
    networks: () => (networks ??= networksOf(graph, best, notes, numbers)),
  };
}

export interface Measured {
  readonly network: Network;
  readonly flow: Flow;
}

/** The first network with the smallest flow. */
export function smallest(networks: readonly Network[], measure: (network: Network) => Flow): Measured {
  const [first, ...others] = networks.map(network => ({ network, flow: measure(network) }));
  return others.reduce((least, next) => (next.flow.value < least.flow.value ? next : least), first!);
}
