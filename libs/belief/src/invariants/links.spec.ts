import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import {
  holds,
  type Reading,
  read,
  sameCore,
  together,
  worldArbitrary,
} from '../../../../test/support/belief-arbitraries.js';
import type { World } from '../../../../test/support/belief-world.js';

const apart = (claim: string, options = {}) => worldArbitrary({ claim, prefix: claim, assertions: 6, ...options });
const linked = (kind: string, from: string, to: string, ...worlds: World[]): World => ({
  ...worlds.reduce(together),
  links: [...worlds.flatMap(world => world.links ?? []), { kind, from, to }],
});
const empty = (claim: string): World => ({ sources: {}, claims: { [claim]: {} }, assertions: {} });
const numbers = ({ R, S, pro, con }: Reading) => [R, S, pro, con].join();
const swapped = ({ R, S, pro, con }: Reading) => [S, R, con, pro].join();

describe('links and derivations', () => {
  it('invariant 30: a complement gives exactly the sides swapped, same-as equal totals, both ways', () =>
    holds(fc.tuple(apart('c'), apart('e')), ([c, e]) => {
      const complement = linked('complement', 'c', 'e', c, e);
      const same = linked('same-as', 'c', 'e', c, e);
      return (
        numbers(read(complement)) === swapped(read(complement, {}, 'e')) &&
        numbers(read(same)) === numbers(read(same, {}, 'e')) &&
        numbers(read(linked('complement', 'e', 'c', c, e))) === numbers(read(complement)) &&
        swapped(read(linked('complement', 'c', 'e', empty('c'), e))) === numbers(read(e, {}, 'e'))
      );
    }));

  it('invariant 30: one step only, and a tension is nothing', () =>
    holds(
      fc.tuple(apart('c'), apart('e'), apart('f'), fc.constantFrom('complement', 'same-as', 'contrary', 'narrower')),
      ([c, e, f, kind]) => {
        const one = linked(kind, 'c', 'e', c, e);
        const two = linked('same-as', 'e', 'f', one, f);
        return sameCore(read(one), read(two)) && sameCore(read(c), read(linked('tension', 'c', 'e', c, e)));
      },
    ));

  it('invariant 30: narrower touches only the side that it names (no unit across, nobody contradicting himself)', () =>
    holds(
      fc.tuple(apart('c', { contradiction: false }), apart('e', { contradiction: false }), fc.boolean()),
      ([c, e, general]) => {
        const alone = read(c);
        const with_ = read(general ? linked('narrower', 'e', 'c', c, e) : linked('narrower', 'c', 'e', c, e));
        return general
          ? with_.S === alone.S && with_.con === alone.con && with_.R >= alone.R && with_.pro >= alone.pro
          : with_.R === alone.R && with_.pro === alone.pro && with_.S >= alone.S && with_.con >= alone.con;
      },
    ));

  it('invariant 49: a derivation leaves kappa and the other side; one for the claim never makes it retracted', () =>
    holds(
      fc.tuple(
        apart('c'),
        apart('p'),
        apart('q'),
        fc.constantFrom('for' as const, 'against' as const),
        fc.nat(7),
        fc.boolean(),
      ),
      ([c, p, q, polarity, at, withdrawn]) => {
        const ids = Object.keys(c.assertions);
        const target = ids[at % ids.length]!;
        const bare = {
          ...[c, p, q].reduce(together),
          ...(withdrawn && { retractions: { r: { target, by: 'speaker' as const } } }),
        };
        const before = read(bare);
        const after = read({
          ...bare,
          derivations: { d: { conclusion: 'c', premises: ['p', 'q'], polarity, phi: '.8' } },
        });
        const other = polarity === 'for' ? before.S === after.S : before.R === after.R;
        const kept = polarity === 'against' || after.code !== 'retracted' || before.code === 'retracted';
        return other && before.pro === after.pro && before.con === after.con && kept;
      },
    ));

  it('invariant 49: claims on a cycle of derivations are believed as without it', () =>
    holds(fc.tuple(apart('c'), apart('p')), ([c, p]) => {
      const bare = together(c, p);
      const ring = {
        d1: { conclusion: 'c', premises: ['p'] },
        d2: { conclusion: 'p', premises: ['c'] },
      };
      return numbers(read(bare)) === numbers(read({ ...bare, derivations: ring }));
    }));
});
