import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import {
  changeAssertions,
  holds,
  hows,
  pick,
  type Reading,
  read,
  sameCore,
  sameNumbers,
  sourceArbitrary,
  withAssertion,
  worldArbitrary,
} from '../../../../test/support/belief-arbitraries.js';
import type { World, WorldAssertion } from '../../../../test/support/belief-world.js';
import { compare, decimal, rational, times } from '../rational.js';
import { believe } from '../index.js';
import { factsOf } from '../../../../test/support/belief-world.js';
import { numbersOf, ownOpinion, p1 } from '../policy.js';

const numbers = numbersOf(p1);
const isOwn = (a: WorldAssertion) => a.stance !== undefined && a.basis !== 'cites';
const trustOf = (world: World, source: string) => {
  const { grade, named } = world.sources[source]!;
  const t = numbers.trust[grade ?? 'F'];
  return named === 'nobody' && compare(t, decimal('.5')) > 0 ? decimal('.5') : t;
};
const opinionOf = (a: WorldAssertion) =>
  typeof a.stance === 'string' ? numbers.stances.get(a.stance)! : ownOpinion(a.stance!.b, a.stance!.d);

/** A new pure relay of some assertions, by a new source. */
const relay = fc.record({
  source: sourceArbitrary,
  targets: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 }),
  how: fc.constantFrom(...hows),
  hold: fc.constantFrom('held' as const, 'cited' as const, 'unknown' as const),
  support: fc.constantFrom(undefined, 'each', 'together', 'unclear'),
  id: fc.constantFrom('A-first', 'z-last'),
});

function relaying(world: World, draft: typeof relay extends fc.Arbitrary<infer T> ? T : never, ids: readonly string[]) {
  const targets = [...new Set(draft.targets.flatMap(at => pick(ids, at) ?? []))];
  const relays = targets.map(assertion => ({ assertion, ...(draft.how && { how: draft.how }) }));
  const { hold, support, source } = draft;
  const note = { claim: 'c', source: draft.id, relays, hold, ...(support && { support }) };
  return targets.length === 0 ? world : withAssertion(world, draft.id, note, source);
}

/** Can y be reached from x by relays that are not misattributed, without passing `avoiding`? */
function cites(world: World, from: string, avoiding?: string): Set<string> {
  const seen = new Set([from]);
  for (const id of seen) {
    if (id === avoiding) continue;
    for (const r of world.assertions[id]!.relays ?? [])
      if ('assertion' in r && r.fidelity !== 'misattributed') seen.add(r.assertion);
  }
  return seen;
}

const reachesUs = (world: World, id: string): boolean =>
  Object.entries(world.assertions).some(([other, a]) => a.hold === 'held' && cites(world, other).has(id));

