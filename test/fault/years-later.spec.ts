import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openLedger } from '@credence/runtime';
import type { CommandRequest, Done, LocalLedger } from '@credence/runtime';
import { setClock } from '../../libs/kernel/src/testing/build.js';
import { manyEvents } from '../support/many-events.js';

/** How many events come between a command and its repetition; a million by the flag. */
const LATER = Number(process.env['CREDENCE_LATER_EVENTS'] ?? 20_000);
const YEAR_MS = 366 * 24 * 60 * 60 * 1000;

let folder: string;
let ledger: LocalLedger;
const clock = setClock();
const open = async () => {
  ledger = await openLedger({ url: `sqlite:${folder}`, actor: 'ada', clock });
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'credence-later-'));
  await open();
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

const dossier = (text: string) => ({
  file: 'bridge.json',
  bytes: Buffer.from(JSON.stringify({ dossier: 1, id: 'bridge', claims: [{ key: 'closed', text }] })),
  readFile: async () => undefined,
  actor: 'ada',
});

/** The field of each command that says something else the second time. */
const WORD_OF: Readonly<Record<string, string>> = {
  RecordClaim: 'text',
  RegisterSource: 'name',
  RecordAssertion: 'note',
  ConfirmClaim: 'reason',
};

describe('promise 2: content-bound idempotency, for ever', () => {
  it(
    `a restart, a year and ${LATER.toLocaleString('en')} events later, a command has its first receipt`,
    async () => {
      const send = async (request: Omit<CommandRequest, 'actor'>) => {
        const whole = { ...request, actor: 'ada' };
        const { receipt } = (await ledger.execute(whole)) as Done;
        return { request: whole, receipt };
      };
      const claim = await send({ command: 'RecordClaim', data: {}, words: { text: 'It rains.' }, idempotencyKey: 'a' });
      const source = await send({
        command: 'RegisterSource',
        data: { kind: 'person' },
        words: { name: 'Ann' },
        commandId: '0190b0d0-0000-8000-8000-000000000001',
      });
      const target = claim.receipt.id;
      const data = { source: source.receipt.id, stance: 'asserts', basis: 'first-hand' };
      const said = await send({ command: 'RecordAssertion', target, data, words: {}, idempotencyKey: 'b' });
      const seen = await send({
        command: 'ConfirmClaim',
        target,
        data: {},
        words: { reason: 'x' },
        idempotencyKey: 'c',
      });
      for (let i = 0; i < 300; i++)
        await ledger.execute({ command: 'ConfirmClaim', target, data: {}, words: { reason: String(i) }, actor: 'ada' });
      await ledger.importDossier(dossier('The bridge was closed.'));
      await ledger.close();

      await manyEvents(folder, LATER, n => `checked, no. ${String(n)}`, clock);
      clock.now += YEAR_MS;
      await open();
      const { head } = await ledger.health();
      expect(head).toBeGreaterThanOrEqual(LATER);

      for (const { request, receipt } of [claim, source, said, seen]) {
        expect(await ledger.execute({ ...request, actor: 'ben' })).toMatchObject({ replayed: true, receipt });
        const words = { ...request.words, [WORD_OF[request.command] ?? '']: 'something else' };
        expect(await ledger.execute({ ...request, words })).toMatchObject({ refused: 'idempotency-conflict' });
      }
      await ledger.built(2 ** 31 - 1);
      expect(await ledger.importDossier(dossier('The bridge was closed.'))).toMatchObject({ new: 0, unchanged: 1 });
      expect((await ledger.health()).head).toBe(head);
    },
    60_000 + LATER * 5,
  );
});
