import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import {
  changeAssertions,
  holds,
  pick,
  read,
  sameCore,
  sourceArbitrary,
  together,
  withAssertion,
  worldArbitrary,
} from '../../../../test/support/belief-arbitraries.js';
import type { World, WorldRetraction } from '../../../../test/support/belief-world.js';

const by = fc.constantFrom('speaker' as const, 'publisher' as const, 'ledger' as const);
const targets = (world: World) => [...Object.keys(world.assertions), ...Object.keys(world.sources), 'c'];
const retracted = (world: World, ...retractions: WorldRetraction[]): World => ({
  ...world,
  retractions: Object.fromEntries(retractions.map((retraction, index) => [`r${index}`, retraction])),
});

describe('retraction and order', () => {
  it('invariant 31: retract, then reinstate: the same core', () =>
    holds(fc.tuple(worldArbitrary(), fc.nat(20), by), ([world, at, who]) => {
      const target = pick(targets(world), at)!;
      return sameCore(read(world), read(retracted(world, { target, by: who, lifted: true })));
    }));

  it('invariant 32: two retractions are one; lifting one keeps it retracted, lifting both restores', () =>
    holds(fc.tuple(worldArbitrary(), fc.nat(20), by), ([world, at, who]) => {
      const target = pick(targets(world), at)!;
      const [standing, lifted] = [
        { target, by: who },
        { target, by: who, lifted: true },
      ];
      const one = read(retracted(world, standing));
      return (
        sameCore(one, read(retracted(world, standing, standing))) &&
        sameCore(one, read(retracted(world, standing, lifted))) &&
        sameCore(read(world), read(retracted(world, lifted, lifted)))
      );
    }));

  it('invariant 34: retracting a source leaves every claim whose graph, premises and successor lack it', () =>
    holds(fc.tuple(worldArbitrary(), worldArbitrary({ claim: 'e', prefix: 'e' }), fc.nat(5), by), ([c, e, at, who]) => {
      const target = pick(Object.keys(e.sources), at)!;
      const both = together(c, e);
      return sameCore(read(both), read(retracted(both, { target, by: who })));
    }));

  it('invariant 35: a claim all of whose chains contain the source becomes (0, 0, 1)', () =>
    holds(fc.tuple(worldArbitrary(), sourceArbitrary, by), ([world, voice, who]) => {
      const unheld = changeAssertions(world, a => (a.hold === 'held' ? { ...a, hold: 'cited' } : a));
      const relays = Object.keys(world.assertions).map(assertion => ({ assertion }));
      const only = withAssertion(unheld, 'v', { claim: 'c', source: 'v', relays, hold: 'held' }, voice);
      const { opinion } = read(retracted(only, { target: 'v', by: who })).core;
      return opinion.b === '0.000000' && opinion.d === '0.000000' && opinion.u === '1.000000';
    }));

  it('invariant 7: any order of sources, assertions and relays gives the same core', () =>
    holds(fc.tuple(worldArbitrary(), fc.infiniteStream(fc.nat(1000))), ([world, order]) => {
      const shuffled = <T>(items: readonly T[]): T[] =>
        items
          .map(item => ({ item, rank: order.next().value as number }))
          .sort((x, y) => x.rank - y.rank)
          .map(({ item }) => item);
      const mixed = <T>(record: Record<string, T>) => Object.fromEntries(shuffled(Object.entries(record)));
      const assertions = Object.entries(world.assertions).map(
        ([id, a]) => [id, { ...a, relays: shuffled(a.relays ?? []) }] as const,
      );
      return sameCore(
        read(world),
        read({
          ...world,
          sources: mixed(world.sources),
          assertions: mixed(Object.fromEntries(assertions)),
          units: shuffled(world.units ?? []).map(shuffled),
        }),
      );
    }));

  it('invariant 44: what is recorded of unlinked claims changes nothing', () =>
    holds(fc.tuple(worldArbitrary(), worldArbitrary({ claim: 'e', units: false })), ([c, e]) => {
      // the same sources speak on both; assertions are renamed apart
      const renamed = Object.entries(e.assertions).map(([id, a]) => {
        const relays = (a.relays ?? []).map(relay =>
          'assertion' in relay ? { ...relay, assertion: `e-${relay.assertion}` } : relay,
        );
        const source = c.sources[a.source!] ? a.source! : 's0';
        return [`e-${id}`, { ...a, source, relays }] as const;
      });
      const other = { sources: {}, claims: e.claims, assertions: Object.fromEntries(renamed) };
      return sameCore(read(c), read(together(c, other)));
    }));
});
