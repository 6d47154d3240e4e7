import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import { believe, type Query } from '@credence/belief';

import { factsOf, type World, type WorldAssertion, type WorldSource } from './belief-world.js';

/** What random graphs may hold; everything is allowed unless it is switched off. */
export interface GraphOptions {
  readonly assertions?: number;
  readonly sources?: number;
  /** Default 'c'; ids of sources and assertions begin with `prefix`. */
  readonly claim?: string;
  readonly prefix?: string;
  /** Notes that group what they cite. Default true. */
  readonly grouped?: boolean;
  /** Sources that say yes and no. Default true. */
  readonly contradiction?: boolean;
  readonly units?: boolean;
  /** Every assertion by a source of its own. Default false. */
  readonly oneEach?: boolean;
  readonly dates?: boolean;
}

export const runs = Number(process.env['CREDENCE_PROPERTY_RUNS'] ?? 200);

/** Checks a property on as many random inputs as the environment asks for; the seed is in the report of a failure. */
export const holds = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => boolean): void =>
  fc.assert(fc.property(arbitrary, property), { numRuns: runs });

export const grades = ['A', 'B', 'C', 'D', 'E', 'F', 'G', undefined] as const;
export const stances = [
  undefined,
  undefined,
  'asserts',
  'asserts',
  'asserts',
  'denies',
  'denies',
  'likely',
  'no-recall',
  'no-recall-expected',
  { b: '.4725', d: '.2275' },
  { b: '.2275', d: '.4725' },
  { b: '.3', d: '.1' },
  { b: '.5', d: '.5' },
] as const;
const plainly = ['asserts', 'asserts', 'asserts', 'likely', 'denies', undefined] as const;
const agreeing = [
  undefined,
  'asserts',
  'asserts',
  'likely',
  'no-recall',
  { b: '.4725', d: '.2275' },
  { b: '.3', d: '.1' },
] as const;
const opposing = [
  undefined,
  'denies',
  'denies',
  'no-recall-expected',
  { b: '.2275', d: '.4725' },
  { b: '0', d: '.6' },
] as const;
export const hows = [undefined, 'verbatim', 'verbatim', 'paraphrase', 'inferred', 'contested'] as const;
const days = ['2019-01-01', '2019-02-01', '[2019-01-01..2019-03-01]', '2019-03-01?', '/2019-02-01', 'unknown'] as const;

export const sourceArbitrary: fc.Arbitrary<WorldSource> = fc
  .record({
    kind: fc.constantFrom('person', 'organisation', 'record', 'record'),
    named: fc.constantFrom('publicly', 'publicly', 'publicly', 'to-us', 'nobody'),
    grade: fc.constantFrom(...grades, 'A', 'A', 'B', 'B', 'C', 'C'),
  })
  .map(({ kind, named, grade }) => ({ kind, named, ...(grade && { grade }) }));

/**
 * A random world of one claim. Half of the worlds have mostly good sources that say yes, half are layered: notes that
 * say nothing themselves stand between us and origins that we do not hold.
 */
export function worldArbitrary(options: GraphOptions = {}): fc.Arbitrary<World> {
  const { assertions = 8, sources = 6, claim = 'c', prefix = '' } = options;
  const voices = { minLength: 2, maxLength: options.oneEach ? assertions : sources, size: 'max' } as const;
  return fc
    .record({
      sources: fc.array(sourceArbitrary, voices),
      solid: fc.boolean(),
      layered: fc.boolean(),
      sides: fc.array(fc.boolean(), { minLength: sources, maxLength: sources }),
      assertions: fc.array(draftArbitrary, { minLength: 2, maxLength: assertions, size: 'max' }),
      units: fc.array(fc.uniqueArray(fc.nat(sources - 1), { minLength: 2, maxLength: 3 }), { maxLength: 2 }),
    })
    .map((drawn): World => {
      const good = drawn.solid ? drawn.sources.map(solid) : drawn.sources;
      const all = options.oneEach ? drawn.assertions.map((_, index) => good[index] ?? PLAIN) : good;
      const sourceId = (index: number) => `${prefix}s${index % all.length}`;
      const { length: count } = drawn.assertions;
      const shape = { ...options, solid: drawn.solid, layered: drawn.layered, claim, prefix, count };
      const units = drawn.units.map(members => [...new Set(members.map(sourceId))]);
      return {
        sources: Object.fromEntries(all.map((source, index) => [`${prefix}s${index}`, source])),
        claims: { [claim]: {} },
        assertions: Object.fromEntries(
          drawn.assertions.map((draft, index) => {
            const source = options.oneEach ? index : draft.source % all.length;
            const side = options.contradiction === false ? drawn.sides[source % sources] : undefined;
            return [`${prefix}a${index}`, assertionFrom(draft, index, sourceId(source), side, shape)];
          }),
        ),
        ...(options.units !== false && { units: units.filter(members => members.length > 1) }),
      };
    });
}

const PLAIN: WorldSource = { kind: 'person', named: 'publicly', grade: 'B' };

