import type { World, WorldAssertion } from './belief-world.js';

/**
 * The direct evidence of a claim once more, by brute force and sharing no code with the product: trust by listing all
 * chains, flow and kappa as the least of all cuts over subsets of units. Exponential; for worlds of a few sources, one
 * claim, everything live. Numbers are BELIEF.md's for policy p1.
 */
export interface Outcome {
  readonly rho: ReadonlyMap<string, Fraction>;
  /** Flow and kappa by run and network, in the order of BELIEF.md §4.5. */
  readonly pro: Sided;
  readonly con: Sided;
}
export interface Sided {
  readonly flows: readonly (readonly number[])[];
  readonly kappas: readonly (readonly number[])[];
  readonly pooledBest: number;
  readonly micro: number;
  readonly kappa: number;
}
type Fraction = readonly [n: bigint, d: bigint];

const TRUST: Record<string, bigint> = { A: 95n, B: 75n, C: 50n, D: 25n, E: 5n, F: 50n, G: 0n };
const PHI: Record<string, bigint> = {
  verbatim: 100n,
  paraphrase: 95n,
  translation: 90n,
  inferred: 80n,
  contested: 50n,
};
const OWN: Record<string, readonly [bigint, bigint]> = {
  asserts: [1_000_000n, 0n],
  denies: [0n, 1_000_000n],
  likely: [600_000n, 0n],
  'no-recall': [0n, 0n],
  'no-recall-expected': [0n, 250_000n],
};
const ONE = 1_000_000n;
const micro = (text: string): bigint => BigInt(Math.round(Number(text) * 1e6));

export function bruteForce(world: World): Outcome {
  const all = Object.entries(world.assertions).map(([id, a]) => nodeOf(id, a, world));
  const first = measure(all, world, undefined);
  const grouping = new Set(
    all
      .filter(node => node.groups && positive(first.rho.get(node.id)))
      .filter(node => citedSources(node, all, first.rho).size > 1)
      .map(node => node.id),
  );
  const stripped = all.map(node => (grouping.has(node.id) ? { ...node, relays: [] } : node));
  const outcomes = grouping.size === 0 ? [first] : [first, measure(stripped, world, first.halved)];
  const side = (which: 0 | 1): Sided => {
    const flows = outcomes.map(outcome => outcome.flows[which]);
    const kappas = outcomes.map(outcome => outcome.kappas[which]);
    const pooledBest = first.pooled[which];
    const flow = Math.max(...flows.map(run => Math.min(...run)));
    return {
      flows,
      kappas,
      pooledBest,
      micro: Math.max(flow, pooledBest),
      kappa: Math.max(...kappas.map(run => Math.min(...run))),
    };
  };
  return { rho: first.rho, pro: side(0), con: side(1) };
}

interface OracleNode {
  readonly id: string;
  readonly source: string;
  readonly own: readonly [bigint, bigint] | undefined;
  readonly unstated: boolean;
  readonly weak: boolean;
  readonly carrier: boolean;
  readonly t: bigint;
  readonly held: boolean;
  readonly groups: boolean;
  readonly relays: readonly { readonly to: string; readonly phi: bigint }[];
}

function nodeOf(id: string, a: WorldAssertion, world: World): OracleNode {
  const source = world.sources[a.source!]!;
  const grade = source.grade ?? 'F';
  const basis = a.basis ?? 'unstated';
  const { stance } = a;
  const own =
    stance === undefined || basis === 'cites'
      ? undefined
      : typeof stance === 'string'
        ? OWN[stance]!
        : ([micro(stance.b), micro(stance.d)] as const);
  const carrier = !own && source.kind === 'record' && grade === 'F' && a.hold !== 'unknown';
  const byGrade = TRUST[grade]!;
  const relays = (a.relays ?? []).flatMap(relay =>
    'assertion' in relay && relay.fidelity !== 'misattributed' && world.assertions[relay.assertion]
      ? [{ to: relay.assertion, phi: relay.how ? PHI[relay.how]! : basis === 'cites' ? 100n : 95n }]
      : [],
  );
  const counted = (a.relays ?? []).filter(relay => !('assertion' in relay) || relay.fidelity !== 'misattributed');
  return {
    id,
    source: a.source!,
    own,
    unstated: basis === 'unstated',
    weak: source.named === 'nobody' || 'DEFG'.includes(grade),
    carrier,
    t: carrier ? 100n : source.named === 'nobody' && byGrade > 50n ? 50n : byGrade,
    held: a.hold === 'held',
    groups: (a.support ?? (counted.length > 1 ? 'unclear' : 'each')) !== 'each',
    relays,
  };
}

const positive = (rho: Fraction | undefined): boolean => rho !== undefined && rho[0] > 0n;
const less = (x: Fraction, y: Fraction): boolean => x[0] * y[1] < y[0] * x[1];

/** The best trust of each assertion over every simple chain, listed one by one. */
function trustByListing(nodes: readonly OracleNode[]): Map<string, Fraction> {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const best = new Map<string, Fraction>();
  const follow = (node: OracleNode, rho: Fraction, path: readonly string[]): void => {
    const known = best.get(node.id);
    if (!known || less(known, rho)) best.set(node.id, rho);
    for (const { to, phi } of node.relays) {
      if (path.includes(to)) continue;
      const cited = byId.get(to)!;
      const t = cited.source === node.source && !node.carrier ? 100n : cited.t;
      follow(cited, [rho[0] * phi * t, rho[1] * 10_000n], [...path, to]);
    }
  };
  for (const node of nodes) if (node.held) follow(node, [node.t, 100n], [node.id]);
  return best;
}

