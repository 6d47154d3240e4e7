import type { Grade } from './facts.js';
import { compare, decimal, ONE, type Rational } from './rational.js';

/** The numbers of the model, as data (BELIEF.md §2, §3, §6): conventions, not calibrated facts. Decimals are strings. */
export interface Policy {
  readonly id: string;
  /** W: the evidence at which belief is one half. An integer. */
  readonly weight: number;
  /** a: what stands for the claim where nothing is known. */
  readonly baseRate: string;
  /** Trust by grade. Below 1, or a source could supply without limit. */
  readonly trust: Readonly<Record<Grade, string>>;
  /** The most that a source named to nobody is trusted. */
  readonly trustUnnamed: string;
  /** Grades whose own assertions compete and never add, and which carry no independent chain. */
  readonly pooledGrades: readonly Grade[];
  /** Own opinion (b, d) by stance. */
  readonly stances: Readonly<Record<string, readonly [b: string, d: string]>>;
  /** phi by how a relay was made. */
  readonly relays: Readonly<Record<string, string>>;
  readonly defaultRelay: string;
  /** The share of its trust at which an assertion of unstated basis supplies. */
  readonly unstatedShare: string;
  /** The share of its evidence that counts of a source that says yes and no. */
  readonly contradictionShare: string;
  /** The least b (or d) of a pro (or con) origin; the other must lie below it. */
  readonly originThreshold: string;
  /** Chains needed for `corroborated` and `refuted`. */
  readonly independentChains: number;
  readonly thinBelow: string;
  readonly lopsidedBelow: string;
  /** The greatest u of high and of moderate confidence; a word of probability needs at least the latter. */
  readonly confidence: { readonly high: string; readonly moderate: string };
}

export const p1: Policy = {
  id: 'p1',
  weight: 2,
  baseRate: '.5',
  trust: { A: '.95', B: '.75', C: '.50', D: '.25', E: '.05', F: '.50', G: '0' }, // MISP admiralty-scale / 100, clamped
  trustUnnamed: '.50',
  pooledGrades: ['D', 'E', 'F', 'G'],
  stances: {
    asserts: ['1', '0'],
    denies: ['0', '1'],
    implies: ['.6', '0'],
    likely: ['.6', '0'],
    believes: ['.6', '0'],
    apparently: ['.6', '0'],
    'no-recall': ['0', '0'],
    'no-comment': ['0', '0'],
    'not-established': ['0', '0'],
    'spoke-unseen': ['0', '0'],
    'no-recall-expected': ['0', '.25'],
  },
  relays: { verbatim: '1', paraphrase: '.95', translation: '.9', inferred: '.8', contested: '.5' },
  defaultRelay: 'paraphrase',
  unstatedShare: '.5',
  contradictionShare: '.5',
  originThreshold: '.4',
  independentChains: 2,
  thinBelow: '.75',
  lopsidedBelow: '.10',
  confidence: { high: '.15', moderate: '.40' },
};

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
