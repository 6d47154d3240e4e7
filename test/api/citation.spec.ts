import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { httpLedger } from '@credence/runtime';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

const SHA = 'c'.repeat(64);
let door: Served;
let claim: string;
let lonely: string;

interface Body {
  readonly text: string;
  readonly items: readonly Record<string, unknown>[];
  readonly chains: readonly { readonly hops: readonly Record<string, unknown>[] }[];
  readonly link: { readonly now: string; readonly asCited: string };
  readonly pins: { readonly asOf: { readonly token: string } };
}
const made = async (path: string, body: object) => {
  const { status, body: receipt } = await door.post(path, body);
  if (status > 299) throw new Error(JSON.stringify(receipt));
  return receipt.id as string;
};
const cite = async (query = '', of = claim) =>
  (await door.get(`/v1/claims/${of}/citation${query}`).expect(200)).body as Body;

beforeAll(async () => {
  door = await served({}, { clock: () => Date.UTC(2026, 10, 24, 8) });
  const witness = await made('/v1/sources', { kind: 'person', name: 'Nora Winter', grade: 'C', gradeReason: 'x' });
  const hidden = await made('/v1/sources', {
    kind: 'person',
    name: 'Secret Name',
    named: 'to-us',
    describedAs: 'a clerk of the council',
    cite: { type: 'interview', title: 'Secret Name speaks', author: 'Secret Name', issued: '2018-05' },
  });
  const paper = await made('/v1/sources', {
    kind: 'organisation',
    name: 'The Gazette',
    grade: 'B',
    gradeReason: 'x',
    cite: { type: 'article-newspaper', title: 'A memo of five pages', issued: '[2019-04-18..2019-04-20]' },
  });
  await door.ledger.execute({
    command: 'TakeCapture',
    target: paper,
    data: { sha256: SHA, size: 5, mediaType: 'text/plain', retrievedAt: { edtf: '2019-04-21T09:12:00Z' } },
    words: { url: 'https://gazette.example/memo', edition: 'first edition' },
    actor: 'ada',
  });
  claim = await made('/v1/claims', { text: 'The harbour master gave the council a memo' });
  lonely = await made('/v1/claims', { text: 'Nobody spoke of this.' });
  const said = (source: string, more: object) => made(`/v1/claims/${claim}/assertions`, { source, ...more });
  const first = await said(witness, { stance: 'asserts', basis: 'first-hand', assertedAt: '2018-04-11' });
  const second = await said(hidden, { stance: 'denies', basis: 'first-hand', assertedAt: '2018-05' });
  await said(paper, {
    relays: [{ assertion: first, how: 'verbatim' }],
    passage: { capture: SHA, exact: 'gave them a memo', page: 3 },
    locator: 'second paragraph',
  });
  await said(paper, { relays: [second], passage: { capture: SHA, exact: 'a clerk denied it', page: 4 } });
});
afterAll(() => door.close());

