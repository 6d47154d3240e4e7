import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Ledger } from '@credence/runtime';
import type { PassageAnswer } from '@credence/views';
import { dataSet, describeWithData } from '../support/data-sets.js';
import { importFile } from '../support/dossiers.js';
import { openWithMedia } from '../support/ledgers.js';

interface Expected {
  readonly state: string;
  readonly voice: string;
  readonly pieces?: readonly unknown[];
  readonly differs?: readonly string[];
  readonly candidates?: readonly unknown[];
}

const folder = dataSet('standing-case');
const expected = (folder === undefined ? {} : JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))) as {
  passages: Record<string, Expected>;
  claims: Record<string, unknown>;
};

describeWithData('standing-case', 'passages of the standing case, through the ledger', () => {
  let ledger: Ledger;
  const passages = new Map<string, PassageAnswer>();

  beforeAll(async () => {
    ({ ledger } = await openWithMedia('memory:'));
    await importFile(ledger, join(folder as string, 'dossier.yaml'));
    for (const key of Object.keys(expected.claims))
      for (const { key: named, passage } of (await ledger.claim(`standing-case:${key}`)).assertions)
        if (passage !== undefined) passages.set(named?.replace('standing-case:', '') ?? '', passage);
  });
  afterAll(() => ledger.close());

  it('are all of them', () => {
    expect([...passages.keys()].sort()).toEqual(Object.keys(expected.passages).sort());
  });

  it('each has the state and the place that it must have', () => {
    const found = [...passages].map(([key, { state, voice, differs, candidates, pieces }]) => {
      const certain = state === 'exact' || state === 'normalised';
      return [key, { state, voice, differs, candidates, ...(certain ? { pieces } : {}) }];
    });
    const wanted = Object.entries(expected.passages).map(([key, { state, voice, differs, candidates, pieces }]) => {
      const certain = state === 'exact' || state === 'normalised';
      return [key, { state, voice, differs, candidates, ...(certain ? { pieces } : {}) }];
    });
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
  });

  it('what is altered says word by word in what, and how like it is', () => {
    const altered = [...passages.values()].filter(({ state }) => state === 'altered');
    expect(altered).toHaveLength(3);
    for (const { score, difference } of altered) {
      expect(Number(score)).toBeGreaterThan(0.9);
      expect(difference?.some(({ kind }) => kind === 'removed')).toBe(true);
    }
  });
});
