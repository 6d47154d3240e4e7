import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openLedger } from '@credence/runtime';
import type { Ledger } from '@credence/runtime';
import { pdfOf } from '../../libs/extraction/src/testing.js';

const DOSSIER = (captures: string) => `
dossier: 1
id: mill
reason: "read again"
sources: [ { key: paper, kind: organisation, name: The paper, named: publicly } ]
captures:
${captures}
claims: [ { key: closed, text: "The bridge was closed." } ]
assertions:
  - { key: said, claim: closed, source: paper, stance: asserts, passage: { capture: doc, exact: "The bridge was closed", pdfPage: 2 } }
`;

describe('captures of a dossier', () => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await openLedger({ url: 'memory:', actor: 'ada' });
  });
  afterEach(() => ledger.close());

  const load = (captures: string, files: Readonly<Record<string, Uint8Array>>, dryRun = false) =>
    ledger.importDossier({
      dryRun,
      file: 'mill.dossier.yaml',
      bytes: new TextEncoder().encode(DOSSIER(captures)),
      readFile: async name => {
        const bytes = files[name];
        return bytes === undefined
          ? undefined
          : (async function* () {
              yield bytes;
            })();
      },
      actor: 'ada',
    });
  const passage = async () => (await ledger.claim('closed')).assertions[0]?.passage;

  it('are read, and what is quoted from them is anchored', async () => {
    const pdf = pdfOf(['One.', 'The bridge was closed at noon.']);
    expect(await load('  - { key: doc, source: paper, file: a.pdf }', { 'a.pdf': pdf })).toMatchObject({
      new: 4,
      rejected: [],
    });
    expect(await passage()).toMatchObject({ state: 'exact', pieces: [{ start: 5, end: 26, pdfPage: 2 }] });
    const before = (await ledger.health()).head;
    expect(await load('  - { key: doc, source: paper, file: a.pdf }', { 'a.pdf': pdf })).toMatchObject({
      new: 0,
      unchanged: 4,
    });
    expect((await ledger.health()).head).toBe(before);
  });

  it('are read in a dry run too: what is quoted has its state in the plan, and nothing is kept', async () => {
    const head = (await ledger.health()).head;
    const there = pdfOf(['One.', 'The bridge was closed at noon.']);
    const plan = async (pdf: Uint8Array) =>
      (await load('  - { key: doc, source: paper, file: a.pdf }', { 'a.pdf': pdf }, true)).plan ?? [];
    expect(await plan(there)).toContainEqual({
      entry: 'assertions/said',
      command: 'RecordAssertion',
      passageState: 'exact',
    });
    expect(await plan(pdfOf(['One.', 'The bridge was chosen.']))).toContainEqual(
      expect.objectContaining({ entry: 'assertions/said', passageState: 'altered' }),
    );
    expect(await plan(pdfOf(['One.', 'Nothing of it.']))).toContainEqual(
      expect.objectContaining({ entry: 'assertions/said', passageState: 'lost' }),
    );
    expect((await ledger.health()).head).toBe(head);
    const sha256 = createHash('sha256').update(there).digest('hex');
    await expect(ledger.capturedText(sha256)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('that cannot be read are rejected by their place, with what rests on them; the rest is loaded', async () => {
    const answer = await load('  - { key: doc, source: paper, file: a.pdf }', {
      'a.pdf': new TextEncoder().encode('%PDF-1.7'),
    });
    expect(answer).toMatchObject({
      new: 2,
      rejected: [
        { line: 7, pointer: '/captures/0/file', code: 'broken', found: '"a.pdf"' },
        { pointer: '/assertions/0/passage/capture', code: 'rests-on-rejected' },
      ],
    });
  });

  it('are kept without a text where the dossier says so; then a passage has no state', async () => {
    const captures = '  - { key: doc, source: paper, file: a.pdf, withoutText: true }';
    const files = { 'a.pdf': new TextEncoder().encode('%PDF-1.7') };
    expect(await load(captures, files)).toMatchObject({ new: 4, rejected: [] });
    expect(await passage()).toEqual({
      capture: expect.any(String) as unknown,
      exact: 'The bridge was closed',
      pdfPage: 2,
      voice: 'speaker',
    });
    expect((await ledger.captures('paper')).items).toMatchObject([{ withoutText: true }]);
  });

  it('whose passages are edited: they are anchored anew, and what was found before is no edit', async () => {
    const text = { 'a.txt': new TextEncoder().encode('One.\fThe bridge was closed. It was shut.') };
    const captures = '  - { key: doc, source: paper, file: a.txt }';
    await load(captures, text);
    const edited = DOSSIER(captures).replace('exact: "The bridge was closed"', 'exact: "It was shut"');
    const answer = await ledger.importDossier({
      file: 'mill.dossier.yaml',
      bytes: new TextEncoder().encode(edited),
      readFile: async () =>
        (async function* () {
          yield text['a.txt'];
        })(),
      actor: 'ada',
    });
    expect(answer).toMatchObject({ corrected: 1, unchanged: 3, collided: [] });
    expect(await passage()).toMatchObject({ exact: 'It was shut', state: 'exact', pieces: [{ start: 28, end: 39 }] });
  });
});
