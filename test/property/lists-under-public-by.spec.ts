import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LocalLedger } from '@credence/runtime';
import { openWithMedia } from '../support/ledgers.js';
import { sender } from '../support/sending.js';

const CLAIMS = 1205;

describe('a list by status under publicBy', () => {
  let ledger: LocalLedger;
  let first: string;

  beforeAll(async () => {
    ({ ledger } = await openWithMedia('memory:'));
    const { send } = sender(ledger);
    const source = await send('RegisterSource', undefined, { kind: 'person' }, { name: 'A witness' });
    first = await send('RecordClaim', undefined, {}, { text: 'It rained.' });
    const said = { source, stance: 'asserts', basis: 'first-hand', hold: 'held', assertedAt: { edtf: '2019-04-18' } };
    await send('RecordAssertion', first, said, { holdReason: 'in the file' });
    for (let i = 1; i < CLAIMS; i++) await send('RecordClaim', undefined, {}, { text: `Claim ${String(i)}.` });
  }, 60_000);
  afterAll(() => ledger.close());

  const asked = { status: 'attributed', publicBy: '2019-12', limit: '10' };

  it('looks at 1,000 claims for a page, and its cursor goes on from there', async () => {
    const page = await ledger.claims(asked);
    expect(page.items).toEqual([]);
    expect(page.next).not.toBeNull();
    const rest = await ledger.claims({ ...asked, cursor: page.next as string });
    expect(rest.items.map(({ id }) => id)).toEqual([first]);
    expect(rest.next).toBeNull();
  });

  it('without publicBy looks only at those that ever had the status', async () => {
    const { items, next } = await ledger.claims({ status: 'attributed', limit: '10' });
    expect(items.map(({ id }) => id)).toEqual([first]);
    expect(next).toBeNull();
  });
});
