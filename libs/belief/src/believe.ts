import { type Belief, coreOrigins, opinionIn } from './core.js';
import { Cycles, type Derived, derivedFrom, grouped, type Premise } from './derivations.js';
import type { Facts, Query } from './facts.js';
import { claimRetracted, type Graph, graphOf, type Node } from './graph.js';
import { runsOf } from './grouped.js';
import { type Pins, pinsOf } from './pins.js';
import { type Numbers, numbersOf, p1, type Policy } from './policy.js';
import type { Run, Side } from './run.js';
import { statusOf } from './status.js';
import { type Direct, directEvidence, directOf, exactOpinion } from './totals.js';
import { bestChains } from './trust.js';
import { originsOf } from './contradiction.js';

/** Beliefs already computed under one set of facts, query and policy. */
export interface Memo {
  readonly beliefs: Map<string, Belief>;
  readonly cycles: Cycles;
  /** What is known of a premise without computing it. */
  readonly settled: (claim: string) => Premise | undefined;
}

export const memoOf = (facts: Facts, settled: Memo['settled'] = () => undefined): Memo => ({
  beliefs: new Map(),
  cycles: new Cycles(facts),
  settled,
});

/**
 * What is believed of the claim: a pure function of live events, policy and query times (BELIEF.md §4). Premises of
 * derivations are computed first, each once per `memo`, however deep they lie.
 */
export function believe(
  facts: Facts,
  claim: string,
  query: Query = {},
  policy: Policy = p1,
  memo: Memo = memoOf(facts),
): Belief {
  const numbers = numbersOf(policy);
  const pins = pinsOf(query);
  const open = [claim];
  for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
    const missing = memo.beliefs.has(next) ? [] : missingPremises(facts, next, memo);
    if (missing.length > 0) {
      open.push(...missing);
      continue;
    }
    open.pop();
    if (!memo.beliefs.has(next)) memo.beliefs.set(next, beliefIn(facts, next, pins, numbers, memo));
  }
  return memo.beliefs.get(claim)!;
}

/** The premises that have to be believed before the claim can be. */
export const missingPremises = (facts: Facts, claim: string, memo: Memo): string[] =>
  facts
    .derivationsFor(claim)
    .filter(derivation => !memo.cycles.isOn(derivation))
    .flatMap(derivation => derivation.premises)
    .filter(premise => !memo.beliefs.has(premise) && memo.settled(premise) === undefined);

function beliefIn(facts: Facts, claim: string, pins: Pins, numbers: Numbers, memo: Memo): Belief {
  return isUnspoken(facts, claim) ? { ...unspoken(numbers), claim } : computed(facts, claim, pins, numbers, memo);
}

/** Nothing was ever said of the claim: so are most when they are recorded, and all of them are believed alike. */
function isUnspoken(facts: Facts, claim: string): boolean {
  if (facts.assertionsOn(claim).length + facts.linksOf(claim).length + facts.derivationsFor(claim).length > 0)
    return false;
  const fact = facts.claim(claim);
  return fact?.supersededBy === undefined && (fact?.retractions ?? []).length === 0;
}

const NOTHING: Facts = {
  source: () => undefined,
  claim: () => undefined,
  assertionsOn: () => [],
  linksOf: () => [],
  derivationsFor: () => [],
  unitOf: () => undefined,
};

/** One for each policy: its core is hashed once. */
const beliefsUnspoken = new WeakMap<Numbers, Belief>();

function unspoken(numbers: Numbers): Belief {
  const known = beliefsUnspoken.get(numbers);
  if (known) return known;
  const belief = computed(NOTHING, '', pinsOf({}), numbers, memoOf(NOTHING));
  beliefsUnspoken.set(numbers, belief);
  return belief;
}

