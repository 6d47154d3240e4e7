import { describe, expect, it } from '@jest/globals';
import { patchOf } from './json-patch.js';

describe('a patch', () => {
  const thing = (id: string, n: number) => ({ id, n, same: { deep: [1, 2] } });

  it('follows things in lists by their ids, and says no more than what differs', () => {
    expect(patchOf([thing('a', 1), thing('b', 1)], [thing('b', 2), thing('c', 1)])).toEqual([
      { op: 'remove', path: '/0' },
      { op: 'replace', path: '/0/n', value: 2 },
      { op: 'add', path: '/1', value: thing('c', 1) },
    ]);
    expect(patchOf({ a: [1] }, { a: [1] })).toEqual([]);
  });

  it('names members by RFC 6901 pointers', () =>
    expect(patchOf({ 'a/b~c': 1, gone: 1 }, { 'a/b~c': 2 })).toEqual([
      { op: 'replace', path: '/a~1b~0c', value: 2 },
      { op: 'remove', path: '/gone' },
    ]));

  it('replaces the whole where there is nothing to compare', () =>
    expect(patchOf(null, { a: 1 })).toEqual([{ op: 'replace', path: '', value: { a: 1 } }]));
});
