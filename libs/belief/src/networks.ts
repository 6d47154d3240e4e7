import { type Graph, nameOf, type Node, type Voice } from './graph.js';
import type { Numbers } from './policy.js';
import { ceiling, MICRO } from './rational.js';
import { type BestChains, reaches } from './trust.js';

/** BELIEF.md §4.5: sources as units, and who relays whom. Only assertions with rho > 0 are in it. */
export interface Network {
  /** Unit by index of the source; sources without an assertion in the network have one too, to no effect. */
  readonly unitOf: readonly number[];
  readonly units: number;
  /** Does a unit relay an assertion of another: `relayedBy[u]` lists the units to which evidence of u can pass. */
  readonly relayedBy: readonly (readonly number[])[];
  readonly held: readonly boolean[];
  /** The most micro-units that a unit could deliver; infinite for one with a carrier. */
  readonly capacity: readonly number[];
  /** 1 where a unit carries an independent chain (§4.6), else 0. */
  readonly eligible: readonly number[];
  readonly voices: readonly Voice[];
}

/** The names of a network's units, for cuts. */
export function namesOf({ unitOf, units, voices }: Network): string[] {
  const members = Array.from({ length: units }, (): Voice[] => []);
  for (const voice of voices) members[unitOf[voice.index]!]!.push(voice);
  return members.map(nameOf);
}

/**
 * Declared units; every source alone; grouped notes; units and notes together, in this order. Networks that are equal
 * to an earlier one are left out: without units and notes one remains.
 */
export function networksOf(
  graph: Graph,
  best: BestChains,
  notes: readonly GroupedNote[],
  numbers: Numbers,
): readonly Network[] {
  const declared = declaredUnits(graph);
  const grouped = notes.filter(note => note.sources.length > 1).map(note => note.sources);
  const build = (sets: readonly (readonly Voice[])[]) => network(graph, best, numbers, sets);
  return [
    ...(declared.length > 0 ? [build(declared)] : []),
    build([]),
    ...(grouped.length > 0 ? [build(grouped)] : []),
    ...(declared.length > 0 && grouped.length > 0 ? [build([...declared, ...grouped])] : []),
  ];
}

function declaredUnits({ voices }: Graph): (readonly Voice[])[] {
  const units = new Map<string, Voice[]>();
  for (const voice of voices) {
    if (voice.unit === undefined) continue;
    const unit = units.get(voice.unit);
    if (unit) unit.push(voice);
    else units.set(voice.unit, [voice]);
  }
  return [...units.values()].filter(unit => unit.length > 1);
}

/** A note and the sources that it makes one unit. */
export interface GroupedNote {
  readonly note: Node;
  readonly sources: readonly Voice[];
}

/** Per relay of a grouped note the source that it cites or, where that is a carrier, what the carrier cites. */
export function groupedNotes({ nodes }: Graph, best: BestChains): GroupedNote[] {
  return nodes
    .filter(node => node.groups && reaches(node, best))
    .map(note => ({ note, sources: [...citedThroughCarriers(note, best)] }));
}

function citedThroughCarriers(note: Node, best: BestChains): Set<Voice> {
  const sources = new Set<Voice>();
  const seen = new Set<Node>();
  const open = [...note.relays];
  for (let relay = open.pop(); relay; relay = open.pop()) {
    const cited = relay.to;
    if (seen.has(cited) || !reaches(cited, best)) continue;
    seen.add(cited);
    if (cited.carrier) open.push(...cited.relays);
    else sources.add(cited.voice);
  }
  return sources;
}

function network(graph: Graph, best: BestChains, numbers: Numbers, sets: readonly (readonly Voice[])[]): Network {
  const { unitOf, units } = merged(graph.voices.length, sets);
  const relayedBy: number[][] = Array.from({ length: units }, () => []);
  const held = new Array<boolean>(units).fill(false);
  const capacity = new Array<number>(units).fill(0);
  const eligible = new Array<number>(units).fill(0);
  for (const node of graph.nodes) {
    if (!reaches(node, best)) continue;
    const unit = unitOf[node.voice.index]!;
    if (node.hold === 'held') held[unit] = true;
    capacity[unit] = Math.max(capacity[unit]!, capacityOf(node, best, numbers));
    if (node.carrier || !node.voice.pooled) eligible[unit] = 1;
    for (const { from } of node.relayedBy) {
      const next = unitOf[from.voice.index]!;
      if (next !== unit && reaches(from, best) && !relayedBy[unit]!.includes(next)) relayedBy[unit]!.push(next);
    }
  }
  return { unitOf, units, relayedBy, held, capacity, eligible, voices: graph.voices };
}

/** ceil(W*rho/(1-rho)) in micro-units: what its source could supply by asserting the claim itself there. */
function capacityOf(node: Node, best: BestChains, { weight }: Numbers): number {
  const { rho } = best[node.index]!;
  return node.carrier || rho.n === rho.d ? Infinity : Number(ceiling(MICRO * weight * rho.n, rho.d - rho.n));
}

/** Sources into units: overlapping sets merge, a source in no set is its own unit. */
function merged(sources: number, sets: readonly (readonly Voice[])[]): { unitOf: number[]; units: number } {
  const parent = Array.from({ length: sources }, (_, index) => index);
  const root = (index: number): number => {
    while (parent[index] !== index) index = parent[index] = parent[parent[index]!]!;
    return index;
  };
  for (const [first, ...others] of sets) for (const other of others) parent[root(other.index)] = root(first!.index);
  const numbered = new Map<number, number>();
  const unitOf = parent.map((_, index) => {
    const at = root(index);
    const unit = numbered.get(at) ?? numbered.size;
    numbered.set(at, unit);
    return unit;
  });
  return { unitOf, units: numbered.size };
}
