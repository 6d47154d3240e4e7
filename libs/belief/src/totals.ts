import { flowValue, pooledBest } from './flow.js';
import { kappaValue } from './kappa.js';
import { plus, type Rational, rational, MICRO, times } from './rational.js';
import type { Run, Side } from './run.js';
import type { Numbers } from './policy.js';

/** The evidence of one side, in micro-units, before derivations add. */
export interface Direct {
  readonly flow: number;
  readonly kappa: number;
  readonly pooledBest: number;
}

export function directOf(first: Run, second: Run | undefined, side: Side): Direct {
  const larger = (value: (run: Run, side: Side) => number) =>
    second ? Math.max(value(first, side), value(second, side)) : value(first, side);
  return { flow: larger(flowValue), kappa: larger(kappaValue), pooledBest: pooledBest(first, side) };
}

/** BELIEF.md §4.8: R = max(flow+, best pooled e+), S likewise. */
export const directEvidence = ({ flow, pooledBest }: Direct): number => Math.max(flow, pooledBest);

/** b = R/(R+S+W), d and u likewise; P = b + a*u. */
export interface Exact {
  readonly b: Rational;
  readonly d: Rational;
  readonly u: Rational;
  readonly P: Rational;
}

export function exactOpinion(r: number, s: number, { weight, baseRate }: Numbers): Exact {
  const [pro, con, vacuous] = [BigInt(r), BigInt(s), MICRO * weight];
  const total = pro + con + vacuous;
  const u = rational(vacuous, total);
  const b = rational(pro, total);
  return { b, d: rational(con, total), u, P: plus(b, times(baseRate, u)) };
}
