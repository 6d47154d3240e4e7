import { createReadStream, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isRefusal } from '@credence/contracts';
import type { CommandRequest, Done, Ledger } from './ledger.js';
import { openLedger } from './open-ledger.js';

describe('a ledger in memory', () => {
  let ledger: Ledger;
  let now = Date.parse('2026-01-05T10:00:00Z');
  beforeEach(async () => {
    now = Date.parse('2026-01-05T10:00:00Z');
    ledger = await openLedger({ url: 'memory:', actor: 'ada', clock: () => now });
  });
  afterEach(() => ledger.close());

  const send = (request: Omit<CommandRequest, 'actor' | 'data' | 'words'> & Partial<CommandRequest>) =>
    ledger.execute({ actor: 'ada', data: {}, words: {}, ...request });
  const done = async (request: Parameters<typeof send>[0]): Promise<Done> => {
    const outcome = await send(request);
    if (isRefusal(outcome)) throw new Error(`${outcome.refused}: ${outcome.detail} ${JSON.stringify(outcome.errors)}`);
    return outcome;
  };
  const claim = async (text = 'The bridge was closed.') =>
    (await done({ command: 'RecordClaim', words: { text } })).receipt.id;
  const source = async (name = 'Anna', grade?: string) =>
    (
      await done({
        command: 'RegisterSource',
        data: { kind: 'person', ...(grade === undefined ? {} : { grade }) },
        words: { name, ...(grade === undefined ? {} : { gradeReason: 'exercise value' }) },
      })
    ).receipt.id;
  const upToDate = async () => String((await ledger.health()).head);

  it('answers a receipt, and the claim after it', async () => {
    const { receipt, made, replayed } = await done({ command: 'RecordClaim', words: { text: 'It rained.' } });
    expect(receipt).toMatchObject({
      stream: `claim-${receipt.id}`,
      revision: 0,
      seq: 1,
      events: [{ type: 'ClaimRecorded', seq: 1 }],
    });
    expect({ made, replayed }).toEqual({ made: { section: 'claims', id: receipt.id }, replayed: false });
    const shown = await ledger.claim(receipt.id, { after: String(receipt.seq) });
    expect(shown).toMatchObject({
      text: 'It rained.',
      form: 'event',
      state: 'open',
      revision: 0,
      mentions: 0,
      origins: { for: 0, against: 0 },
      belief: { status: { code: 'unverified' } },
      pins: { asOf: { seq: 1, treeSize: 2, final: false } },
    });
  });

  it('answers a read that is repeated from what it has, until anything is recorded, under each of the pins', async () => {
    const id = await claim();
    const first = await ledger.claim(id, { after: await upToDate() });
    expect(await ledger.claim(id)).toBe(first);
    expect(await ledger.claim(id, { holdsAt: '2021-05-03' })).toHaveProperty('holds');
    expect(await ledger.claim(id, { publicBy: '2020' })).toHaveProperty('pins.publicBy', '2020-12-31');
    expect(await ledger.belief(id)).toHaveProperty('core');
    await source();
    const later = await ledger.claim(id, { after: await upToDate() });
    expect([first.pins.asOf.seq, later.pins.asOf.seq]).toEqual([1, 2]);
    expect({ ...later, pins: 0 }).toEqual({ ...first, pins: 0 });
  });

  it('repeats the receipt of a command sent twice, and refuses the same key with other content', async () => {
    const first = await done({ command: 'RecordClaim', words: { text: 'a' }, idempotencyKey: 'k' });
    const again = await done({ command: 'RecordClaim', words: { text: 'a' }, idempotencyKey: 'k' });
    expect(again).toEqual({ ...first, replayed: true });
    expect(await send({ command: 'RecordClaim', words: { text: 'b' }, idempotencyKey: 'k' })).toMatchObject({
      refused: 'idempotency-conflict',
    });
  });

  it.each(['', 'a b', 'x'.repeat(129)])(
    'records nothing for an actor that is none, by whatever way: %j',
    async actor => {
      const refused = { code: 'actor-required' };
      const before = (await ledger.health()).head;
      const bytes = new TextEncoder().encode('dossier: 1\nid: d\nclaims: [{ key: a, text: A }]\n');
      const dossier = { file: 'd.yaml', bytes, readFile: async () => undefined, actor };
      await expect(ledger.importDossier(dossier)).rejects.toMatchObject(refused);
      await expect(ledger.importDossier({ ...dossier, dryRun: true })).rejects.toMatchObject(refused);
      expect(await send({ command: 'RecordClaim', words: { text: 'a' }, actor })).toMatchObject({
        refused: refused.code,
      });
      expect((await ledger.health()).head).toBe(before);
      await expect(openLedger({ url: 'memory:', actor })).rejects.toMatchObject(refused);
    },
  );

  it.each(['', 'a b', 'x'.repeat(256), 'clé'])('refuses %j as a key, as the server does', async idempotencyKey => {
    expect(await send({ command: 'RecordClaim', words: { text: 'a' }, idempotencyKey })).toMatchObject({
      refused: 'invalid-parameter',
      errors: [{ pointer: 'idempotencyKey', code: 'pattern' }],
    });
  });

  it('shows a chain, and the text before a correction', async () => {
    const c = await claim('The bridge was shut.');
    const anna = await source('Anna', 'B');
    const paper = await source('The Gazette', 'B');
    const origin = (
      await done({
        command: 'RecordAssertion',
        target: c,
        data: { source: anna, stance: 'asserts', basis: 'first-hand' },
      })
    ).receipt.id;
    await done({
      command: 'RecordAssertion',
      target: c,
      data: { source: paper, relays: [{ assertion: origin, how: 'verbatim' }], hold: 'held' },
      words: { holdReason: 'printed copy', locator: 'p. 3' },
    });
    const before = await ledger.claim(c, { after: await upToDate() });
    await done({
      command: 'CorrectClaim',
      target: c,
      data: { set: {} },
      words: { set: { text: 'The bridge was closed.' }, reason: 'typing error' },
    });
    const after = await ledger.claim(c, { after: await upToDate() });
    expect(after.text).toBe('The bridge was closed.');
    expect(after.belief).toMatchObject({ status: { code: 'attributed' }, headline: 'Attributed to Anna.' });
    expect(after.assertions.map(a => a.claimTextThen)).toEqual(['The bridge was shut.', 'The bridge was shut.']);
    const pinned = await ledger.claim(c, { asOf: before.pins.asOf.token as string });
    expect(pinned).toEqual({ ...before, pins: { ...before.pins, asOf: { ...before.pins.asOf, final: true } } });
    const { chains, total } = await ledger.chain(c);
    expect(total).toBe(1);
    expect(chains[0]?.hops.map(hop => [hop.source?.name, hop.locator])).toEqual([
      ['The Gazette', 'p. 3'],
      ['Anna', undefined],
    ]);
    const { items } = await ledger.history(c);
    expect(items.at(-1)).toMatchObject({
      type: 'ClaimCorrected',
      reason: 'typing error',
      changes: [{ path: '/text', from: 'The bridge was shut.', to: 'The bridge was closed.' }],
    });
  });

  it('answers before the first event that nothing was recorded', async () => {
    await claim();
    const { pins, ...counts } = await ledger.summary({ asOf: '2016-12' });
    expect(pins.asOf).toEqual({
      seq: null,
      effectiveAt: null,
      treeSize: 0,
      root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      token: null,
      final: true,
    });
    expect(counts).toMatchObject({ claims: 0, events: 0, bytes: 0, statuses: {} });
  });

  it('pages newest first, each page at the moment of the first', async () => {
    for (const text of ['one', 'two', 'three']) await claim(text);
    const first = await ledger.claims({ limit: '2', after: await upToDate() });
    expect(first.items.map(c => c.text)).toEqual(['three', 'two']);
    await claim('four');
    const second = await ledger.claims({ limit: '2', cursor: first.next as string, after: await upToDate() });
    expect(second.items.map(c => c.text)).toEqual(['one']);
    expect(second).toMatchObject({ next: null, pins: { asOf: { seq: first.pins.asOf.seq } } });
    await expect(ledger.claims({ limit: '2', asOf: '@1', cursor: first.next as string })).rejects.toMatchObject({
      code: 'invalid-cursor',
    });
  });

  it.each([
    [{ asOf: '@99' }, 'invalid-parameter'],
    [{ asOf: '2999-01-01' }, 'invalid-parameter'],
    [{ asOf: '2026-01-05T09:00:00' }, 'invalid-parameter'],
    [{ asOf: `@0.${'0'.repeat(32)}` }, 'token-foreign'],
    [{ publicBy: 'soon' }, 'invalid-parameter'],
    [{ certainty: 'maybe' }, 'invalid-parameter'],
    [{ holdsAt: '2019' }, 'invalid-parameter'],
    [{ after: 'x' }, 'invalid-parameter'],
  ])('refuses to read under %j: %s', async (parameters, code) => {
    await expect(ledger.summary(parameters)).rejects.toMatchObject({ code });
  });

  it('names what a reference may mean when it is ambiguous or unknown', async () => {
    await expect(ledger.claim('nothing')).rejects.toMatchObject({ code: 'not-found' });
    expect(
      await send({ command: 'RecordAssertion', target: await claim(), data: { source: 'nobody', stance: 'asserts' } }),
    ).toMatchObject({
      refused: 'unknown-reference',
      errors: [{ pointer: '/source' }],
    });
  });

  it('rehearses an import: the whole plan, and nothing written', async () => {
    const file = 'examples/back-channel/back-channel.dossier.yaml';
    const request = {
      file,
      bytes: readFileSync(file),
      readFile: async (name: string) => createReadStream(join(dirname(file), name)),
      actor: 'ada',
    };
    const { head } = await ledger.health();
    const rehearsed = await ledger.importDossier({ ...request, dryRun: true });
    expect((await ledger.health()).head).toBe(head);
    const { plan, pins: _r, ...counts } = rehearsed;
    const { pins: _d, ...carriedOut } = await ledger.importDossier(request);
    expect(counts).toEqual(carriedOut);
    expect(carriedOut.rejected).toEqual([]);
    expect(plan).toHaveLength((await ledger.health()).head - head);
  });

  it('takes what looks like an id for a key where no such thing exists, as target and as reference', async () => {
    const key = (letter: string) => letter.repeat(26);
    await ledger.importDossier({
      file: 'case.json',
      bytes: Buffer.from(
        JSON.stringify({
          dossier: 1,
          id: 'd',
          sources: [{ key: key('s'), kind: 'person', name: 'Anna' }],
          claims: [{ key: key('c'), text: 'The bridge was closed.' }],
          assertions: [{ key: key('a'), claim: key('c'), source: key('s'), stance: 'asserts' }],
        }),
      ),
      readFile: async () => undefined,
      actor: 'ada',
    });
    const { id } = await ledger.claim(key('c'));
    const data = { source: key('s'), relays: [{ assertion: key('a') }] };
    const { receipt } = await done({ command: 'RecordAssertion', target: key('c'), data, idempotencyKey: 'k' });
    expect(receipt.stream).toBe(`claim-${id}`);
    expect((await done({ command: 'RecordAssertion', target: key('c'), data, idempotencyKey: 'k' })).replayed).toBe(
      true,
    );
    await done({ command: 'RetractAssertion', target: key('a'), data: { by: 'ledger' }, words: { reason: 'x' } });
    expect(await send({ command: 'ConfirmClaim', target: key('z'), words: { reason: 'x' } })).toMatchObject({
      refused: 'not-found',
    });
    // An id goes first: where a thing has it, that thing is meant, whatever keys there are.
    const other = await claim();
    await ledger.importDossier({
      file: 'other.json',
      bytes: Buffer.from(JSON.stringify({ dossier: 1, id: 'e', claims: [{ key: other, text: 'Another.' }] })),
      readFile: async () => undefined,
      actor: 'ada',
    });
    expect((await done({ command: 'ConfirmClaim', target: other, words: { reason: 'x' } })).receipt.id).toBe(other);
    expect((await done({ command: 'ConfirmClaim', target: `e:${other}`, words: { reason: 'x' } })).receipt.id).not.toBe(
      other,
    );
  });

  it('finds a claim by six characters of its id', async () => {
    const id = await claim();
    expect((await ledger.claim(id.slice(0, 6), { after: await upToDate() })).id).toBe(id);
  });
});
