import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openLedger } from '@credence/runtime';
import type { Ledger } from '@credence/runtime';
import type { PassageItem } from '@credence/views';

const FOLDER = join('examples', 'back-channel');

/** The example says of itself that all its quotations are found, many of them set otherwise. */
describe('quotations of the example', () => {
  let ledger: Ledger;
  let passages: readonly PassageItem[];
  beforeAll(async () => {
    ledger = await openLedger({ url: 'memory:', actor: 'ada' });
    const answer = await ledger.importDossier({
      file: 'back-channel.dossier.yaml',
      bytes: readFileSync(join(FOLDER, 'back-channel.dossier.yaml')),
      readFile: async name => (existsSync(join(FOLDER, name)) ? createReadStream(join(FOLDER, name)) : undefined),
      actor: 'ada',
    });
    expect(answer).toMatchObject({ rejected: [], collided: [] });
    passages = (await ledger.passages({ limit: '500' })).items;
  });
  afterAll(() => ledger.close());

  it('are all found: as they stand, or set otherwise', () => {
    const states = Map.groupBy(passages, ({ state }) => state ?? 'none');
    expect(Object.fromEntries([...states].map(([state, all]) => [state, all.length]))).toEqual({
      exact: 30,
      normalised: 29,
    });
    for (const { differs } of states.get('normalised') ?? []) expect(differs?.length).toBeGreaterThan(0);
  });
});