describe('a citation', () => {
  it('says who says it, where, how it stands, and where to look it up', async () => {
    const { text, link, pins } = await cite();
    const { ledger } = await door.ledger.health();
    const held = `[Copy held: SHA-256 ${SHA}, first edition, retrieved April 21, 2019]`;
    const article = '“A memo of five pages,” The Gazette, between April 18, 2019 and April 20, 2019';
    expect(text).toBe(
      [
        'The harbour master gave the council a memo.',
        'Disputed: Nora Winter for it, a clerk of the council against it.',
        `Source: Nora Winter, April 11, 2018, cited in ${article}, 3, second paragraph, https://gazette.example/memo ${held}.`,
        `Against it: a clerk of the council, May 2018, cited in ${article}, 4, https://gazette.example/memo ${held}.`,
        `Credence ledger ${ledger}, claim ${claim}, as of November 24, 2026 (${pins.asOf.token}), /v1/claims/${claim}.`,
      ].join(' '),
    );
    expect(link).toEqual({ now: `/v1/claims/${claim}`, asCited: `/v1/claims/${claim}?asOf=${pins.asOf.token}` });
    for (const path of Object.values(link)) await door.get(path).expect(200);
  });

  it('is written out in the style asked for', async () => {
    const apa = await cite('?style=apa');
    expect(apa.text.split('\n')).toEqual([
      'The harbour master gave the council a memo. Disputed: Nora Winter for it, a clerk of the council against it.',
      `Nora Winter (2018, April 11), as cited in A memo of five pages. (between April 18, 2019 and April 20, 2019). The Gazette. https://gazette.example/memo [p. 3, second paragraph] [Copy held: SHA-256 ${SHA}, first edition, retrieved April 21, 2019]`,
      `Against it: a clerk of the council (2018, May), as cited in A memo of five pages. (between April 18, 2019 and April 20, 2019). The Gazette. https://gazette.example/memo [p. 4] [Copy held: SHA-256 ${SHA}, first edition, retrieved April 21, 2019]`,
      expect.stringMatching(
        /^Claim [a-z2-7]{26} \(@\d+\.[0-9a-f]{32}\)\. \(2026, November 24\)\. Credence ledger [a-z2-7]{26}\. \/v1\/claims\//,
      ),
    ]);
    const csl = await cite('?style=csl-json');
    expect(JSON.parse(csl.text)).toEqual(csl.items);
    expect(csl.items.map(({ type }) => type)).toEqual([
      'entry',
      'article-newspaper',
      'document',
      'article-newspaper',
      'interview',
    ]);
  });

  it('names nobody who is not named publicly', async () => {
    for (const style of ['chicago-note', 'apa', 'csl-json'])
      expect(JSON.stringify(await cite(`?style=${style}`))).not.toContain('Secret Name');
  });

  it('takes the address of the ledger into its links', async () => {
    const { text, link, items } = await cite('?base=https://ledger.example/');
    expect(link.now).toBe(`https://ledger.example/v1/claims/${claim}`);
    expect(text).toContain(link.now);
    expect(items[0]).toMatchObject({ URL: link.now });
  });

  it('of a claim that nobody speaks on says so', async () => {
    expect((await cite('', lonely)).text).toMatch(
      /^Nobody spoke of this\. Not yet asserted by anybody whose document we hold\. Credence ledger /,
    );
  });

  it('takes the other pins', async () => {
    const { text, link } = await cite('?publicBy=2018');
    expect(text).toContain('what was public by 2018-12-31');
    expect(link.asCited).toContain('&publicBy=2018-12-31');
    await door.get(link.asCited).expect(200);
  });

  it.each([
    ['?style=mla', 'style'],
    ['?base=ftp://x.example', 'base'],
    ['?colour=red', 'colour'],
  ])('refuses %s by its name', async (query, pointer) => {
    const { body } = await door.get(`/v1/claims/${claim}/citation${query}`).expect(400);
    expect(body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer }] });
  });

  it('is not found for a claim that is not there', async () => {
    await door.get('/v1/claims/nonesuch/citation').expect(404);
  });

  it('is the same through a ledger behind HTTP', async () => {
    const there = httpLedger(door.url);
    expect(await there.citation(claim, { style: 'apa', base: 'https://ledger.example' })).toEqual(
      await door.ledger.citation(claim, { style: 'apa', base: 'https://ledger.example' }),
    );
    await there.close();
  });

  it('stays what it was when the claim is retracted later: that shows at its link', async () => {
    const before = await cite();
    const { token } = before.pins.asOf;
    await door.post(`/v1/claims/${claim}/retractions`, { by: 'publisher', reason: 'mistaken' }).expect(200);
    for (const style of ['chicago-note', 'apa', 'csl-json']) {
      const again = await cite(`?style=${style}&asOf=${token}`);
      expect(again.text).not.toContain('Retracted');
      if (style === 'chicago-note') expect(again.text).toBe(before.text);
    }
    expect((await door.get(before.link.now).expect(200)).body).toMatchObject({ state: 'retracted' });
    expect((await door.get(before.link.asCited).expect(200)).body).toMatchObject({ state: 'open' });
    expect((await cite()).text).toMatch(/memo\. Retracted by its publisher\. Credence ledger /);
  });
});
