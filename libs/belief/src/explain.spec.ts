import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { factsOf, type World, type WorldAssertion } from '../../../test/support/belief-world.js';
import { believe, excludedFrom, explain, p1, type Policy } from './index.js';

const path = new URL('../../../contracts/vectors/belief-examples.json', import.meta.url);
const { examples } = JSON.parse(readFileSync(path, 'utf8')) as { examples: { id: string; world: World }[] };
const example = (id: string): World => examples.find(one => one.id === id)!.world;
const explained = (world: World) => explain(factsOf(world), 'c');

describe('the explanation', () => {
  it('lists outlets that repeat an origin', () => {
    const { dependents } = explained(example('T2'));
    expect(dependents).toHaveLength(13);
    expect(new Set(dependents.map(({ reason }) => reason))).toEqual(new Set(['same-origin']));
  });

  it('lists pooled words beside the one that counts, and words of one unit beside the largest', () => {
    const pooled = explained(example('P17')).dependents;
    expect(pooled).toHaveLength(9);
    expect(pooled[0]).toEqual({ assertion: pooled[0]!.assertion, reason: 'pooled', by: [expect.any(String)] });
    expect(explained(example('P22')).dependents).toEqual([{ assertion: 'a1', reason: 'same-origin', by: ['a0'] }]);
  });

  it('names the unit that caps two witnesses', () => {
    const { dependents, cuts, flows } = explained(example('P8'));
    expect(cuts.pro.flow).toEqual(['unit:n']);
    expect(dependents.map(({ reason, by }) => [reason, by])).toEqual([
      ['capped-by', ['n']],
      ['capped-by', ['n']],
    ]);
    const arriving = flows.filter(({ to }) => to === 'ledger');
    expect(arriving).toEqual([{ side: 'pro', from: 'unit:n', to: 'ledger', micro: 6_000_000 }]);
  });

  it('says what counts nowhere, and why', () => {
    expect(explained(example('T13')).excluded).toEqual([{ assertion: 'k', reason: 'retracted' }]);
    expect(explained(example('N3')).excluded).toEqual([{ assertion: 'g', reason: 'misattributed' }]);
    const ring: World = {
      ...example('P4'),
      assertions: Object.fromEntries(
        Object.entries(example('P4').assertions).map(([id, a]): [string, WorldAssertion] => [
          id,
          { ...a, hold: 'cited' },
        ]),
      ),
    };
    expect(explained(ring).excluded.map(({ reason }) => reason)).toEqual(['circular', 'circular', 'circular']);
    expect(Object.fromEntries(excludedFrom(factsOf(example('T8')), 'c', { publicBy: '2019-05-31' }))).toEqual({
      h: 'out-of-time',
      t: 'no-chain',
    });
  });

  it('tells what another coding of the document in our hands would give', () => {
    const { alternatives } = explained(example('T3'));
    expect(
      alternatives.map(({ assertion, coding, core }) => [assertion, coding, core.opinion.b, core.status.code]),
    ).toEqual([
      ['sco', 'own-finding', '0.950000', 'attributed'],
      ['sco', 'unstated', '0.475000', 'asserted'],
      ['sco', 'cites', '0.451250', 'attributed'],
    ]);
  });

  it('reads its numbers from the policy, whose id the core names', () => {
    const strict: Policy = { ...p1, id: 'strict', trust: { ...p1.trust, C: '.40' } };
    const { core } = believe(factsOf(example('T1')), 'c', {}, strict);
    expect([core.policy, core.opinion.b, core.pro.origins[0]!.chain[0]!.t]).toEqual(['strict', '0.380000', '0.400000']);
  });

  it('refuses a stance that the policy does not know', () => {
    const world = example('N2');
    const odd = { ...world, assertions: { n: { ...Object.values(world.assertions)[0]!, stance: 'shrugs' } } };
    expect(() => believe(factsOf(odd), 'c')).toThrow(expect.objectContaining({ code: 'unknown-stance' }));
  });
});
