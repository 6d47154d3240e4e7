import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at, none, put } from './by-id.js';
import type { ById } from './by-id.js';

/** Few letters, so that ids share beginnings. */
const ids = fc.stringMatching(/^[ab]{6}$/);

describe('a map by ids', () => {
  it('has what was put last under each id, and nothing else', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(ids, fc.nat())), fc.array(ids), (entries, asked) => {
        const map = entries.reduce<ById<number>>((things, [id, value]) => put(things, id, value), none);
        const model = new Map(entries);
        return [...model.keys(), ...asked].every(id => at(map, id) === model.get(id));
      }),
    ));

  it('leaves the map that it was put into as it was', () => {
    const before = put(none, 'aaaaaa', 1);
    put(put(before, 'aaaaab', 2), 'aaaaaa', 3);
    expect(at(before, 'aaaaaa')).toBe(1);
    expect(at(before, 'aaaaab')).toBeUndefined();
  });
});
