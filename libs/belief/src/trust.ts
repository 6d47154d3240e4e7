import type { Graph, Node, Relay } from './graph.js';
import { compare, ONE, type Rational, times } from './rational.js';

/** The best chain of an assertion to a document that we hold, and the trust along it. */
export interface Best {
  readonly rho: Rational;
  readonly hops: number;
  /** The relay by which the next hop cites this one; undefined at the held end. */
  readonly citedBy: Relay | undefined;
}

/** By node index; undefined: no chain to us. A factor 0 is still a chain. */
export type BestChains = readonly (Best | undefined)[];

/**
 * BELIEF.md §4.2: the maximum of t(x), if x is held, and of phi(y,x) * rho(y) * t(x) over the assertions y that relay x;
 * the factor t(x) drops out where y has the same source and is no carrier. Ties: fewer hops, then the smaller id path.
 * Dijkstra from the ledger: no factor is above 1, so what is settled stays best.
 */
export function bestChains({ nodes }: Graph): BestChains {
  const best: (Best | undefined)[] = new Array<undefined>(nodes.length).fill(undefined);
  const settled: boolean[] = new Array<boolean>(nodes.length).fill(false);
  const open = new Heap(best);
  for (const node of nodes) {
    if (node.hold !== 'held') continue;
    best[node.index] = { rho: node.trust, hops: 1, citedBy: undefined };
    open.push(node.index);
  }
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (settled[at]) continue;
    settled[at] = true;
    for (const relay of nodes[at]!.relays) {
      const { to } = relay;
      if (settled[to.index]) continue;
      const offer = through(relay, best[at]!);
      const known = best[to.index];
      if (known && !isBetter(offer, known)) continue;
      best[to.index] = offer;
      open.push(to.index);
    }
  }
  return best;
}

function through(relay: Relay, { rho, hops }: Best): Best {
  const { from, to, phi } = relay;
  const cited = phi === ONE ? rho : times(rho, phi);
  const once = to.voice === from.voice && !from.carrier; // its source's trust is in rho already
  return { rho: once || to.trust === ONE ? cited : times(cited, to.trust), hops: hops + 1, citedBy: relay };
}

function isBetter(x: Best, y: Best): boolean {
  const difference = byRank(x, y);
  // Paths of one length that begin at one assertion differ first where the next hops do.
  return difference < 0 || (difference === 0 && x.citedBy!.from.id < y.citedBy!.from.id);
}

const byRank = (x: Best, y: Best): number => compare(y.rho, x.rho) || x.hops - y.hops;

/** The best chain, origin first. */
export function chainOf(node: Node, best: BestChains): Node[] {
  const chain = [node];
  for (let relay = best[node.index]?.citedBy; relay; relay = best[relay.from.index]?.citedBy) chain.push(relay.from);
  return chain;
}

/** Has it a chain to us without grade G? */
export const reaches = (node: Node, best: BestChains): boolean => (best[node.index]?.rho.n ?? 0n) > 0n;

/** A binary heap of node indices, best first; an index pushed again after it improved comes out at its new rank first. */
class Heap {
  private readonly items: { at: number; label: Best }[] = [];
  constructor(private readonly best: readonly (Best | undefined)[]) {}

  push(at: number): void {
    const { items } = this;
    const item = { at, label: this.best[at]! };
    let child = items.length;
    items.push(item);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (byRank(items[parent]!.label, item.label) <= 0) break;
      items[child] = items[parent]!;
      child = parent;
    }
    items[child] = item;
  }

  pop(): number | undefined {
    const { items } = this;
    const first = items[0];
    const last = items.pop();
    if (!first || !last || items.length === 0) return first?.at;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && byRank(items[child + 1]!.label, items[child]!.label) < 0) child += 1;
      if (byRank(last.label, items[child]!.label) <= 0) break;
      items[parent] = items[child]!;
      parent = child;
    }
    items[parent] = last;
    return first.at;
  }
}