describe('repetition', () => {
  it('invariant 9: a new pure relay raises no R above the units’ ceilings, no kappa above the number of their origins', () =>
    holds(fc.tuple(worldArbitrary(), relay), ([world, draft]) => {
      const after = read(relaying(world, draft, Object.keys(world.assertions)));
      const own = Object.values(world.assertions).filter(isOwn);
      const ceiling = (side: 'b' | 'd') => {
        const most = new Map<string, number>();
        for (const a of own) {
          const t = trustOf(world, a.source!);
          const { [side]: part, b, d, one } = opinionOf(a);
          const e = Number((2_000_000n * t.n * part) / (t.d * one - t.n * (b + d))) + 1;
          most.set(a.source!, Math.max(most.get(a.source!) ?? 0, e));
        }
        return [...most.values()].reduce((sum, e) => sum + e, 0);
      };
      const sources = new Set(own.map(a => a.source)).size;
      return after.R <= ceiling('b') && after.S <= ceiling('d') && after.pro <= sources && after.con <= sources;
    }));

  it('invariant 10: a repeat changes no byte where R, S and kappa stay, and with support each they stay', () =>
    holds(fc.tuple(worldArbitrary(), relay), ([world, draft]) => {
      const held = Object.keys(world.assertions).filter(id => world.assertions[id]!.hold === 'held');
      const before = read(world);
      const after = read(relaying(world, draft, held));
      const each = read(relaying(world, { ...draft, support: 'each' }, held));
      return sameCore(before, each) && (!sameNumbers(before, after) || sameCore(before, after));
    }));

  it('invariant 10: no new pure relay moves R, S or kappa where every own assertion is held and relays nothing', () =>
    holds(fc.tuple(worldArbitrary(), relay), ([world, draft]) => {
      const direct = changeAssertions(world, a => (isOwn(a) ? { ...a, hold: 'held', relays: [] } : a));
      return sameNumbers(read(direct), read(relaying(direct, draft, Object.keys(world.assertions))));
    }));

  it('invariant 11: a single origin gives at most its trust times its own belief', () =>
    holds(fc.tuple(worldArbitrary(), fc.nat(7)), ([world, at]) => {
      const origin = pick(
        Object.keys(world.assertions).filter(id => isOwn(world.assertions[id]!)),
        at,
      );
      if (origin === undefined) return true;
      const single = changeAssertions(world, (a, id) => {
        const { stance: _, ...silent } = a;
        return id === origin ? a : silent;
      });
      const { source } = world.assertions[origin]!;
      const { b, d, one } = opinionOf(world.assertions[origin]!);
      const { R, S } = read(single);
      const bound = (part: bigint) => times(trustOf(world, source!), rational(part, one));
      return withinAMicroUnit(R, S, bound(b)) && withinAMicroUnit(S, R, bound(d));
    }));

  it('invariant 12: what comes through one unit alone is believed at most as that unit is trusted; kappa at most 1', () =>
    holds(
      fc.tuple(worldArbitrary(), sourceArbitrary, fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 5 })),
      ([world, voice, targets]) => {
        const unheld = changeAssertions(world, a => (a.hold === 'held' ? { ...a, hold: 'cited' } : a));
        const ids = [...new Set(targets.map(at => pick(Object.keys(world.assertions), at)!))];
        const relays = ids.map(assertion => ({ assertion, how: 'verbatim' }));
        const note = { claim: 'c', source: 'v', relays, hold: 'held' as const };
        const through = withAssertion(unheld, 'v', note, voice);
        const { R, S, pro, con } = read(through);
        const carrier = voice.kind === 'record' && (voice.grade ?? 'F') === 'F';
        const t = carrier ? rational(1n) : trustOf(through, 'v');
        return withinAMicroUnit(R, S, t) && withinAMicroUnit(S, R, t) && pro <= 1 && con <= 1;
      },
    ));

  it('invariant 25: a ring closed onto the only origin, or onto what all origins of a node lie behind, changes nothing', () =>
    holds(
      fc.tuple(worldArbitrary({ oneEach: true }), fc.nat(7), fc.nat(7), fc.nat(7), fc.boolean()),
      ([world, x, y, z, only]) => {
        const ids = Object.keys(world.assertions);
        const origin = pick(ids, x)!;
        const onto = only ? origin : pick(ids, z)!;
        const graph = changeAssertions(world, (a, id) => {
          const { stance: _, ...silent } = a;
          const kept = id === onto ? { ...a, support: 'each' } : a;
          const own = {
            ...kept,
            stance: kept.stance ?? 'asserts',
            basis: kept.basis === 'cites' ? 'record' : kept.basis!,
          };
          return only ? (id === origin ? own : silent) : kept;
        });
        const own = (id: string) => isOwn(graph.assertions[id]!);
        if (!reachesUs(graph, onto) || ![...cites(graph, onto)].some(own)) return true; // a ring alone is `circular`
        const citing = ids.filter(id => {
          if (id === onto || own(id) || !cites(graph, id).has(onto)) return false;
          return only || ![...cites(graph, id, onto)].some(other => other !== onto && own(other));
        });
        const from = pick(citing, y);
        if (from === undefined) return true;
        const closed = changeAssertions(graph, (a, id) =>
          id === onto ? { ...a, relays: [...(a.relays ?? []), { assertion: from, how: 'verbatim' }] } : a,
        );
        return sameCore(read(graph), read(closed));
      },
    ));

  it('invariant 26: without an own assertion R, S and kappa are 0', () =>
    holds(worldArbitrary(), world => {
      const silent = changeAssertions(world, ({ stance: _, ...a }) => a);
      const { R, S, pro, con }: Reading = read(silent);
      return R + S + pro + con === 0 && believe(factsOf(silent), 'c').core.opinion.u === '1.000000';
    }));
});

/** Is x/(x+y+W) at most the bound, once a micro-unit of rounding is taken off x? */
const withinAMicroUnit = (x: number, y: number, bound: ReturnType<typeof rational>): boolean =>
  x === 0 || compare(rational(BigInt(x) - 1n, BigInt(x) - 1n + BigInt(y) + 2_000_000n), bound) <= 0;
