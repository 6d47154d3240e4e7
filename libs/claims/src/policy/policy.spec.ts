import { describe, expect, it } from '@jest/globals';
import { p1 } from '@credence/contracts';
import { given, happened, id, policies, sending } from '../testing.js';
import { AdoptPolicy } from './adopt-policy.js';

const adopt = sending(AdoptPolicy);
const { id: _, ...numbers } = p1;
const adopted = (changed: object) =>
  happened('PolicyAdopted', { ...numbers, ...changed, reason: 'our own track record' });

describe('AdoptPolicy', () => {
  it('records every number; what is not given is that of p1, also within a table', () =>
    given(policies)
      .when(adopt())
      .then(adopted({ trust: { ...p1.trust, C: '.6' } })));

  it('takes a list whole', () =>
    given(policies)
      .when(adopt({ trust: undefined, pooledGrades: ['G'], weight: 3, confidence: { high: '.2' } }))
      .then(adopted({ pooledGrades: ['G'], weight: 3, confidence: { high: '.2', moderate: '.40' } })));

  it.each([
    ['trust without limit', { trust: { A: '1.0' } }, '/trust/A'],
    ['no trust at all, which is grade G', { trust: { E: '0.00' } }, '/trust/E'],
    ['trust in a fabricator', { trust: { G: '.1' } }, '/trust/G'],
    ['trust without limit in the unnamed', { trustUnnamed: '1' }, '/trustUnnamed'],
    ['more than all of belief', { stances: { implies: ['.6', '.5'] } }, '/stances/implies'],
    ['an origin that says nothing', { originThreshold: '0' }, '/originThreshold'],
    ['high confidence below moderate', { confidence: { high: '.5' } }, '/confidence/high'],
  ])('refuses %s', (_case, body, pointer) =>
    given(policies)
      .when(adopt({ trust: undefined, ...body }))
      .thenRefused('invalid-body', pointer),
  );

  it('refuses to adopt where a policy is', () =>
    given(policies, adopted({})).when(adopt()).thenRefused('already-exists'));

  it('takes p1 itself', () => {
    expect(
      AdoptPolicy.decide(
        { data: {}, words: { reason: 'again' }, target: id('policy') } as never,
        policies.initial as never,
        {} as never,
      ),
    ).toMatchObject({ data: numbers });
  });
});