function measure(nodes: readonly OracleNode[], world: World, before: ReadonlySet<string> | undefined) {
  const rho = trustByListing(nodes);
  const live = nodes.filter(node => positive(rho.get(node.id)));
  const says = (node: OracleNode, side: 0 | 1) =>
    node.own !== undefined && node.own[side] >= 400_000n && node.own[1 - side]! < 400_000n;
  const voices = (side: 0 | 1) => new Set(live.filter(node => says(node, side)).map(node => node.source));
  const halved = before ?? new Set([...voices(0)].filter(source => voices(1).has(source)));
  const e = (node: OracleNode, side: 0 | 1): number => {
    if (!node.own) return 0;
    const [n, d] = rho.get(node.id)!;
    const r: Fraction = node.unstated ? [n, 2n * d] : [n, d];
    const full = round(2n * ONE * r[0] * node.own[side], r[1] * ONE - r[0] * (node.own[0] + node.own[1]));
    return Number(halved.has(node.source) ? round(full, 2n) : full);
  };
  const pooled = (node: OracleNode) => node.weak || node.unstated;
  const partitions = partitionsOf(live, nodes, world, rho);
  const flows = ([0, 1] as const).map(side =>
    partitions.map(unitOf => {
      const supply = new Map<string, number>();
      for (const node of live) if (!pooled(node)) raise(supply, unitOf(node.source), e(node, side));
      const capacity = new Map<string, number>();
      for (const node of live) {
        const [n, d] = rho.get(node.id)!;
        const limit = node.carrier || n === d ? Infinity : Number((2n * ONE * n + (d - n) - 1n) / (d - n));
        raise(capacity, unitOf(node.source), limit);
      }
      return leastCut(live, unitOf, supply, capacity);
    }),
  );
  const kappas = ([0, 1] as const).map(side =>
    partitions.map(unitOf => {
      const roots = new Map<string, number>();
      for (const node of live) if (!pooled(node) && says(node, side)) roots.set(unitOf(node.source), Infinity);
      const eligible = new Map<string, number>();
      for (const node of live) raise(eligible, unitOf(node.source), node.carrier || !node.weak ? 1 : 0);
      return leastCut(live, unitOf, roots, eligible);
    }),
  );
  const best = (side: 0 | 1) => Math.max(0, ...live.filter(pooled).map(node => e(node, side)));
  return {
    rho,
    halved,
    flows: flows as [number[], number[]],
    kappas: kappas as [number[], number[]],
    pooled: [best(0), best(1)] as const,
  };
}

const raise = (map: Map<string, number>, key: string, value: number) =>
  map.set(key, Math.max(map.get(key) ?? 0, value));

function round(n: bigint, d: bigint): bigint {
  const q = n / d;
  const rest = 2n * (n % d);
  return rest > d || (rest === d && q % 2n === 1n) ? q + 1n : q;
}

/** Declared units; each alone; grouped notes; both. */
function partitionsOf(
  live: readonly OracleNode[],
  nodes: readonly OracleNode[],
  world: World,
  rho: ReadonlyMap<string, Fraction>,
): ((source: string) => string)[] {
  const declared = (world.units ?? []).map(unit => [...unit]);
  const notes = live.filter(node => node.groups).map(node => [...citedSources(node, nodes, rho)]);
  return [declared, [], notes, [...declared, ...notes]].map(sets => {
    const unitOf = (source: string): string => {
      const members = new Set([source]);
      for (const member of members)
        for (const set of sets) if (set.includes(member)) for (const x of set) members.add(x);
      return [...members].sort().join('+');
    };
    return unitOf;
  });
}

function citedSources(
  note: OracleNode,
  nodes: readonly OracleNode[],
  rho: ReadonlyMap<string, Fraction>,
  seen: readonly string[] = [],
): Set<string> {
  const found = note.relays
    .filter(({ to }) => !seen.includes(to) && positive(rho.get(to)))
    .flatMap(({ to }) => {
      const cited = nodes.find(node => node.id === to)!;
      return cited.carrier ? [...citedSources(cited, nodes, rho, [...seen, to])] : [cited.source];
    });
  return new Set(found);
}

/** The least, over all sets of units taken out, of their limits and of the supplies that still reach the ledger. */
function leastCut(
  live: readonly OracleNode[],
  unitOf: (source: string) => string,
  supply: ReadonlyMap<string, number>,
  capacity: ReadonlyMap<string, number>,
): number {
  const units = [...new Set(live.map(node => unitOf(node.source)))];
  const next = new Map(units.map(unit => [unit, new Set<string>()]));
  const held = new Set(live.filter(node => node.held).map(node => unitOf(node.source)));
  const byId = new Map(live.map(node => [node.id, node]));
  for (const node of live)
    for (const { to } of node.relays) {
      const cited = byId.get(to);
      if (cited) next.get(unitOf(cited.source))!.add(unitOf(node.source));
    }
  let least = Infinity;
  for (let set = 0; set < 1 << units.length; set += 1) {
    const out = (unit: string) => (set & (1 << units.indexOf(unit))) !== 0;
    let size = units.filter(out).reduce((sum, unit) => sum + (capacity.get(unit) ?? 0), 0);
    for (const unit of units) {
      if (size >= least || out(unit) || !supply.get(unit)) continue;
      const reached = new Set([unit]);
      for (const at of reached) for (const to of next.get(at)!) if (!out(to)) reached.add(to);
      if ([...reached].some(at => held.has(at))) size += supply.get(unit)!;
    }
    least = Math.min(least, size);
  }
  return least;
}
