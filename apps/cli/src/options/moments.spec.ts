import { describe, expect, it } from '@jest/globals';
import { explicit } from './moments.js';

describe('a moment as people say it', () => {
  const now = Date.UTC(2026, 10, 24, 8);
  it.each([
    ['yesterday', '2026-11-23'],
    ['36h', '2026-11-22T20:00:00.000Z'],
    ['7d', '2026-11-17T08:00:00.000Z'],
    ['999999d', '1970-01-01T00:00:00.000Z'],
    ['2026-06', '2026-06'],
    ['@12', '@12'],
    ['last week', 'last week'],
  ])('%s is %s', (said, meant) => expect(explicit(said, now)).toBe(meant));
});
