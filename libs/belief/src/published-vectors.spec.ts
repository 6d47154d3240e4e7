import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import {
  averagingFusion,
  conflict,
  cumulativeFusion,
  discount,
  type Opinion,
  opinionOf,
  projected,
  unfuse,
  weightedFusion,
} from './opinion.js';
import { decimal, type Rational, rational, times } from './rational.js';

type Four = readonly [b: number, d: number, u: number, a?: number];

const exact = (x: number): Rational => decimal(x.toFixed(12));
const opinion = ([b, d, u, a = 0.5]: Four): Opinion => ({ b: exact(b), d: exact(d), u: exact(u), a: exact(a) });
const approximate = ({ n, d }: Rational): number => Number((n * 10n ** 15n) / d) / 1e15;
const numbers = ({ b, d, u, a }: Opinion): number[] => [b, d, u, a].map(approximate);

/** Trust along a chain: the product of what each hop is expected to be worth. */
const throughTrust = (trusts: readonly Four[], advice: Four): Opinion =>
  discount(opinion(advice), trusts.map(trust => projected(opinion(trust))).reduce(times));

const near = (found: Opinion, wanted: readonly number[], tolerance: number): void =>
  wanted.forEach((value, place) => expect(Math.abs(numbers(found)[place]! - value)).toBeLessThanOrEqual(tolerance));

const C: readonly Four[] = [
  [0.1, 0.3, 0.6],
  [0.4, 0.2, 0.4],
  [0.7, 0.1, 0.2],
];
const X: Four = [0.6, 0.3, 0.1, 0];
const Y: Four = [0.091, 0.604, 0.305, 0.4];
const Z: Four = [0.53, 0.227, 0.243, 1];

/** Opinions published with the operators that the model uses (BELIEF.md §11); the conjunctions V07 and V23 it does not use. */
const VECTORS: readonly [
  id: string,
  source: string,
  found: () => Opinion,
  wanted: readonly number[],
  tolerance: number,
][] = [
  [
    'V01',
    'Jøsang 2016 §3.4.3, Fig. 3.1-3.2; eliezerroman/subjective_logic test_binomial',
    () => opinionOf({ r: rational(2n), s: rational(1n) }, rational(2n), exact(0.9)),
    [0.4, 0.2, 0.4, 0.9],
    1e-9,
  ],
  [
    'V02',
    'C++ subjective_logic_lib JosangExampleAvgFuse',
    () => averagingFusion(C.map(opinion)),
    [0.5090909, 0.16363636],
    1e-7,
  ],
  [
    'V03',
    'Jøsang 2016 Eq. 14.8; eliezerroman test_trust',
    () => throughTrust([[0.2, 0.4, 0.4, 0.75]], [0.45, 0.35, 0.2, 0.25]),
    [0.225, 0.175, 0.6],
    1e-6,
  ],
  [
    'V04',
    'Jøsang 2016 Table 14.3; eliezerroman test_trust',
    () =>
      cumulativeFusion([
        throughTrust([[0.4, 0.1, 0.5, 0.6]], [0.9, 0, 0.1, 0.4]),
        throughTrust([[0.5, 0, 0.5, 0.5]], [0.8, 0.1, 0.1, 0.4]),
      ]),
    [0.743, 0.048, 0.209],
    1e-3,
  ],
  [
    'V05',
    'Jøsang 2016 §13.1.3; eliezerroman test_unfusion; C++ library',
    () => unfuse(opinion([0.9, 0.05, 0.05]), opinion([0.7, 0.1, 0.2])),
    [0.91, 0.03, 0.06],
    5e-3,
  ],
  [
    'V10',
    'Jøsang, Ivanovska, Muller, FUSION 2015; C++ trusted fusion test',
    () =>
      averagingFusion([
        throughTrust([[0.3, 0, 0.7, 0.9]], [1, 0, 0]),
        throughTrust([[0.7, 0, 0.3, 0.9]], [0, 1, 0]),
        throughTrust([[0.4, 0.1, 0.5, 0.9]], [1, 0, 0]),
      ]),
    [0.35, 0.6, 0.05],
    6e-3,
  ],
  [
    'V11',
    'C++ subjective_logic_lib BinomialOpinionTest',
    () => cumulativeFusion([opinion([0.7, 0.1, 0.2, 0.5]), opinion([0.2, 0.3, 0.5, 0.2])]),
    [0.65, 0.18333333, 0.16666667, 0.44],
    1e-7,
  ],
  [
    'V12',
    'vs-uulm/go-subjectivelogic TestCumulativeFusion10',
    () => cumulativeFusion([opinion(X), opinion(Y)]),
    [0.5129506008, 0.4056074766, 0.0814419226, 0.0808139535],
    1e-9,
  ],
  ['V13', 'go TestCumulativeFusion8', () => cumulativeFusion([opinion([0, 1, 0]), opinion(X)]), [0, 1, 0, 0.5], 1e-9],
  [
    'V14',
    'C++ CumFuseVariablesDogmatic',
    () =>
      cumulativeFusion(
        [
          [1, 0, 0],
          [1, 0, 0],
          [0, 1, 0],
          [0, 1, 0],
        ].map(x => opinion(x as unknown as Four)),
      ),
    [0.5, 0.5, 0],
    1e-9,
  ],
  [
    'V15',
    'go TestAveragingFusion10',
    () => averagingFusion([opinion(Y), opinion(Z)]),
    [0.3353339416, 0.3941733577, 0.2704927007, 0.7],
    1e-9,
  ],
  [
    'V16',
    'go TestWeightedFusion10',
    () => weightedFusion([opinion(X), opinion(Y)]),
    [0.4971642442, 0.3614186047, 0.1414171512, 0.1742946708],
    1e-9,
  ],
  [
    'V17',
    'go TestWeightedFusion11',
    () => weightedFusion([opinion(Y), opinion(Z)]),
    [0.3445420742, 0.3862656903, 0.2691922355, 0.7128099174],
    1e-9,
  ],
  ['V18', 'go TestTrustDiscounting', () => throughTrust([Y], X), [0.1278, 0.0639, 0.8083, 0], 1e-9],
  ['V19', 'go TestTrustDiscounting', () => throughTrust([Z], Y), [0.070343, 0.466892, 0.462765, 0.4], 1e-9],
  ['V20', 'go TestTrustDiscounting', () => throughTrust([X], Y), [0.0546, 0.3624, 0.583, 0.4], 1e-9],
  ['V21', 'go TestMultiEdgeTrustDisc17', () => throughTrust([Z, X], Y), [0.0422058, 0.2801352, 0.677659, 0.4], 1e-9],
  [
    'V22',
    'go TestMultiEdgeTrustDisc18',
    () => throughTrust([[0, 0, 1], Z, X, [0.5, 0.5, 0]], X),
    [0.06957, 0.034785, 0.895645, 0],
    1e-9,
  ],
];