function computed(facts: Facts, claim: string, pins: Pins, numbers: Numbers, memo: Memo): Belief {
  const graph = graphOf(facts, claim, pins, numbers);
  const { first, second } = runsOf(graph, numbers);
  const derived = derivationsOf(facts, claim, pins, numbers, memo);
  const pro = sideOf(first, second, 'pro', derived);
  const con = sideOf(first, second, 'con', derived);
  const opinion = exactOpinion(pro.micro, con.micro, numbers);
  const status = statusOf(
    {
      run: first,
      kappa: { pro: pro.direct.kappa, con: con.direct.kappa },
      opinion,
      superseded: () => supersededBy(facts, claim, pins, numbers),
      claimRetracted: claimRetracted(facts, claim, pins),
      originWithdrawn: () =>
        graph.withdrawn && hasProOrigin(facts, claim, { ...pins, withoutWithdrawals: true }, numbers),
      derived: derived.length > 0,
      attributingDerivation: derived.some(part => part.attributing),
    },
    numbers,
  );
  const voices = { for: sourcesOf(first.origins.pro), against: sourcesOf(first.origins.con) };
  const side = ({ micro, direct }: { micro: number; direct: Direct }, which: Side) => ({
    micro,
    kappa: direct.kappa,
    pooledBest: direct.pooledBest,
    origins: coreOrigins(first, which, numbers),
  });
  return {
    claim,
    core: {
      opinion: opinionIn(opinion, numbers),
      status,
      pro: side(pro, 'pro'),
      con: side(con, 'con'),
      policy: numbers.id,
    },
    mentions: mentionsIn(graph),
    origins: { for: voices.for.length, against: voices.against.length },
    voices,
    weak: weakIn(first),
    reaching: graph.nodes.filter(node => node.claim === claim && node.own && first.best[node.index]).length,
    roots: pro.roots,
    derived,
  };
}

/** Direct evidence and derivations of one side, and the units that it rests on. */
function sideOf(first: Run, second: Run | undefined, side: Side, derived: readonly Derived[]) {
  const direct = directOf(first, second, side);
  const supplying = first.graph.nodes.filter(node => first.supply[side][node.index]! > 0);
  const roots = [...new Set(supplying.map(node => node.voice.unit ?? node.voice.id))];
  const parts = derived.filter(part => part.evidence > 0 && part.polarity === (side === 'pro' ? 'for' : 'against'));
  if (parts.length === 0) return { direct, micro: directEvidence(direct), roots };
  const micro = grouped([{ evidence: directEvidence(direct), roots }, ...parts]);
  return { direct, micro, roots: [...new Set([...roots, ...parts.flatMap(part => part.roots)])] };
}

function derivationsOf(facts: Facts, claim: string, pins: Pins, numbers: Numbers, memo: Memo): Derived[] {
  const derivations = facts.derivationsFor(claim);
  if (derivations.length === 0) return [];
  const believed = (premise: string) => memo.beliefs.get(premise) ?? memo.settled(premise)!;
  return [...derivations]
    .sort((x, y) => (x.id < y.id ? -1 : 1))
    .map(fact => derivedFrom(fact, memo.cycles.isOn(fact), believed, facts, pins, numbers));
}

function supersededBy(facts: Facts, claim: string, pins: Pins, numbers: Numbers): boolean {
  const successor = facts.claim(claim)?.supersededBy;
  return successor !== undefined && hasProOrigin(facts, successor, pins, numbers);
}

/** Does anybody assert the claim at the pins, with a chain to us without grade G? */
function hasProOrigin(facts: Facts, claim: string, pins: Pins, numbers: Numbers): boolean {
  const graph = graphOf(facts, claim, pins, numbers);
  return originsOf(graph, bestChains(graph), numbers).pro.length > 0;
}

function mentionsIn({ nodes, claim }: Graph): Belief['mentions'] {
  const items = nodes.filter(node => node.claim === claim && node.hold === 'held').map(node => node.id);
  return { count: items.length, items };
}

/** Own assertions that the core lists and that make no status. */
function weakIn({ graph, best, origins }: Run): Belief['weak'] {
  const strong = new Set([...origins.pro, ...origins.con]);
  const weak = graph.nodes.filter(node => node.own && best[node.index] && !strong.has(node));
  return {
    for: weak.filter(({ own }) => own!.b > own!.d).length,
    against: weak.filter(({ own }) => own!.d > own!.b).length,
  };
}

const sourcesOf = (nodes: readonly Node[]): string[] => [...new Set(nodes.map(node => node.voice.id))];
