import { describe, expect, it } from '@jest/globals';

import { factsOf, type World } from '../../../test/support/belief-world.js';
import { grouped } from './derivations.js';
import { believe, explain, memoOf } from './index.js';

const held = (claim: string, source: string) => ({
  claim,
  source,
  stance: 'asserts',
  basis: 'first-hand',
  hold: 'held' as const,
});

/** Claims p and q, each by a source of its own unless told otherwise, and z that derives from both, one by one. */
const derived = (sources: Record<string, string>, rest: Partial<World> = {}): World => ({
  sources: Object.fromEntries(
    Object.values(sources).map(id => [
      id,
      { kind: 'person' as const, named: 'publicly' as const, grade: 'B' as const },
    ]),
  ),
  claims: { p: {}, q: {}, z: {} },
  assertions: Object.fromEntries(
    Object.entries(sources).map(([claim, source]) => [`on-${claim}`, held(claim, source)]),
  ),
  derivations: {
    d1: { conclusion: 'z', premises: ['p'], phi: '.8' },
    d2: { conclusion: 'z', premises: ['q'], phi: '.8' },
  },
  ...rest,
});
const micro = (world: World) => believe(factsOf(world), 'z').core.pro.micro;
const EACH = 3_000_000; // b = .8 * .75 = .6, 2 * .6/.4 units

describe('derivations', () => {
  it('add where their roots differ, and compete where they share one', () => {
    expect(micro(derived({ p: 'w1', q: 'w2' }))).toBe(2 * EACH);
    expect(micro(derived({ p: 'w', q: 'w' }))).toBe(EACH);
  });

  it('share a root with the direct evidence of the same source, or of its unit', () => {
    expect(micro(derived({ p: 'w1', q: 'w2', z: 'w3' }))).toBe(2 * EACH + 6_000_000);
    expect(micro(derived({ p: 'w1', q: 'w2', z: 'w1' }))).toBe(6_000_000 + EACH);
    expect(micro(derived({ p: 'w1', q: 'w2', z: 'w3' }, { units: [['w1', 'w2', 'w3']] }))).toBe(6_000_000);
  });

  it('lead roots on through derived premises', () => {
    const chain = derived(
      { p: 'w', z: 'w' },
      { derivations: { d1: { conclusion: 'q', premises: ['p'] }, d2: { conclusion: 'z', premises: ['q'] } } },
    );
    expect(micro(chain)).toBe(6_000_000);
  });

  it('supply nothing on a cycle, and say so', () => {
    const ring = derived(
      { p: 'w1', q: 'w2' },
      { derivations: { d1: { conclusion: 'z', premises: ['p'] }, d2: { conclusion: 'p', premises: ['z', 'q'] } } },
    );
    expect(micro(ring)).toBe(0);
    expect(explain(factsOf(ring), 'z').derived).toEqual([
      { derivation: 'd1', polarity: 'for', premises: ['p'], b: '0.000000', micro: 0, roots: [], flag: 'on-a-cycle' },
    ]);
  });

  it('supply nothing from a premise whose claim is retracted, and say so', () => {
    const world = derived({ p: 'w1', q: 'w2' }, { retractions: { r: { target: 'q', by: 'publisher' } } });
    expect(micro(world)).toBe(EACH);
    expect(explain(factsOf(world), 'z').derived.map(({ flag }) => flag)).toEqual([undefined, 'dead-premise']);
  });

  it('count on the side that their polarity names', () => {
    const against = derived(
      { p: 'w1' },
      { derivations: { d: { conclusion: 'z', premises: ['p'], polarity: 'against' } } },
    );
    const { core, roots } = believe(factsOf(against), 'z');
    expect([core.pro.micro, core.con.micro, core.status.code]).toEqual([0, 6_000_000, 'unverified']);
    expect(roots).toEqual([]);
  });

  it('are followed as deep as they go', () => {
    const depth = 8_000; // too deep for recursion
    const derivations = new Map(
      Array.from({ length: depth }, (_, i) => [
        `c${i + 1}`,
        [{ id: `d${i}`, conclusion: `c${i + 1}`, premises: [`c${i}`], polarity: 'for' as const }],
      ]),
    );
    const base = factsOf(derived({ p: 'w' }));
    const facts = {
      ...base,
      claim: (id: string) => ({ id, retractions: [] }),
      assertionsOn: (claim: string) => (claim === 'c0' ? base.assertionsOn('p') : []),
      derivationsFor: (claim: string) => derivations.get(claim) ?? [],
    };
    const memo = memoOf(facts);
    expect(believe(facts, `c${depth}`, {}, undefined, memo).core.pro.micro).toBe(6_000_000);
    expect(memo.beliefs.size).toBe(depth + 1);
  });
});

describe('grouped', () => {
  it('joins groups that a further part connects', () => {
    const part = (evidence: number, ...roots: string[]) => ({ evidence, roots });
    expect(grouped([part(5, 'a'), part(7, 'b'), part(1, 'c')])).toBe(13);
    expect(grouped([part(5, 'a'), part(7, 'b'), part(1, 'a', 'b')])).toBe(7);
    expect(grouped([part(5, 'a'), part(7, 'b'), part(0, 'a', 'b')])).toBe(12);
  });
});
