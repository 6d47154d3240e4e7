import type { Facts, Query } from './facts.js';
import { graphOf, type Node } from './graph.js';
import { pinsOf } from './pins.js';
import { numbersOf, p1, type Policy } from './policy.js';
import { onRings } from './status.js';

/** A simple path of relays from a document that we hold to an origin, or to where nothing more is known. */
export interface Chain {
  /** The end has an own opinion with b ≠ d, and nobody on the way has grade G. */
  readonly carries: boolean;
  /** Outermost document first, origin last. `circular`: it lies on a ring of relays. */
  readonly hops: readonly { readonly assertion: string; readonly circular: boolean }[];
}

export interface Chains {
  /** Shortest first, then by ids; at most 100. */
  readonly chains: readonly Chain[];
  /** Of all there are. With rings it is counted by walking, and at least this many where the walk grew too long. */
  readonly total: number;
  readonly truncated: boolean;
}

const MOST_CHAINS = 100;
const MOST_STEPS = 200_000;

/**
 * Every simple path from each live held assertion on the claim to each own assertion that it reaches by relays (which
 * may relay further), or to where nothing more is known (WIRE.md, "Chain").
 */
export function chainsOf(facts: Facts, claim: string, query: Query = {}, policy: Policy = p1): Chains {
  const { nodes: all } = graphOf(facts, claim, pinsOf(query), numbersOf(policy));
  const nodes = all.filter(node => node.claim === claim);
  const rings = onRings(nodes);
  const paths: Node[][] = [];
  const found = rings.size === 0 ? everyPath(nodes, paths) : walkedPaths(nodes, rings, paths);
  const chains = paths.map(path => ({
    carries: carries(path),
    hops: path.map(node => ({ assertion: node.id, circular: rings.has(node) })),
  }));
  return { chains, total: found, truncated: found > chains.length };
}

function carries(path: readonly Node[]): boolean {
  const own = path.at(-1)!.own;
  return own !== null && own.b !== own.d && path.every(node => node.voice.grade !== 'G');
}

/** What it cites, each once, by id. */
const cited = (node: Node): Node[] =>
  [...new Set(node.relays.map(relay => relay.to))].sort((x, y) => x.index - y.index);

/** Without rings: counts all paths, and collects the first of them length by length. */
function everyPath(nodes: readonly Node[], paths: Node[][]): number {
  const held = nodes.filter(node => node.hold === 'held');
  const counts = new Map<Node, number>();
  const count = (node: Node): number => {
    const known = counts.get(node);
    if (known !== undefined) return known;
    const further = cited(node);
    const ends = node.own || further.length === 0 ? 1 : 0;
    const total = Math.min(
      Number.MAX_SAFE_INTEGER,
      further.reduce((sum, next) => sum + count(next), ends),
    );
    counts.set(node, total);
    return total;
  };
  const total = held.reduce((sum, node) => sum + count(node), 0);
  collect(nodes, held, new Set(), paths, Infinity, Math.min(total, MOST_CHAINS));
  return total;
}

/** With rings: walks simple paths, length by length, as far as patience goes. */
function walkedPaths(nodes: readonly Node[], rings: ReadonlySet<Node>, paths: Node[][]): number {
  const held = nodes.filter(node => node.hold === 'held');
  return collect(nodes, held, rings, paths, MOST_STEPS, Infinity);
}

/** Adds paths to `paths`, at most 100; returns how many it found before `wanted` or `steps` ended the search. */
function collect(
  nodes: readonly Node[],
  held: readonly Node[],
  rings: ReadonlySet<Node>,
  paths: Node[][],
  steps: number,
  wanted: number,
): number {
  // Who can stand `further` hops before an end: prunes every branch that cannot finish at the length looked for.
  let before = new Set(nodes.filter(node => node.own || cited(node).every(next => rings.has(next) && rings.has(node))));
  const endsAfter = [before];
  let found = 0;
  const path: Node[] = [];
  const walk = (node: Node, further: number): void => {
    if (found >= wanted || (steps -= 1) < 0) return;
    path.push(node);
    const next = cited(node).filter(other => !path.includes(other));
    if (further > 0) {
      for (const other of next) if (endsAfter[further - 1]!.has(other)) walk(other, further - 1);
    } else if (node.own || next.length === 0) {
      found += 1;
      if (paths.length < MOST_CHAINS) paths.push([...path]);
    }
    path.pop();
  };
  for (let further = 0; further < nodes.length && before.size > 0 && found < wanted && steps >= 0; further += 1) {
    for (const node of held) if (before.has(node)) walk(node, further);
    before = new Set(nodes.filter(node => cited(node).some(next => before.has(next))));
    endsAfter.push(before);
  }
  return found;
}
