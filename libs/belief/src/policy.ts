import { p1 } from '@credence/contracts';
import type { Policy } from '@credence/contracts';

import type { Grade } from './facts.js';
import { compare, decimal, ONE, type Rational } from './rational.js';

export { p1 };
export type { Policy };

/** An own opinion: b and d over a common denominator. */
export interface Own {
  readonly b: bigint;
  readonly d: bigint;
  readonly one: bigint;
}

/** A policy with its decimals read once. */
export interface Numbers {
  readonly id: string;
  readonly weight: bigint;
  readonly baseRate: Rational;
  readonly trust: Readonly<Record<Grade, Rational>>;
  readonly trustUnnamed: Rational;
  readonly pooled: ReadonlySet<Grade>;
  readonly stances: ReadonlyMap<string, Own>;
  readonly relays: ReadonlyMap<string, Rational>;
  readonly defaultRelay: Rational;
  readonly unstatedShare: Rational;
  readonly contradictionShare: Rational;
  readonly originThreshold: Rational;
  readonly independentChains: number;
  readonly thinBelow: Rational;
  readonly lopsidedBelow: Rational;
  readonly confidence: { readonly high: Rational; readonly moderate: Rational };
}

const read = new WeakMap<Policy, Numbers>();

export function numbersOf(policy: Policy): Numbers {
  const known = read.get(policy);
  if (known) return known;
  const numbers = numbersIn(policy);
  read.set(policy, numbers);
  return numbers;
}

/** Throws `invalid-policy` where a source could supply without limit. */
function numbersIn(policy: Policy): Numbers {
  for (const [grade, t] of Object.entries(policy.trust))
    if (compare(decimal(t), ONE) >= 0)
      throw Object.assign(new Error(`policy ${policy.id}: trust of ${grade} is ${t}, wanted below 1`), {
        code: 'invalid-policy',
      });
  const relays = new Map(Object.entries(policy.relays).map(([how, phi]) => [how, decimal(phi)]));
  return {
    id: policy.id,
    weight: BigInt(policy.weight),
    baseRate: decimal(policy.baseRate),
    trust: Object.fromEntries(Object.entries(policy.trust).map(([g, t]) => [g, decimal(t)])) as Record<Grade, Rational>,
    trustUnnamed: decimal(policy.trustUnnamed),
    pooled: new Set(policy.pooledGrades),
    stances: new Map(Object.entries(policy.stances).map(([stance, [b, d]]) => [stance, ownOpinion(b, d)])),
    relays,
    defaultRelay: decimal(policy.relays[policy.defaultRelay] ?? '1'),
    unstatedShare: decimal(policy.unstatedShare),
    contradictionShare: decimal(policy.contradictionShare),
    originThreshold: decimal(policy.originThreshold),
    independentChains: policy.independentChains,
    thinBelow: decimal(policy.thinBelow),
    lopsidedBelow: decimal(policy.lopsidedBelow),
    confidence: { high: decimal(policy.confidence.high), moderate: decimal(policy.confidence.moderate) },
  };
}

/** Two decimals over one denominator. */
export function ownOpinion(b: string, d: string): Own {
  const [x, y] = [decimal(b), decimal(d)];
  const one = x.d > y.d ? x.d : y.d;
  return { b: x.n * (one / x.d), d: y.n * (one / y.d), one };
}
