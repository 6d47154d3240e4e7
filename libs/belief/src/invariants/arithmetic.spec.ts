import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import { holds, read, worldArbitrary } from '../../../../test/support/belief-arbitraries.js';
import {
  averagingFusion,
  cumulativeFusion,
  discount,
  type Evidence,
  evidenceOf,
  frechet,
  HALF,
  type Opinion,
  opinionOf,
  unfuse,
} from '../opinion.js';
import { numbersOf, p1 } from '../policy.js';
import { compare, minus, ONE, over, plus, type Rational, rational, times, ZERO } from '../rational.js';
import { exactOpinion } from '../totals.js';

const W = rational(2n);
const amount = fc.bigInt({ min: 0n, max: 50_000_000n }).map(n => rational(n, 1_000_000n));
const evidence: fc.Arbitrary<Evidence> = fc.record({ r: amount, s: amount });
const opinion = evidence.map(e => opinionOf(e, W));
const trust = fc.bigInt({ min: 0n, max: 100n }).map(n => rational(n, 100n));

const equal = (x: Rational, y: Rational) => compare(x, y) === 0;
const same = (x: Opinion, y: Opinion) => equal(x.b, y.b) && equal(x.d, y.d) && equal(x.u, y.u);
const added = (x: Evidence, y: Evidence): Evidence => ({ r: plus(x.r, y.r), s: plus(x.s, y.s) });
const vacuous: Opinion = { b: ZERO, d: ZERO, u: ONE, a: HALF };

describe('arithmetic', () => {
  it('invariant 1: b + d + u = 1 exactly, all at least 0, u above 0', () =>
    holds(worldArbitrary(), world => {
      const { R, S } = read(world);
      const { b, d, u } = exactOpinion(R, S, numbersOf(p1));
      return equal(plus(plus(b, d), u), ONE) && b.n >= 0n && d.n >= 0n && u.n > 0n;
    }));

  it('invariant 2: evidence to opinion and back is exact', () =>
    holds(evidence, e => {
      const back = evidenceOf(opinionOf(e, W), W);
      return equal(back.r, e.r) && equal(back.s, e.s);
    }));

  it('invariant 3: cumulative fusion adds evidence; commutative, associative, the vacuous opinion neutral', () =>
    holds(fc.tuple(evidence, evidence, evidence), ([x, y, z]) => {
      const [ox, oy, oz] = [opinionOf(x, W), opinionOf(y, W), opinionOf(z, W)];
      const left = cumulativeFusion([cumulativeFusion([ox, oy]), oz]);
      return (
        same(cumulativeFusion([ox, oy]), opinionOf(added(x, y), W)) &&
        same(cumulativeFusion([ox, oy]), cumulativeFusion([oy, ox])) &&
        same(left, cumulativeFusion([ox, cumulativeFusion([oy, oz])])) &&
        same(left, cumulativeFusion([ox, oy, oz])) &&
        same(cumulativeFusion([ox, vacuous]), ox)
      );
    }));

  it('invariant 4: averaging is idempotent; cumulative fusion lowers u where neither is vacuous', () =>
    holds(fc.tuple(opinion, opinion), ([x, y]) => {
      const { u } = cumulativeFusion([x, y]);
      const informed = compare(x.u, ONE) < 0 && compare(y.u, ONE) < 0;
      return same(averagingFusion([x, x, x]), x) && (!informed || (compare(u, x.u) < 0 && compare(u, y.u) < 0));
    }));

  it('invariant 5: a discount never raises b or d and keeps their ratio; 1 is identity, 0 vacuous', () =>
    holds(fc.tuple(opinion, trust), ([x, t]) => {
      const y = discount(x, t);
      return (
        compare(y.b, x.b) <= 0 &&
        compare(y.d, x.d) <= 0 &&
        equal(times(y.b, x.d), times(y.d, x.b)) &&
        same(discount(x, ONE), x) &&
        same(discount(x, ZERO), vacuous)
      );
    }));

  it('invariant 6: a hop never raises b or d; the order of trusts along a chain is irrelevant', () =>
    holds(fc.tuple(opinion, fc.array(trust, { minLength: 1, maxLength: 6 })), ([x, trusts]) => {
      const along = (order: readonly Rational[]) => order.reduce(discount, x);
      const hopwise = trusts.map((_, hops) => along(trusts.slice(0, hops + 1)));
      const product = discount(x, trusts.reduce(times, ONE));
      return (
        same(along(trusts), along([...trusts].reverse())) &&
        same(along(trusts), product) &&
        hopwise.every((now, hops) => {
          const before = hopwise[hops - 1] ?? x;
          return compare(now.b, before.b) <= 0 && compare(now.d, before.d) <= 0;
        })
      );
    }));

  it('invariant 36: unfusing what was fused gives it back', () =>
    holds(fc.tuple(opinion, opinion), ([x, y]) => same(unfuse(cumulativeFusion([x, y]), y), x)));

  it('invariant 45: the belief in all premises is at most that in each; a further premise never raises it', () =>
    holds(fc.tuple(fc.array(trust, { minLength: 1, maxLength: 6 }), trust), ([beliefs, further]) => {
      const all = frechet(beliefs);
      return beliefs.every(b => compare(all, b) <= 0) && compare(frechet([...beliefs, further]), all) <= 0;
    }));

  it('averages the evidence of n opinions', () =>
    holds(fc.tuple(evidence, evidence, evidence), all => {
      const sum = all.reduce(added);
      const mean = { r: over(sum.r, rational(3n)), s: over(sum.s, rational(3n)) };
      const averaged = averagingFusion(all.map(e => opinionOf(e, W)));
      return same(averaged, opinionOf(mean, W)) && equal(minus(ONE, averaged.u), plus(averaged.b, averaged.d));
    }));
});
