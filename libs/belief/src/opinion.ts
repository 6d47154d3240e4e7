import { compare, minus, ONE, over, plus, type Rational, rational, times, ZERO } from './rational.js';

/**
 * A binomial opinion of subjective logic (BELIEF.md §3; Jøsang, Subjective Logic, 2016, §3.4): belief, disbelief,
 * uncertainty, base rate; b + d + u = 1. All arithmetic is exact.
 */
export interface Opinion {
  readonly b: Rational;
  readonly d: Rational;
  readonly u: Rational;
  readonly a: Rational;
}

/** Evidence for and against, in units (not micro-units). */
export interface Evidence {
  readonly r: Rational;
  readonly s: Rational;
}

export const HALF = rational(1n, 2n);
const isZero = (x: Rational) => x.n === 0n;

/** P = b + a*u. */
export const projected = (x: Opinion): Rational => plus(x.b, times(x.a, x.u));

/** b = r/(r+s+W), d = s/(r+s+W), u = W/(r+s+W). */
export function opinionOf({ r, s }: Evidence, weight: Rational, a: Rational = HALF): Opinion {
  const total = plus(plus(r, s), weight);
  return { b: over(r, total), d: over(s, total), u: over(weight, total), a };
}

/** r = W*b/u, s = W*d/u: the inverse of `opinionOf`. Throws `division-by-zero` where u = 0. */
export const evidenceOf = (x: Opinion, weight: Rational): Evidence => ({
  r: over(times(weight, x.b), x.u),
  s: over(times(weight, x.d), x.u),
});

/**
 * Cumulative fusion: adds the evidence of independent opinions. Where some are dogmatic (u = 0), those alone count, in
 * equal shares (the limit).
 */
export const cumulativeFusion = (opinions: readonly Opinion[]): Opinion =>
  dogmaticMean(opinions) ?? opinions.reduce(fuseTwo);

function fuseTwo(x: Opinion, y: Opinion): Opinion {
  const product = times(x.u, y.u);
  const k = minus(plus(x.u, y.u), product);
  const fused = (left: Rational, right: Rational) => over(plus(times(left, y.u), times(right, x.u)), k);
  return { b: fused(x.b, y.b), d: fused(x.d, y.d), u: over(product, k), a: fusedBaseRate(x, y, product) };
}

function fusedBaseRate(x: Opinion, y: Opinion, product: Rational): Rational {
  const divisor = minus(plus(x.u, y.u), plus(product, product));
  if (isZero(divisor)) return times(HALF, plus(x.a, y.a)); // both vacuous
  const crossed = minus(plus(times(x.a, y.u), times(y.a, x.u)), times(plus(x.a, y.a), product));
  return over(crossed, divisor);
}

/** Takes the evidence of `part` out of `whole`, undoing a cumulative fusion. Base rate: that of `whole`. */
export function unfuse(whole: Opinion, part: Opinion): Opinion {
  const product = times(whole.u, part.u);
  const k = plus(minus(part.u, whole.u), product);
  const rest = (x: Rational, y: Rational) => over(minus(times(x, part.u), times(y, whole.u)), k);
  return { b: rest(whole.b, part.b), d: rest(whole.d, part.d), u: over(product, k), a: whole.a };
}

/** Mean of the evidence of n opinions. Not associative, so always of all at once. */
export const averagingFusion = (opinions: readonly Opinion[]): Opinion =>
  dogmaticMean(opinions) ?? { ...mean(opinions, x => over(ONE, x.u)), a: meanBaseRate(opinions) };

/** Mean of the evidence of n opinions, each weighted by its confidence 1 - u. Not associative. */
export function weightedFusion(opinions: readonly Opinion[]): Opinion {
  const confidence = sum(opinions, certainty);
  if (isZero(confidence)) return mean(opinions, () => ONE); // all vacuous
  const a = over(
    sum(opinions, x => times(x.a, certainty(x))),
    confidence,
  );
  return dogmaticMean(opinions) ?? { ...mean(opinions, x => over(certainty(x), x.u)), a };
}

/** Dogmatic opinions (u = 0) outweigh all others and share equally: the limit of every fusion. */
function dogmaticMean(opinions: readonly Opinion[]): Opinion | undefined {
  const dogmatic = opinions.filter(x => isZero(x.u));
  return dogmatic.length > 0 ? mean(dogmatic, () => ONE) : undefined;
}

function mean(opinions: readonly Opinion[], weight: (x: Opinion) => Rational): Opinion {
  const total = sum(opinions, weight);
  const part = (of: (x: Opinion) => Rational) =>
    over(
      sum(opinions, x => times(weight(x), of(x))),
      total,
    );
  return { b: part(x => x.b), d: part(x => x.d), u: part(x => x.u), a: meanBaseRate(opinions) };
}

const certainty = (x: Opinion): Rational => minus(ONE, x.u);

const meanBaseRate = (opinions: readonly Opinion[]): Rational =>
  over(
    sum(opinions, x => x.a),
    rational(BigInt(opinions.length)),
  );

const sum = (opinions: readonly Opinion[], of: (x: Opinion) => Rational): Rational =>
  opinions.reduce((total, x) => plus(total, of(x)), ZERO);

/** b' = p*b, d' = p*d, u' = 1 - b' - d', p the product of trust over the hops. Never the opposite-belief variant. */
export function discount(x: Opinion, p: Rational): Opinion {
  const [b, d] = [times(p, x.b), times(p, x.d)];
  return { b, d, u: minus(ONE, plus(b, d)), a: x.a };
}

/**
 * Belief in all premises together that holds under any dependence among them (Fréchet): max(0, sum of b - (n - 1)).
 * Returns 0 for beliefs that leave no room, 1 for none.
 */
export function frechet(beliefs: readonly Rational[]): Rational {
  const rest = beliefs.reduce((room, b) => minus(room, minus(ONE, b)), ONE);
  return compare(rest, ZERO) < 0 ? ZERO : rest;
}

/** DC = |P1 - P2| (1 - u1)(1 - u2), for display only. */
export function conflict(x: Opinion, y: Opinion): Rational {
  const distance = minus(projected(x), projected(y));
  const size = distance.n < 0n ? minus(ZERO, distance) : distance;
  return times(size, times(minus(ONE, x.u), minus(ONE, y.u)));
}
