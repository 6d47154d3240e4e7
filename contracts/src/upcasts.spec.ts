import { describe, expect, it } from '@jest/globals';
import { upcast } from './upcasts.js';
import type { Upcast } from './upcasts.js';

/** A made-up event that changed twice: a renamed field, then a field that moved from data to words. */
const steps: Record<string, Record<number, Upcast>> = {
  BridgeClosed: {
    1: ({ data, words }) => {
      const { day, ...rest } = data as { day: string };
      return { data: { ...rest, closedOn: { edtf: day } }, words };
    },
    2: ({ data, words }) => {
      const { by, ...rest } = data as { by: string };
      return { data: rest, words: { ...(words as object), by } };
    },
  },
};
const stored = { type: 'BridgeClosed', schemaVersion: 1, data: { day: '2021-05-03', by: 'anna' }, words: {} };

describe('upcasts', () => {
  it('lifts a payload step by step to the present version', () => {
    expect(upcast(stored, 3, steps)).toEqual({ data: { closedOn: { edtf: '2021-05-03' } }, words: { by: 'anna' } });
  });

  it('leaves a payload of the present version alone', () => {
    expect(upcast({ ...stored, schemaVersion: 3 }, 3, steps)).toEqual({ data: stored.data, words: {} });
  });

  it('does not change the stored payload', () => {
    const before = JSON.stringify(stored);
    upcast(stored, 3, steps);
    expect(JSON.stringify(stored)).toBe(before);
  });

  it.each([
    ['from a newer release', 4],
    ['that nobody wrote a step for', 0],
  ])('refuses a version %s', (_which, schemaVersion) => {
    expect(() => upcast({ ...stored, schemaVersion }, 3, steps)).toThrow(/BridgeClosed: found schema version/);
  });
});
