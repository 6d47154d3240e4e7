import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import {
  changeAssertions,
  holds,
  notAbove,
  pick,
  read,
  sameNumbers,
  worldArbitrary,
} from '../../../../test/support/belief-arbitraries.js';
import type { World, WorldAssertion, WorldSource } from '../../../../test/support/belief-world.js';

const isOwn = (a: WorldAssertion) => a.stance !== undefined && a.basis !== 'cites';

const groups = ({ support, relays }: WorldAssertion): boolean => {
  const counted = (relays ?? []).filter(relay => !('assertion' in relay) || relay.fidelity !== 'misattributed');
  return (support ?? (counted.length > 1 ? 'unclear' : 'each')) !== 'each';
};

const withSource = (world: World, id: string, change: (source: WorldSource) => WorldSource): World => ({
  ...world,
  sources: { ...world.sources, [id]: change(world.sources[id]!) },
});

/** The record `r`, which nobody graded, comes between an assertion and what other sources cite it by. */
function carriedBy(world: World, between: string): World {
  const { source } = world.assertions[between]!;
  const cites = (a: WorldAssertion) =>
    (a.relays ?? []).map(relay =>
      'assertion' in relay && relay.assertion === between && a.source !== source
        ? { ...relay, assertion: 'carrier' }
        : relay,
    );
  const around = Object.entries(world.assertions).map(([id, a]) => [id, { ...a, relays: cites(a) }] as const);
  const carrier = {
    claim: 'c',
    source: 'r',
    relays: [{ assertion: between, how: 'verbatim' }],
    hold: 'cited' as const,
  };
  return {
    ...world,
    sources: { ...world.sources, r: { kind: 'record', named: 'publicly' } },
    assertions: { ...Object.fromEntries(around), carrier },
  };
}

describe('deflators', () => {
  it('invariant 27: declaring units raises nothing above the values without', () =>
    holds(worldArbitrary(), world => notAbove(read(world), read({ ...world, units: [] }))));

  it('invariant 29: a known basis turned unstated, or an assertion pooled, raises nothing', () =>
    holds(fc.tuple(worldArbitrary(), fc.nat(7), fc.boolean()), ([world, at, basis]) => {
      const id = pick(Object.keys(world.assertions), at)!;
      const { source } = world.assertions[id]!;
      if (basis) {
        const unstated = changeAssertions(world, (a, key) =>
          key === id && isOwn(a) ? { ...a, basis: 'unstated' } : a,
        );
        return notAbove(read(unstated), read(world));
      }
      const { kind, grade } = world.sources[source!]!;
      if (kind === 'record' || grade !== 'C') return true; // a record would become a carrier where it relays
      return notAbove(read(withSource(world, source!, voice => ({ ...voice, grade: 'F' }))), read(world));
    }));

  it('invariant 47: grouped notes never take away what is there without their relays (nobody contradicting himself)', () =>
    holds(worldArbitrary({ contradiction: false }), world =>
      notAbove(read(changeAssertions(world, a => (groups(a) ? { ...a, relays: [] } : a))), read(world)),
    ));

  it('invariant 48: with every note each, nothing is less', () =>
    holds(worldArbitrary(), world =>
      notAbove(read(world), read(changeAssertions(world, a => ({ ...a, support: 'each' })))),
    ));

  it('invariant 50: a verbatim carrier put before an assertion changes no R, S, kappa or status code', () =>
    holds(fc.tuple(worldArbitrary(), fc.nat(7)), ([world, at]) => {
      const [before, after] = [read(world), read(carriedBy(world, pick(Object.keys(world.assertions), at)!))];
      return sameNumbers(before, after) && before.code === after.code;
    }));

  it('invariant 50: grading a carrier raises nothing (conditions as 24)', () =>
    holds(
      fc.tuple(
        worldArbitrary({ grouped: false, contradiction: false, oneEach: true }),
        fc.nat(7),
        fc.constantFrom('A', 'B', 'C', 'D', 'E', 'G'),
      ),
      ([world, at, grade]) => {
        const carriers = Object.values(world.assertions).filter(
          a =>
            !isOwn(a) &&
            world.sources[a.source!]!.kind === 'record' &&
            (world.sources[a.source!]!.grade ?? 'F') === 'F' &&
            a.hold !== 'unknown',
        );
        const carrier = pick(carriers, at);
        if (!carrier) return true;
        return notAbove(read(withSource(world, carrier.source!, voice => ({ ...voice, grade: grade }))), read(world));
      },
    ));
});
