import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import { changeAssertions, holds, pick, read, worldArbitrary } from '../../../../test/support/belief-arbitraries.js';
import { factsOf, type World } from '../../../../test/support/belief-world.js';
import { pinsOf, rollOf } from '../pins.js';

const day = fc.constantFrom(
  '2018-12-31',
  '2019-01-01',
  '2019-01-15',
  '2019-02-01',
  '2019-02-15',
  '2019-03-01',
  '2019-12-31',
);
const dated = worldArbitrary({ dates: true, grouped: false, contradiction: false });
const retraction = fc.record({
  at: fc.nat(20),
  by: fc.constantFrom('speaker' as const, 'publisher' as const, 'ledger' as const),
  assertedAt: fc.constantFrom('2019-01-10', '[2019-01-10..2019-02-10]', '2019-02-10?', 'unknown'),
});

const withdrawn = (
  world: World,
  { at, by, assertedAt }: { at: number; by: 'speaker' | 'publisher' | 'ledger'; assertedAt: string },
): World => ({
  ...world,
  retractions: {
    r: { target: pick([...Object.keys(world.assertions), ...Object.keys(world.sources)], at)!, by, assertedAt },
  },
});

const counted = (world: World, publicBy: string, certainty: 'certain' | 'possible'): Set<string> =>
  new Set(rollOf(factsOf(world), 'c', pinsOf({ publicBy, certainty })).counted.map(({ fact }) => fact.id));

describe('time', () => {
  it('invariant 39: what counts for certain is part of what possibly counts; R and S likewise (conditions as 24)', () =>
    holds(fc.tuple(dated, day, fc.option(retraction)), ([drawn, publicBy, gone]) => {
      const world = gone ? withdrawn(drawn, gone) : drawn;
      const possibly = counted(world, publicBy, 'possible');
      const [certain, possible] = [read(world, { publicBy }), read(world, { publicBy, certainty: 'possible' })];
      return (
        [...counted(world, publicBy, 'certain')].every(id => possibly.has(id)) &&
        certain.R <= possible.R &&
        certain.S <= possible.S
      );
    }));

  it('invariant 39: an assertion that loses its date adds nothing for certain', () =>
    holds(fc.tuple(dated, day, fc.nat(7)), ([world, publicBy, at]) => {
      const loser = pick(Object.keys(world.assertions), at);
      const after = changeAssertions(world, (a, id) => (id === loser ? { ...a, assertedAt: 'unknown' } : a));
      const [x, y] = [read(after, { publicBy }), read(world, { publicBy })];
      return x.R <= y.R && x.S <= y.S;
    }));

  it('counts more for certain the later the day, where nobody withdraws', () =>
    holds(fc.tuple(dated, day, day), ([world, x, y]) => {
      const [earlier, later] = x < y ? [x, y] : [y, x];
      const then = counted(world, later, 'certain');
      return [...counted(world, earlier, 'certain')].every(id => then.has(id));
    }));
});
