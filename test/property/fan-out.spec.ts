import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isRefusal } from '@credence/contracts';
import type { CommandRequest, LocalLedger } from '@credence/runtime';
import { openWithMedia } from '../support/ledgers.js';
import { sender } from '../support/sending.js';

const CLAIMS = 600;

describe('an event that touches very many claims', () => {
  let ledger: LocalLedger;
  let source: string;

  beforeAll(async () => {
    ({ ledger } = await openWithMedia('memory:'));
    const { send } = sender(ledger);
    const graded = { name: 'The Gazette', gradeReason: 'an example' };
    source = await send('RegisterSource', undefined, { kind: 'organisation', grade: 'C' }, graded);
    const data = { source, stance: 'asserts', basis: 'own-reporting', hold: 'held' };
    for (let i = 0; i < CLAIMS; i++) {
      const claim = await send('RecordClaim', undefined, {}, { text: `Claim ${String(i)}.` });
      await send('RecordAssertion', claim, data, { holdReason: 'in the file' });
    }
  }, 60_000);
  afterAll(() => ledger.close());

  const unsettled = async () => {
    const { views } = await ledger.health();
    return views.find(view => view.name === 'belief')?.unsettled ?? 0;
  };
  const rest = async () => {
    while ((await unsettled()) > 0) await new Promise(resume => setTimeout(resume, 1));
  };

  it.each([
    [
      'a grade',
      (): Omit<CommandRequest, 'actor'> => ({
        command: 'GradeSource',
        target: source,
        data: { grade: 'B' },
        words: { reason: 'it held up' },
      }),
    ],
    [
      'a policy',
      (): Omit<CommandRequest, 'actor'> => ({
        command: 'AdoptPolicy',
        data: { trust: { B: '.7' } },
        words: { reason: 'our record' },
      }),
    ],
  ])('%s is settled in slices; readers see it on every claim at once, and writers go on', async (_name, request) => {
    const { seq: at = 0 } = await sender(ledger).receipt({
      command: 'RecordClaim',
      data: {},
      words: { text: 'Last.' },
    });
    await ledger.summary({ after: String(at) });
    await rest();
    const hashes = async () => {
      const { items, pins } = await ledger.claims({ limit: '500' });
      return { seq: pins.asOf.seq as number, hash: items.at(-1)?.belief.coreHash, all: items };
    };
    const before = await hashes();
    const done = await ledger.execute({ actor: 'ada', ...request() });
    if (isRefusal(done)) throw new Error(done.detail);
    const seq = done.receipt.seq as number;
    const progress: number[] = [];
    let wrote = 0;
    let after: Awaited<ReturnType<typeof hashes>> | undefined;
    for (;;) {
      await new Promise(resume => setImmediate(resume)); // in memory nothing else would
      const now = await hashes();
      if (now.seq < seq) expect(now.hash).toBe(before.hash);
      else after ??= now;
      // All of the list is of one moment: whatever is settled of it and whatever is computed for this answer.
      if (after !== undefined) {
        const then = new Map(after.all.map(item => [item.id, item.belief.coreHash]));
        expect(now.all.every(item => (then.get(item.id) ?? item.belief.coreHash) === item.belief.coreHash)).toBe(true);
      }
      const left = await unsettled();
      if (now.seq >= seq && left === 0) break;
      if (left > 0) progress.push(left);
      if (left > 0 && wrote < 3) {
        await sender(ledger).send('RecordClaim', undefined, {}, { text: `Meanwhile ${String(wrote)}.` });
        if ((await unsettled()) > 0) wrote++;
      }
    }
    expect(after?.hash).not.toBe(before.hash);
    expect(Math.max(...progress)).toBeGreaterThan(CLAIMS / 2);
    expect(new Set(progress).size).toBeGreaterThan(3);
    expect(wrote).toBeGreaterThan(0);
    const { statuses, claims } = await ledger.summary({ after: String((await ledger.health()).head) });
    expect(Object.values(statuses).reduce((a, b) => a + b, 0)).toBe(claims);
    const asOf = await ledger.claims({ limit: '500', asOf: `@${String(seq)}` });
    const then = new Map(asOf.items.map(item => [item.id, item.belief.coreHash]));
    const now = await hashes();
    expect(now.all.every(item => (then.get(item.id) ?? item.belief.coreHash) === item.belief.coreHash)).toBe(true);
  });

  it('its dry run and its foretelling let others in between, and say the same as what then happens', async () => {
    await rest();
    const [foretold, dry, summary] = await Promise.all([
      ledger.impact(source, { whatIf: 'grade:D' }),
      ledger.execute({
        actor: 'ada',
        command: 'GradeSource',
        target: source,
        data: { grade: 'D' },
        words: { reason: 'a test' },
        dryRun: true,
      }),
      ledger.summary(),
    ]);
    if (isRefusal(dry)) throw new Error(dry.detail);
    expect(foretold.total).toBe(CLAIMS);
    expect(dry.receipt.beliefs).toMatchObject({ total: CLAIMS });
    expect(dry.receipt.beliefs?.items).toHaveLength(100);
    expect(summary.claims).toBeGreaterThan(CLAIMS);
  });
});
