import { describe, expect, it } from '@jest/globals';

import { factsOf, type World, type WorldAssertion } from '../../../test/support/belief-world.js';
import { chainsOf } from './index.js';

const note = (hold: 'held' | 'cited', ...cited: string[]): WorldAssertion => ({
  claim: 'c',
  source: 'n',
  relays: cited.map(assertion => ({ assertion })),
  hold,
});
const word = (stance = 'asserts', hold: 'held' | 'cited' = 'cited', ...cited: string[]): WorldAssertion => ({
  ...note(hold, ...cited),
  stance,
  basis: 'first-hand',
});
const world = (assertions: Record<string, WorldAssertion>, grade: 'B' | 'G' = 'B'): World => ({
  sources: { n: { kind: 'organisation', named: 'publicly', grade } },
  claims: { c: {} },
  assertions,
});
const shown = (assertions: Record<string, WorldAssertion>, grade?: 'B' | 'G') => {
  const { chains, total, truncated } = chainsOf(factsOf(world(assertions, grade)), 'c');
  return {
    paths: chains.map(({ hops, carries }) => `${hops.map(hop => hop.assertion).join('>')}${carries ? '' : ' x'}`),
    total,
    truncated,
  };
};

describe('chains', () => {
  it('lead from every held document to every own word, shortest first, then by ids', () => {
    expect(shown({ a: word(), m: note('cited', 'a'), p: note('held', 'a', 'm'), b: note('held', 'p') })).toEqual({
      paths: ['p>a', 'b>p>a', 'p>m>a', 'b>p>m>a'],
      total: 4,
      truncated: false,
    });
  });

  it('end at an own word, and go on through it', () => {
    expect(shown({ a: word(), b: word('likely', 'held', 'a') }).paths).toEqual(['b', 'b>a']);
  });

  it('carry nothing where nothing more is known, where the end says neither yes nor no, and through grade G', () => {
    expect(shown({ x: note('cited'), p: note('held', 'x') }).paths).toEqual(['p>x x']);
    expect(shown({ a: word('no-comment'), p: note('held', 'a') }).paths).toEqual(['p>a x']);
    expect(shown({ a: word(), p: note('held', 'a') }, 'G').paths).toEqual(['p>a x']);
  });

  it('walk a ring once and end where they would come back', () => {
    const { chains, total } = chainsOf(
      factsOf(world({ p: note('held', 'q'), q: note('held', 'p', 'r'), r: note('cited', 'q') })),
      'c',
    );
    expect(chains.map(({ hops }) => hops.map(hop => hop.assertion).join('>'))).toEqual(['q>p', 'q>r', 'p>q>r']);
    expect(chains.every(({ carries, hops }) => !carries && hops.every(hop => hop.circular))).toBe(true);
    expect(total).toBe(3);
  });

  it('are shown up to a hundred and counted all, without listing them', () => {
    const layers: Record<string, WorldAssertion> = { a: word() };
    let before = ['a'];
    for (let depth = 0; depth < 12; depth += 1) {
      const layer = Array.from({ length: 10 }, (_, index) => `l${String(depth).padStart(2, '0')}-${index}`);
      for (const id of layer) layers[id] = note('cited', ...before);
      before = layer;
    }
    layers['top'] = note('held', ...before);
    const { paths, total, truncated } = shown(layers);
    expect(paths).toHaveLength(100);
    expect(paths[0]).toBe(
      `top>${Array.from({ length: 12 }, (_, i) => `l${String(11 - i).padStart(2, '0')}-0`).join('>')}>a`,
    );
    expect(total).toBe(10 ** 12);
    expect(truncated).toBe(true);
  });

  it('give up on a thicket of rings, and say that there are more', () => {
    const ids = Array.from({ length: 14 }, (_, index) => `n${index}`);
    const thicket = Object.fromEntries(ids.map(id => [id, note('held', ...ids.filter(other => other !== id))]));
    const { total, truncated } = shown({ ...thicket, a: word(), n0: note('held', 'a', ...ids.slice(1)) });
    expect(total).toBeGreaterThan(100);
    expect(truncated).toBe(true);
  });
});
