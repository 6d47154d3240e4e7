import { describe, expect, it } from '@jest/globals';

import { factsOf, type World, type WorldAssertion } from '../../../test/support/belief-world.js';
import { believe } from './index.js';
import { pinsOf, rollOf } from './pins.js';

const saying = (assertion: Partial<WorldAssertion>, rest: Partial<World> = {}): World => ({
  sources: {
    w: { kind: 'person', named: 'publicly', grade: 'B' },
    n: { kind: 'organisation', named: 'publicly', grade: 'A' },
  },
  claims: { c: {} },
  assertions: { a: { claim: 'c', source: 'w', stance: 'asserts', basis: 'first-hand', hold: 'held', ...assertion } },
  ...rest,
});
const opinion = (world: World, publicBy?: string, certainty: 'certain' | 'possible' = 'certain') => {
  const { b, d } = believe(factsOf(world), 'c', publicBy === undefined ? {} : { publicBy, certainty }).core.opinion;
  return [b, d];
};
const counted = (world: World, publicBy: string, certainty: 'certain' | 'possible' = 'certain') =>
  rollOf(factsOf(world), 'c', pinsOf({ publicBy, certainty })).counted.map(({ fact }) => fact.id);

describe('what counts at the pins', () => {
  const revised = saying({
    assertedAt: '2019-01-10',
    versions: [
      { assertedAt: '2019-03', stance: 'denies' },
      { assertedAt: '2019-06-01', stance: 'no-comment' },
    ],
  });

  it('takes the last of a speaker’s versions', () => expect(opinion(revised)).toEqual(['0.000000', '0.000000']));

  it('takes the last version that counts by the day', () => {
    expect(opinion(revised, '2019-01-09')).toEqual(['0.000000', '0.000000']);
    expect(opinion(revised, '2019-01-10')).toEqual(['0.750000', '0.000000']);
    expect(opinion(revised, '2019-03-15')).toEqual(['0.750000', '0.000000']);
    expect(opinion(revised, '2019-03-15', 'possible')).toEqual(['0.000000', '0.750000']);
    expect(opinion(revised, '2019-03-31')).toEqual(['0.000000', '0.750000']);
    expect(opinion(revised, '2019-06-01')).toEqual(['0.000000', '0.000000']);
  });

  it('dates what is relayed by whoever relays it, through others too, but not by what is misattributed', () => {
    const relays = (fidelity?: string) =>
      saying(
        { hold: 'cited' },
        {
          assertions: {
            a: { claim: 'c', source: 'w', stance: 'asserts', basis: 'first-hand', hold: 'cited' },
            m: { claim: 'c', source: 'n', relays: [{ assertion: 'a' }], hold: 'cited' },
            n: {
              claim: 'c',
              source: 'n',
              relays: [{ assertion: 'm', ...(fidelity && { fidelity }) }],
              hold: 'held',
              assertedAt: '2019-02',
            },
          },
        },
      );
    expect(counted(relays(), '2019-02-27')).toEqual([]);
    expect(counted(relays(), '2019-02-28').sort()).toEqual(['a', 'm', 'n']);
    expect(counted(relays('misattributed'), '2019-02-28')).toEqual(['n']);
  });

  it('lets a doubtful date prove nothing for certain, and leaves its bounds to what is possible', () => {
    expect(counted(saying({ assertedAt: '2019-01-10?' }), '2019-12-31')).toEqual([]);
    expect(counted(saying({ assertedAt: '2019-01-10?' }), '2019-01-10', 'possible')).toEqual(['a']);
    expect(counted(saying({ assertedAt: '2019-01-10?' }), '2019-01-09', 'possible')).toEqual([]);
  });

  it('counts what has no date as possible on any day, and as certain on none', () => {
    expect(counted(saying({}), '9999-12-31')).toEqual([]);
    expect(counted(saying({}), '1000-01-01', 'possible')).toEqual(['a']);
  });

  it('counts a withdrawal from the first day it may have happened, for certain; from the last, possibly', () => {
    const withdrawn = (by: 'speaker' | 'ledger', assertedAt?: string) =>
      saying(
        { assertedAt: '2019-01-10' },
        { retractions: { r: { target: 'a', by, ...(assertedAt && { assertedAt }) } } },
      );
    expect(counted(withdrawn('speaker', '2019-07'), '2019-06-30')).toEqual(['a']);
    expect(counted(withdrawn('speaker', '2019-07'), '2019-07-01')).toEqual([]);
    expect(counted(withdrawn('speaker', '2019-07'), '2019-07-01', 'possible')).toEqual(['a']);
    expect(counted(withdrawn('speaker', '2019-07'), '2019-07-31', 'possible')).toEqual([]);
    expect(counted(withdrawn('speaker', '2019-07?'), '2019-12-31', 'possible')).toEqual(['a']);
    expect(counted(withdrawn('speaker'), '2019-01-10')).toEqual([]);
    expect(counted(withdrawn('speaker'), '2019-01-10', 'possible')).toEqual(['a']);
    expect(counted(withdrawn('ledger', '2019-07'), '2019-01-10')).toEqual([]);
  });

  it('trusts a source whose registration is gone as one that nobody named', () => {
    const { core } = believe(factsOf({ ...saying({}), sources: {} }), 'c');
    expect(core.status.code).toBe('anonymous');
    expect(core.pro.origins[0]).toMatchObject({ source: 'w', rho: '0.500000' });
  });

  it('names the stand-in of an unknown hop by its assertion', () => {
    const world = saying({ hold: 'cited' });
    world.assertions['x'] = { claim: 'c', relays: [{ assertion: 'a', how: 'verbatim' }], hold: 'unknown' };
    world.assertions['y'] = { claim: 'c', source: 'n', relays: [{ assertion: 'x', how: 'verbatim' }], hold: 'held' };
    const hop = believe(factsOf(world), 'c').core.pro.origins[0]!.chain[1];
    expect(hop).toEqual({ assertion: 'x', source: 'x', grade: 'F', t: '0.500000', phi: '1.000000', hold: 'unknown' });
  });
});
