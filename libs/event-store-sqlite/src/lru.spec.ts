import { expect, it } from '@jest/globals';
import { lru } from './lru.js';

it('forgets what was longest not asked for, and never what was just set', () => {
  const known = lru<number, number>(10);
  for (let i = 0; i < 1000; i++) {
    known.set(i, -i);
    expect(known.get(i)).toBe(-i);
    if (i > 0) expect(known.get(1)).toBe(-1);
  }
  expect(known.get(500)).toBeUndefined();
  expect(Array.from({ length: 1000 }, (_, i) => known.get(i)).filter(v => v !== undefined).length).toBeLessThanOrEqual(
    10,
  );
});

it('gives the value set last', () => {
  const known = lru<string, number>(4);
  for (let i = 0; i < 50; i++) {
    known.set('a', i);
    known.set(`other ${String(i)}`, 0);
    expect(known.get('a')).toBe(i);
  }
});
