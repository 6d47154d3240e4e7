import { describe, it } from '@jest/globals';

import { changeAssertions, holds, read, worldArbitrary } from '../../../../test/support/belief-arbitraries.js';
import { bruteForce } from '../../../../test/support/belief-oracle.js';
import { factsOf, type World, type WorldAssertion } from '../../../../test/support/belief-world.js';
import { smallestFlow } from '../flow.js';
import { graphOf } from '../graph.js';
import { runsOf } from '../grouped.js';
import { believe } from '../index.js';
import { smallestKappa } from '../kappa.js';
import { maxFlow } from '../max-flow.js';
import { pinsOf } from '../pins.js';
import { numbersOf, p1 } from '../policy.js';
import { compare } from '../rational.js';

const numbers = numbersOf(p1);
const runsIn = (world: World) => runsOf(graphOf(factsOf(world), 'c', pinsOf({}), numbers), numbers);
const sides = ['pro', 'con'] as const;

describe('flow', () => {
  it('invariant 13: flow and kappa are the least cut in each network, trust is that of the best of all chains', () =>
    holds(worldArbitrary(), world => {
      const { core } = believe(factsOf(world), 'c');
      const oracle = bruteForce(world);
      const { first, second } = runsIn(world);
      const trust = first.graph.nodes.every(node => {
        const [mine, theirs] = [first.best[node.index]?.rho, oracle.rho.get(node.id)];
        return mine && theirs ? compare(mine, { n: theirs[0], d: theirs[1] }) === 0 : !mine && !theirs;
      });
      return (
        trust &&
        sides.every(
          side =>
            core[side].micro === oracle[side].micro &&
            core[side].kappa === oracle[side].kappa &&
            core[side].pooledBest === oracle[side].pooledBest &&
            [first, second].every((run, at) => {
              const flows = oracle[side].flows[at];
              return !run || smallestFlow(run, side).flow.value === Math.min(...flows!);
            }),
        )
      );
    }));

  it('invariant 14: kappa is the most chains that share no source, where every source is eligible and alone', () =>
    holds(worldArbitrary({ units: false, grouped: false }), world => {
      const eligible = { ...world, sources: mapValues(world.sources, source => ({ ...source, ...IDENTIFIED })) };
      const known = changeAssertions(eligible, a => ({ ...a, basis: a.basis === 'unstated' ? 'record' : a.basis! }));
      const { pro, con } = read(known);
      return pro === mostDisjointChains(known, isPro) && con === mostDisjointChains(known, isCon);
    }));

  it('invariant 15: taking out the kappa cut leaves no chain, and it has kappa units', () =>
    holds(worldArbitrary(), world => {
      const { first } = runsIn(world);
      return sides.every(side => {
        const { network, flow } = smallestKappa(first, side);
        const cut = flow.cut().units;
        const eligible = network.eligible.map((limit, unit) => (cut.includes(unit) ? 0 : limit));
        const roots = new Array<number>(network.units).fill(0);
        for (const node of first.origins[side]) if (!node.pooled) roots[network.unitOf[node.voice.index]!] = Infinity;
        return cut.length === flow.value && maxFlow(network, roots, eligible).value === 0;
      });
    }));

  it('invariant 16: held origins of distinct units: R is the sum of their evidence', () =>
    holds(worldArbitrary({ oneEach: true, units: false }), world => {
      const graded = { ...world, sources: mapValues(world.sources, source => ({ ...source, ...IDENTIFIED })) };
      const direct = changeAssertions(graded, a => ({ ...a, hold: 'held', relays: [], basis: 'first-hand' }));
      const { first } = runsIn(direct);
      const { R, S } = read(direct);
      const sum = (e: readonly number[]) => e.reduce((total, next) => total + next, 0);
      return R === sum(first.supply.pro) && S === sum(first.supply.con);
    }));

  it('invariant 17: swapping every b and d swaps the sides', () =>
    holds(worldArbitrary(), world => {
      const before = read(world);
      const after = read(changeAssertions(world, swapped));
      return before.R === after.S && before.S === after.R && before.pro === after.con && before.con === after.pro;
    }));

  it('invariant 41: corroborated and refuted need two chains, two named origins in different units and no named contradiction', () =>
    holds(worldArbitrary(), world => {
      const { code, pro, con } = read(world);
      const { origins } = runsIn(world).first;
      const named = (side: 'pro' | 'con') => origins[side].filter(node => node.voice.identified && node.known);
      const units = (side: 'pro' | 'con') => new Set(named(side).map(node => node.voice.unitName)).size;
      return (
        (code !== 'corroborated' || (pro >= 2 && units('pro') >= 2 && units('con') === 0)) &&
        (code !== 'refuted' || (con >= 2 && units('con') >= 2 && units('pro') === 0))
      );
    }));
});

const IDENTIFIED = { kind: 'person', named: 'publicly', grade: 'B' } as const;

const mapValues = <T, U>(record: Record<string, T>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

const OPINIONS: Record<string, { b: string; d: string }> = Object.fromEntries(
  Object.entries(p1.stances).map(([stance, [b, d]]) => [stance, { b, d }]),
);

const opinion = ({ stance }: WorldAssertion) => (typeof stance === 'string' ? OPINIONS[stance]! : stance!);

function swapped(a: WorldAssertion): WorldAssertion {
  if (a.stance === undefined) return a;
  const { b, d } = opinion(a);
  return { ...a, stance: { b: d, d: b } };
}

const speaks = (a: WorldAssertion) => a.stance !== undefined && a.basis !== 'cites';
const isPro = (a: WorldAssertion) => speaks(a) && Number(opinion(a).b) >= 0.4 && Number(opinion(a).d) < 0.4;
const isCon = (a: WorldAssertion) => speaks(a) && Number(opinion(a).d) >= 0.4 && Number(opinion(a).b) < 0.4;

/** Lists the simple paths of sources from an origin to a held document, and tries which of them go together. */
function mostDisjointChains(world: World, isOrigin: (a: WorldAssertion) => boolean): number {
  const next = new Map(Object.keys(world.sources).map(source => [source, new Set<string>()]));
  const held = new Set<string>();
  const reaching = new Set(Object.keys(world.assertions).filter(id => world.assertions[id]!.hold === 'held'));
  for (const id of reaching)
    for (const relay of world.assertions[id]!.relays ?? [])
      if ('assertion' in relay && relay.fidelity !== 'misattributed') reaching.add(relay.assertion);
  for (const id of reaching) {
    const { source, hold, relays } = world.assertions[id]!;
    if (hold === 'held') held.add(source!);
    for (const relay of relays ?? [])
      if ('assertion' in relay && relay.fidelity !== 'misattributed')
        next.get(world.assertions[relay.assertion]!.source!)!.add(source!);
  }
  const chains: string[][] = [];
  const follow = (path: string[]): void => {
    const at = path.at(-1)!;
    if (held.has(at)) chains.push(path);
    for (const to of next.get(at)!) if (!path.includes(to)) follow([...path, to]);
  };
  for (const source of new Set(
    [...reaching].filter(id => isOrigin(world.assertions[id]!)).map(id => world.assertions[id]!.source!),
  ))
    follow([source]);
  const most = (from: number, used: ReadonlySet<string>): number => {
    let best = 0;
    for (let at = from; at < chains.length; at += 1) {
      const chain = chains[at]!;
      if (!chain.some(source => used.has(source)))
        best = Math.max(best, 1 + most(at + 1, new Set([...used, ...chain])));
    }
    return best;
  };
  const shortest = chains.sort((x, y) => x.length - y.length);
  chains.splice(0, chains.length, ...shortest);
  return most(0, new Set());
}
