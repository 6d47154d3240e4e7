import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Ledger } from '@credence/runtime';
import { describeWithData } from '../support/data-sets.js';
import { openWithMedia } from '../support/ledgers.js';
import { sender } from '../support/sending.js';

interface Example {
  claim_id: string;
  claim: string;
  claim_label: string;
  evidences: { evidence_label: 'SUPPORTS' | 'REFUTES' | 'NOT_ENOUGH_INFO'; article: string }[];
}

const STANCE = { SUPPORTS: 'asserts', REFUTES: 'denies', NOT_ENOUGH_INFO: 'not-established' } as const;

/*
 * The mapping: an article of the encyclopedia is a source (a record, graded B as an exercise value); each piece of
 * evidence is an assertion by its article, in a document that we hold, from what it examined itself. What supports,
 * asserts; what refutes, denies; what does not suffice leaves the matter not established.
 */
describeWithData('climate-fever', 'climate claims with evidence on both sides', folder => {
  let ledger: Ledger;
  let examples: Example[];
  const ids = new Map<string, string>();

  beforeAll(async () => {
    examples = gunzipSync(readFileSync(join(folder, 'claims.jsonl.gz')))
      .toString('utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as Example);
    ({ ledger } = await openWithMedia('memory:'));
    const { send } = sender(ledger);
    const sources = new Map<string, string>();
    for (const { claim_id, claim, evidences } of examples) {
      const id = await send('RecordClaim', undefined, {}, { text: claim });
      ids.set(claim_id, id);
      for (const { article, evidence_label } of evidences) {
        let source = sources.get(article);
        if (source === undefined) {
          const words = { name: article, gradeReason: 'an exercise value' };
          source = await send('RegisterSource', undefined, { kind: 'record', grade: 'B' }, words);
          sources.set(article, source);
        }
        const data = { source, stance: STANCE[evidence_label], basis: 'record', hold: 'held' };
        await send('RecordAssertion', id, data, { holdReason: 'the sentence is in the data set' });
      }
    }
  }, 120_000);
  afterAll(() => ledger.close());

  it('every claim with supporting and refuting evidence comes out disputed, and no other does', async () => {
    const after = String((await ledger.health()).head);
    let disputed = 0;
    for (const { claim_id, claim_label, evidences } of examples) {
      const labels = new Set(evidences.map(e => e.evidence_label));
      const both = labels.has('SUPPORTS') && labels.has('REFUTES');
      const { belief } = await ledger.claim(ids.get(claim_id) as string, { after });
      expect({ claim_id, disputed: belief.status.code === 'disputed' }).toEqual({ claim_id, disputed: both });
      expect(both).toBe(claim_label === 'DISPUTED');
      if (both) disputed++;
    }
    expect(disputed).toBeGreaterThan(50);
    const { statuses } = await ledger.summary();
    expect(statuses['disputed']).toBe(disputed);
  });
});