describe('published opinions', () => {
  it.each(VECTORS)('%s (%s)', (_id, _source, found, wanted, tolerance) => {
    near(found(), wanted, tolerance);
  });

  it('V01: P = .76', () => {
    const found = opinionOf({ r: rational(2n), s: rational(1n) }, rational(2n), exact(0.9));
    expect(approximate(projected(found))).toBeCloseTo(0.76, 9);
  });

  it('V06: no conflict where the expectations agree (Jøsang 2016 pp. 80-82; eliezerroman test_conflict)', () => {
    expect(approximate(conflict(opinion([0.05, 0.15, 0.8, 0.9]), opinion([0.68, 0.22, 0.1, 0.9])))).toBeCloseTo(0, 9);
  });

  it('V08: dogmatic opinions are averaged by every fusion (Jøsang 2016 Table 12.5, one of three values)', () => {
    for (const fuse of [cumulativeFusion, averagingFusion, weightedFusion])
      near(fuse([opinion([0.99, 0.01, 0]), opinion([0, 1, 0])]), [0.495, 0.505, 0], 1e-9);
  });

  it('V09: weighted fusion (Jøsang 2016 Table 12.6, coarsened to its first value against the others)', () => {
    near(weightedFusion([opinion([0.98, 0.01, 0.01]), opinion([0, 0.91, 0.09])]), [0.889, 0.093, 0.018], 1e-3);
  });

  it('V24: a negative control: distrust in the adviser is no belief in the opposite', () => {
    const found = numbers(throughTrust([[0.2, 0.4, 0.4, 0.5]], [1, 0, 0, 0.5]));
    expect(found.slice(0, 3)).toEqual([0.4, 0, 0.6]);
  });
});

interface Vector {
  operator: string;
  name: string;
  inputs: Four[];
  expected: number[] | null;
  error: boolean;
}

const OPERATORS: Readonly<Record<string, (inputs: readonly Four[]) => Opinion>> = {
  AveragingFusion: inputs => averagingFusion(inputs.map(opinion)),
  CumulativeFusion: inputs => cumulativeFusion(inputs.map(opinion)),
  WeightedFusion: inputs => weightedFusion(inputs.map(opinion)),
  TrustDiscounting: inputs => throughTrust(inputs.slice(0, -1), inputs.at(-1)!),
  Complement: ([x]) => ({ ...opinion(x!), b: exact(x![1]), d: exact(x![0]), a: exact(1 - x![3]!) }),
};

const file = resolve(process.env['CREDENCE_DATASETS'] ?? '../shared/data', 'subjective-logic/vectors.json');

(existsSync(file) ? describe : describe.skip)(`the open suites in ${file}`, () => {
  const vectors = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] }).vectors : [];
  it.each(vectors.filter(({ operator, error }) => OPERATORS[operator] && !error))(
    '$operator $name $inputs',
    ({ operator, inputs, expected }) => near(OPERATORS[operator]!(inputs), expected!, 1e-9),
  );
});
