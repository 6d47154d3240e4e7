/** An exact fraction; `d` is positive. Not reduced unless `reduced` says so. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };

/** One unit of evidence is a million micro-units. */
export const MICRO = 1_000_000n;

export const rational = (n: bigint, d = 1n): Rational => (d < 0n ? { n: -n, d: -d } : { n, d });

/** Reads a decimal such as `.475`, `-1.5` or `2`; the denominator is a power of ten. Throws `invalid-decimal`. */
export function decimal(text: string): Rational {
  const match = /^(-?)(\d*)(?:\.(\d+))?$/.exec(text);
  const digits = match && (match[2] ?? '') + (match[3] ?? '');
  if (!match || !digits) throw Object.assign(new Error(`not a decimal: "${text}"`), { code: 'invalid-decimal' });
  const n = BigInt(digits);
  return { n: match[1] ? -n : n, d: 10n ** BigInt(match[3]?.length ?? 0) };
}

export const plus = (x: Rational, y: Rational): Rational =>
  x.d === y.d ? { n: x.n + y.n, d: x.d } : { n: x.n * y.d + y.n * x.d, d: x.d * y.d };

export const minus = (x: Rational, y: Rational): Rational => plus(x, { n: -y.n, d: y.d });

export const times = (x: Rational, y: Rational): Rational => ({ n: x.n * y.n, d: x.d * y.d });

/** Throws `division-by-zero`. */
export function over(x: Rational, y: Rational): Rational {
  if (y.n === 0n) throw Object.assign(new Error('division by zero'), { code: 'division-by-zero' });
  return rational(x.n * y.d, x.d * y.n);
}

/** Negative, zero or positive as x is less than, equal to or greater than y. */
export function compare(x: Rational, y: Rational): number {
  const difference = x.d === y.d ? x.n - y.n : x.n * y.d - y.n * x.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function reduced(x: Rational): Rational {
  let [a, b] = [x.n < 0n ? -x.n : x.n, x.d];
  while (b !== 0n) [a, b] = [b, a % b];
  return { n: x.n / a, d: x.d / a };
}

/** n/d to the nearest integer, a half to the even one: the only rounding in the model (BELIEF.md §4.3). n >= 0, d > 0. */
export function halfEven(n: bigint, d: bigint): bigint {
  const quotient = n / d;
  const twice = 2n * (n - quotient * d);
  return twice > d || (twice === d && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/** The least integer not below n/d. n >= 0, d > 0. */
export const ceiling = (n: bigint, d: bigint): bigint => (n + d - 1n) / d;

/** A number from 0 up as a string with six places, half-even: the form of every decimal in the core (BELIEF.md §7). */
export function sixPlaces(x: Rational): string {
  const digits = halfEven(x.n * MICRO, x.d)
    .toString()
    .padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