const solid = ({ kind, grade }: WorldSource): WorldSource => ({
  kind,
  named: 'publicly',
  ...(grade ? { grade: 'ABC'.includes(grade) ? grade : 'B' } : kind === 'record' ? {} : { grade: 'A' }),
});

const draftArbitrary = fc.record({
  source: fc.nat(7),
  stance: fc.nat(2519), // a multiple of the length of every list of stances, less one
  basis: fc.constantFrom(...'first-hand first-hand first-hand record own-reporting cites unstated'.split(' ')),
  relays: fc.array(
    fc.record({
      to: fc.nat(7),
      how: fc.constantFrom(...hows),
      fidelity: fc.constantFrom(undefined, undefined, undefined, undefined, 'weaker', 'misattributed'),
    }),
    { maxLength: 3 },
  ),
  support: fc.constantFrom(undefined, 'each', 'each', 'together', 'unclear'),
  hold: fc.constantFrom<WorldAssertion['hold']>('held', 'held', 'held', 'cited', 'cited', 'redacted', 'unknown'),
  day: fc.constantFrom(...days),
});
type Draft = typeof draftArbitrary extends fc.Arbitrary<infer T> ? T : never;

interface Shape extends GraphOptions {
  readonly claim: string;
  readonly prefix: string;
  readonly count: number;
  readonly solid: boolean;
  readonly layered: boolean;
}

/** `side`: all that its source ever says is on one side. */
function assertionFrom(draft: Draft, index: number, source: string, side: boolean | undefined, shape: Shape) {
  const { count, prefix } = shape;
  const note = shape.layered && index < count / 2;
  const voices = side === undefined ? (shape.solid ? plainly : stances) : side ? agreeing : opposing;
  const stance = note ? undefined : voices[draft.stance % voices.length];
  const onwards = (to: number) => index + 1 + (to % Math.max(1, count - index - 1));
  const relays = draft.relays
    .map(({ to, ...relay }) => ({ ...relay, to: shape.layered ? onwards(to) : to % count }))
    .filter(({ to }) => to !== index && to < count)
    .map(({ to, how, fidelity }) => ({
      assertion: `${prefix}a${to}`,
      ...(how && { how }),
      ...(fidelity && { fidelity }),
    }));
  return {
    claim: shape.claim,
    source,
    ...(stance !== undefined && { stance }),
    basis: shape.solid && draft.basis === 'unstated' ? 'first-hand' : draft.basis,
    relays,
    ...(shape.grouped === false ? { support: 'each' } : draft.support && { support: draft.support }),
    hold: shape.layered && draft.hold === 'held' && !note ? ('cited' as const) : draft.hold,
    ...(shape.dates && { assertedAt: draft.day }),
  };
}

/** Two worlds as one; what both name is the second's. */
export const together = (x: World, y: World): World => ({
  sources: { ...x.sources, ...y.sources },
  claims: { ...x.claims, ...y.claims },
  assertions: { ...x.assertions, ...y.assertions },
  retractions: { ...x.retractions, ...y.retractions },
  links: [...(x.links ?? []), ...(y.links ?? [])],
  derivations: { ...x.derivations, ...y.derivations },
  units: [...(x.units ?? []), ...(y.units ?? [])],
});

/** The world with one more assertion, by a source that may be new. */
export const withAssertion = (world: World, id: string, assertion: WorldAssertion, source?: WorldSource): World =>
  together(world, {
    sources: source ? { [assertion.source!]: source } : {},
    claims: {},
    assertions: { [id]: assertion },
  });

/** The world with some assertions changed; undefined takes one out, with the relays to it. */
export function changeAssertions(
  world: World,
  change: (assertion: WorldAssertion, id: string) => WorldAssertion | undefined,
): World {
  const changed = Object.entries(world.assertions).flatMap(([id, assertion]) => {
    const after = change(assertion, id);
    return after ? [[id, after] as const] : [];
  });
  const kept = new Set(changed.map(([id]) => id));
  const assertions = changed.map(([id, assertion]) => {
    const relays = (assertion.relays ?? []).filter(relay => !('assertion' in relay) || kept.has(relay.assertion));
    return [id, { ...assertion, relays }] as const;
  });
  return { ...world, assertions: Object.fromEntries(assertions) };
}

/** What is believed of claim `c`, in numbers that can be compared. */
export function read(world: World, query: Query = {}, claim = 'c') {
  const { core } = believe(factsOf(world), claim, query);
  return {
    R: core.pro.micro,
    S: core.con.micro,
    pro: core.pro.kappa,
    con: core.con.kappa,
    code: core.status.code,
    core,
  };
}
export type Reading = ReturnType<typeof read>;

export const notAbove = (x: Reading, y: Reading): boolean =>
  x.R <= y.R && x.S <= y.S && x.pro <= y.pro && x.con <= y.con;

export const sameNumbers = (x: Reading, y: Reading): boolean => notAbove(x, y) && notAbove(y, x);

export const sameCore = (x: Reading, y: Reading): boolean => isDeepStrictEqual(x.core, y.core);

/** The index of an entry by a random number. */
export const pick = <T>(items: readonly T[], at: number): T | undefined =>
  items.length === 0 ? undefined : items[at % items.length];
