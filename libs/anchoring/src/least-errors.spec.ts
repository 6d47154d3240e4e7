import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bestMatch } from './best-match.js';
import { leastErrors } from './least-errors.js';

/** Few letters, so that much is alike; long enough for several blocks of rows. */
const text = (max: number) =>
  fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', 'é'), minLength: 1, maxLength: max });

describe('the least number of errors', () => {
  it('is that of the best match', () => {
    fc.assert(
      fc.property(text(200), text(120), (where, pattern) => {
        expect(leastErrors(where, pattern)).toBe(bestMatch(where, pattern, pattern.length)?.errors ?? pattern.length);
      }),
    );
  });

  it('is also that of a pattern cut out of the text and misread', () => {
    fc.assert(
      fc.property(text(300), fc.nat(200), fc.integer({ min: 1, max: 100 }), fc.nat(90), (where, from, length, at) => {
        const cut = where.slice(from, from + length);
        fc.pre(cut !== '');
        const pattern = `${cut.slice(0, at)}x${cut.slice(at + 1)}`;
        const errors = leastErrors(where, pattern);
        expect(errors).toBe(bestMatch(where, pattern, pattern.length)?.errors ?? pattern.length);
        expect(errors).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('leaves the best match what it is', () => {
    fc.assert(
      fc.property(text(200), text(60), fc.nat(60), (where, pattern, allowed) => {
        const least = leastErrors(where, pattern);
        const tight = least > allowed ? undefined : bestMatch(where, pattern, least);
        expect(tight).toEqual(bestMatch(where, pattern, allowed));
      }),
      { numRuns: 300 },
    );
  });

  it('of a pattern that is not there is its length, or what chance leaves', () => {
    expect(leastErrors('', 'abc')).toBe(3);
    expect(leastErrors('xyz', 'abc'.repeat(40))).toBe(120);
  });
});
