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
const MOST_STEPS = 100_000;

/**
 * Every simple path from each live held assertion on the claim to each own assertion that it reaches by relays (which
 * may relay further), or to where nothing more is known (WIRE.md, "Chain").
 */
export function chainsOf(facts: Facts, claim: string, query: Query = {}, policy: Policy = p1): Chains {
  const { nodes } = graphOf(facts, claim, pinsOf(query), numbersOf(policy));
  const web = webOf(nodes.filter(node => node.claim === claim));
  const counted = web.rings.size === 0 ? countPaths(web) : undefined;
  const { paths, found } = collectPaths(web, counted === undefined ? Infinity : Math.min(counted, MOST_CHAINS));
  const total = counted ?? found;
  const chains = paths.map(path => ({
    carries: carries(path),
    hops: path.map(node => ({ assertion: node.id, circular: web.rings.has(node) })),
  }));
  return { chains, total, truncated: total > chains.length };
}

function carries(path: readonly Node[]): boolean {
  const own = path.at(-1)!.own;
  return own !== null && own.b !== own.d && path.every(node => node.voice.grade !== 'G');
}

/** Who cites whom on the claim, each once and by id. */
interface Web {
  readonly nodes: readonly Node[];
  readonly held: readonly Node[];
  readonly cited: ReadonlyMap<Node, readonly Node[]>;
  readonly rings: ReadonlySet<Node>;
}

const webOf = (nodes: readonly Node[]): Web => ({
  nodes,
  held: nodes.filter(node => node.hold === 'held'),
  cited: new Map(nodes.map(node => [node, node.relays.map(({ to }) => to).sort((x, y) => x.index - y.index)])),
  rings: onRings(nodes),
});

/** The number of paths where there is no ring, without listing them; exact up to 2^53. */
function countPaths({ held, cited }: Web): number {
  const counts = new Map<Node, number>();
  const count = (node: Node): number => {
    const known = counts.get(node);
    if (known !== undefined) return known;
    const further = cited.get(node)!;
    const here = node.own || further.length === 0 ? 1 : 0;
    const total = further.reduce((sum, next) => sum + count(next), here);
    counts.set(node, Math.min(Number.MAX_SAFE_INTEGER, total));
    return counts.get(node)!;
  };
  return Math.min(
    Number.MAX_SAFE_INTEGER,
    held.reduce((sum, node) => sum + count(node), 0),
  );
}

/** The first hundred paths, length by length, and how many there were until `wanted` were found or patience ran out. */
function collectPaths({ nodes, held, cited, rings }: Web, wanted: number): { paths: Node[][]; found: number } {
  const paths: Node[][] = [];
  let found = 0;
  let steps = 0;
  const done = () => found >= wanted || steps >= MOST_STEPS;
  const path: Node[] = [];
  const walk = (node: Node, further: number): void => {
    if (done()) return;
    steps += 1;
    path.push(node);
    const next = cited.get(node)!.filter(other => !path.includes(other));
    if (further > 0) {
      for (const other of next) if (endsAfter[further - 1]!.has(other)) walk(other, further - 1);
    } else if (node.own || next.length === 0) {
      found += 1;
      if (paths.length < MOST_CHAINS) paths.push([...path]);
    }
    path.pop();
  };
  // Who can stand so many hops before an end: prunes every branch that cannot finish at the length looked for.
  let before = new Set(
    nodes.filter(node => node.own || cited.get(node)!.every(to => rings.has(to) && rings.has(node))),
  );
  const endsAfter = [before];
  for (let further = 0; further < nodes.length && before.size > 0 && !done(); further += 1) {
    for (const node of held) if (before.has(node)) walk(node, further);
    before = new Set(nodes.filter(node => cited.get(node)!.some(to => before.has(to))));
    endsAfter.push(before);
  }
  return { paths, found };
}
