import { expect, it } from '@jest/globals';
import type { StoredEvent } from '@credence/kernel';
import { streamCache } from './stream-cache.js';

const event = (revision: number, bytes = 10) => ({ revision, bytes }) as StoredEvent;
const revisions = (events: readonly StoredEvent[]) => events.map(({ revision }) => revision);

it('keeps a stream from its first event on, without a gap and nothing twice', () => {
  const cache = streamCache();
  cache.extend('a', [event(1)]);
  expect(cache.of('a')).toEqual([]);
  cache.extend('a', [event(0), event(1)]);
  cache.extend('a', [event(1), event(2)]);
  cache.extend('a', [event(4)]);
  expect(revisions(cache.of('a'))).toEqual([0, 1, 2]);
});

it('forgets what was used longest ago, and a stream that alone is too much', () => {
  const cache = streamCache(40, 30);
  cache.extend('a', [event(0), event(1)]);
  cache.extend('b', [event(0), event(1)]);
  cache.of('a');
  cache.extend('c', [event(0)]);
  expect(['a', 'b', 'c'].map(stream => cache.of(stream).length)).toEqual([2, 0, 1]);
  cache.extend('a', [event(2), event(3)]);
  expect(['a', 'c'].map(stream => cache.of(stream).length)).toEqual([0, 1]);
  cache.extend('b', [event(0), event(1), event(2)]);
  expect(revisions(cache.of('b'))).toEqual([0, 1, 2]);
});
