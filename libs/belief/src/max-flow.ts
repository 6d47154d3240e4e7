/** A maximum flow from the origins' supplies through units to the ledger, and the residual graph that it leaves. */
export interface Flow {
  readonly value: number;
  /** The minimal source-side minimum cut, which is unique. */
  readonly cut: () => Cut;
  /** What each edge carries; `from` undefined is the unit's own supply, `to` undefined the ledger. */
  readonly edges: () => readonly Edge[];
}

/** Units whose supply is exhausted, and units whose own limit binds. */
interface Cut {
  readonly supplies: readonly number[];
  readonly units: readonly number[];
}

interface Edge {
  readonly from?: number;
  readonly to?: number;
  readonly amount: number;
}

/** Who passes evidence to whom: `relayedBy` from a unit to the units that relay it, `held` to the ledger. Unlimited. */
export interface Pipes {
  readonly relayedBy: readonly (readonly number[])[];
  readonly held: readonly boolean[];
}

const SOURCE = 0;
const LEDGER = 1;
const entry = (unit: number) => 2 + 2 * unit;
const exit = (unit: number) => 3 + 2 * unit;

/**
 * The maximum flow where unit u takes in at most `supply[u]` of its own and lets pass at most `capacity[u]` in all
 * (non-negative integers below 2^53, or infinite). Shortest augmenting paths (Edmonds and Karp 1972): the value and the
 * minimal cut are unique, the flow itself is the one that the order of units gives.
 */
export function maxFlow({ relayedBy, held }: Pipes, supply: readonly number[], capacity: readonly number[]): Flow {
  const units = supply.length;
  const heads: number[] = new Array<number>(2 * units + 2).fill(-1);
  const to: number[] = [];
  const next: number[] = [];
  const room: number[] = [];
  const add = (a: number, b: number, limit: number) => {
    to.push(b, a);
    next.push(heads[a]!, heads[b]!);
    room.push(limit, 0);
    heads[a] = to.length - 2;
    heads[b] = to.length - 1;
  };
  for (let unit = units - 1; unit >= 0; unit -= 1) {
    if (supply[unit]! > 0) add(SOURCE, entry(unit), supply[unit]!);
    if (capacity[unit]! > 0) add(entry(unit), exit(unit), capacity[unit]!);
    for (const by of relayedBy[unit]!) add(exit(unit), entry(by), Infinity);
    if (held[unit]) add(exit(unit), LEDGER, Infinity);
  }
  const via: number[] = new Array<number>(heads.length);
  const search = (): boolean => {
    via.fill(-1);
    via[SOURCE] = -2;
    const queue = [SOURCE];
    for (const at of queue) {
      for (let edge = heads[at]!; edge >= 0; edge = next[edge]!) {
        const node = to[edge]!;
        if (room[edge]! <= 0 || via[node] !== -1) continue;
        via[node] = edge;
        if (node === LEDGER) return true;
        queue.push(node);
      }
    }
    return false;
  };
  let value = 0;
  while (search()) {
    let amount = Infinity;
    for (let at = LEDGER; at !== SOURCE; at = to[via[at]! ^ 1]!) amount = Math.min(amount, room[via[at]!]!);
    for (let at = LEDGER; at !== SOURCE; at = to[via[at]! ^ 1]!) {
      room[via[at]!]! -= amount;
      room[via[at]! ^ 1]! += amount;
    }
    value += amount;
  }
  return {
    value,
    cut: () => cutOf(supply, capacity, node => via[node] !== -1),
    edges: () => carried(to, room),
  };
}

function cutOf(supply: readonly number[], capacity: readonly number[], reached: (node: number) => boolean): Cut {
  const supplies: number[] = [];
  const units: number[] = [];
  for (let unit = 0; unit < supply.length; unit += 1) {
    if (supply[unit]! > 0 && !reached(entry(unit))) supplies.push(unit);
    if (capacity[unit]! > 0 && reached(entry(unit)) && !reached(exit(unit))) units.push(unit);
  }
  return { supplies, units };
}

function carried(to: readonly number[], room: readonly number[]): Edge[] {
  const edges: Edge[] = [];
  for (let edge = 0; edge < to.length; edge += 2) {
    const amount = room[edge + 1]!;
    const [from, into] = [to[edge + 1]!, to[edge]!];
    const passage = from !== SOURCE && from % 2 === 0; // from a unit's entry to its exit
    if (amount === 0 || passage) continue;
    edges.push({
      ...(from !== SOURCE && { from: (from - 3) / 2 }),
      ...(into !== LEDGER && { to: (into - 2) / 2 }),
      amount,
    });
  }
  return edges;
}
