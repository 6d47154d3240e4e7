import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { httpLedger } from '@credence/runtime';
import { pdfOf } from '../../libs/extraction/src/testing.js';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

const TEXT = 'The harbour was closed on Monday. Nora Winter said: “It was closed at noon.” It opened on Friday.\n';
const sha = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const HTML = '<p>Hello <script>alert(1)</script>there</p>';

describe('captures', () => {
  let door: Served;
  let paper: string;
  let claim: string;
  beforeAll(async () => {
    door = await served();
    paper = (await door.post('/v1/sources', { kind: 'organisation', name: 'The paper' })).body.id as string;
    claim = (await door.post('/v1/claims', { text: 'The harbour was closed on Monday.' })).body.id as string;
  });
  afterAll(() => door.close());

  const bare = (path: string) => request(door.url).post(path).set('Credence-Actor', 'ada');
  const raw = (bytes: string | Uint8Array, type: string, query = '', source = paper) =>
    bare(`/v1/sources/${source}/captures${query}`)
      .set('Content-Type', type)
      .send(typeof bytes === 'string' ? bytes : Buffer.from(bytes));
  const multipart = (bytes: string | Uint8Array, name: string, type: string, fields: Record<string, string> = {}) => {
    const form = bare(`/v1/sources/${paper}/captures`);
    for (const [field, value] of Object.entries(fields)) void form.field(field, value);
    return form.attach('file', Buffer.from(bytes), { filename: name, contentType: type });
  };
  const assert = (passage: object, more: object = {}) =>
    door.post(`/v1/claims/${claim}/assertions`, { source: paper, stance: 'asserts', passage, ...more });

  it('are taken as a raw body, with fields as parameters: 201 and Location', async () => {
    const { body, headers } = await raw(TEXT, 'text/plain', '?url=https://example.org/a&retrievedAt=2019-04-20').expect(
      201,
    );
    expect(body).toMatchObject({ id: sha(TEXT), events: [{ type: 'CaptureTaken' }] });
    expect(headers['location']).toBe(`/v1/captures/${sha(TEXT)}`);
    const [event] = await door.eventsAfter((body.seq as number) - 1);
    expect(event).toMatchObject({
      data: {
        sha256: sha(TEXT),
        size: Buffer.byteLength(TEXT),
        mediaType: 'text/plain',
        retrievedAt: { edtf: '2019-04-20' },
        text: { sha256: sha(TEXT), length: [...TEXT].length, extractor: { name: 'credence-text', version: '1' } },
      },
      words: { url: 'https://example.org/a' },
    });
  });

  it('change nothing when the same bytes come again', async () => {
    const before = await door.head();
    const { body } = await raw(TEXT, 'text/plain').expect(200);
    expect(body).toMatchObject({ id: sha(TEXT), events: [] });
    expect(await door.head()).toBe(before);
  });

  it('are taken as multipart, in whatever order the parts come', async () => {
    const pdf = pdfOf(['The harbour was closed.', 'It opened on Friday.']);
    const { body } = await multipart(pdf, 'report.pdf', 'application/pdf', { edition: 'first' }).expect(201);
    expect(body.id).toBe(sha(pdf));
    const text = await door.get(`/v1/captures/${sha(pdf)}/text`).expect(200);
    expect(text.text).toBe('The harbour was closed.\fIt opened on Friday.');
    const { body: list } = await door.get(`/v1/sources/${paper}/captures?limit=1`).expect(200);
    expect(list.items[0]).toMatchObject({ edition: 'first', text: { extractor: { name: 'pdfjs-dist' } } });
  });

  it('have the media type of their name, where a form says none', async () => {
    await multipart('# A note\n', 'note.md', 'application/octet-stream').expect(201);
    const { body } = await door.get(`/v1/sources/${paper}/captures?limit=1`);
    expect(body.items[0].mediaType).toBe('text/markdown');
  });

  it('of a dry run are kept nowhere, and refused where they would be', async () => {
    const before = await door.head();
    await raw('something else', 'text/plain', '?dryRun=true').expect(200);
    await door.get(`/v1/captures/${sha('something else')}`).expect(404);
    await raw(Buffer.from([0x92]), 'text/plain', '?dryRun=true').expect(422);
    expect(await door.head()).toBe(before);
  });

  it('are read as they came, and no browser runs them', async () => {
    await raw(HTML, 'text/html').expect(201);
    const { headers, text } = await door.get(`/v1/captures/${sha(HTML)}`).expect(200);
    expect(text).toBe(HTML);
    expect(headers['content-type']).toBe('text/html');
    expect(headers['content-security-policy']).toMatch(/^sandbox;/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-disposition']).toMatch(/^attachment; filename="[0-9a-f]{16}\.html"$/);
    const words = await door.get(`/v1/captures/${sha(HTML)}/text`).expect(200);
    expect(words.text).toBe('Hello there');
    expect(words.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(words.headers['content-security-policy']).toMatch(/^sandbox;/);
    for (const type of [
      'image/svg+xml',
      'application/xhtml+xml',
      'text/xml',
      'application/pdf; x=1',
      'text/javascript',
    ]) {
      const bytes = `<a>${type}</a>`;
      await raw(bytes, type, '?withoutText=true').expect(201);
      const { headers: other } = await door.get(`/v1/captures/${sha(bytes)}`).expect(200);
      expect([type, other['content-disposition']]).toEqual([type, expect.stringMatching(/^attachment/)]);
    }
    const { headers: plain } = await door.get(`/v1/captures/${sha(TEXT)}`).expect(200);
    expect(plain['content-disposition']).toBe('inline');
  });

  it.each([
    ['a text in no encoding that it says', Buffer.from([0x61, 0x92]), 'text/plain', 'encoding'],
    ['a broken PDF', '%PDF-1.7 nothing', 'application/pdf', 'broken'],
    ['a text in an encoding that is none', 'a', 'text/plain; charset=klingon', 'encoding'],
  ])('that should have a text and have none are refused: %s', async (_, bytes, type, code) => {
    const { body } = await raw(bytes, type).expect(422);
    expect(body).toMatchObject({ code: 'unreadable-document', errors: [{ pointer: '/file', code }] });
    await door.get(`/v1/captures/${sha(bytes)}`).expect(404);
    await raw(bytes, type, '?withoutText=true').expect(201);
    await door.get(`/v1/captures/${sha(bytes)}`).expect(200);
    const { body: none } = await door.get(`/v1/captures/${sha(bytes)}/text`).expect(404);
    expect(none.code).toBe('not-found');
  });

  it('of a source that is not there, or with fields that nobody knows, are refused', async () => {
    await raw('x', 'text/plain', '', 'nobody-knows-it').expect(404);
    expect((await raw('x', 'text/plain', '?colour=red').expect(400)).body.code).toBe('invalid-parameter');
    const { body } = await multipart('x', 'x.txt', 'text/plain', { colour: 'red' }).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/colour', code: 'unknown-field' }]);
    expect((await bare(`/v1/sources/${paper}/captures`).field('url', 'x').expect(400)).body).toMatchObject({
      errors: [{ pointer: '/file' }],
    });
  });

  it('that give a field, or the document, more than once are refused by its name', async () => {
    const before = await door.head();
    const twice = [
      ['url', multipart('x', 'x.txt', 'text/plain', { url: 'https://a.example' }).field('url', 'https://b.example')],
      ['file', multipart('x', 'x.txt', 'text/plain').attach('file', Buffer.from('y'), 'y.txt')],
    ] as const;
    for (const [name, sent] of twice)
      expect((await sent.expect(400)).body).toMatchObject({
        code: 'invalid-body',
        errors: [{ pointer: `/${name}`, code: 'repeated' }],
      });
    expect(await door.head()).toBe(before);
  });

  it('say where words stand, and record nothing', async () => {
    const before = await door.head();
    const ask = (body: object) => door.post(`/v1/captures/${sha(TEXT)}/anchor`, body);
    const { body } = await ask({ exact: 'harbour was closed' }).expect(200);
    expect(body).toMatchObject({
      capture: sha(TEXT),
      state: 'exact',
      pieces: [{ start: 4, end: 22 }],
      selectors: [
        {
          type: 'TextQuoteSelector',
          exact: 'harbour was closed',
          prefix: 'The ',
          suffix: expect.stringMatching(/^ on Monday/),
        },
        { type: 'TextPositionSelector', start: 4, end: 22 },
      ],
    });
    expect((await ask({ exact: '"It was closed at noon."' }).expect(200)).body).toMatchObject({
      state: 'normalised',
      differs: ['quotation-marks'],
    });
    expect((await ask({ exact: 'a bridge that nobody built' }).expect(200)).body).toMatchObject({
      state: 'lost',
      pieces: [],
    });
    await ask({ exact: '' }).expect(400);
    await ask({ wrong: 'x' }).expect(400);
    expect(await door.head()).toBe(before);
  });

  it('are quoted: the passage is anchored when it is recorded, and the answer says how well', async () => {
    const exact = { capture: sha(TEXT), exact: 'It opened on Friday.' };
    const { body } = await assert(exact).expect(200);
    expect(body.passage).toMatchObject({
      ...exact,
      state: 'exact',
      voice: 'speaker',
      pieces: [{ start: 77, end: 97 }],
    });
    const altered = { capture: sha(TEXT), exact: 'The harbour was closed last Monday.' };
    const answer = (await assert(altered).set('Idempotency-Key', 'altered').expect(200)).body;
    expect(answer.passage).toMatchObject({
      state: 'altered',
      score: expect.stringMatching(/^0\.\d{3}$/),
      difference: [
        { kind: 'same', text: 'The harbour was closed' },
        { kind: 'removed', text: 'last' },
        { kind: 'added', text: 'on' },
        { kind: 'same', text: 'Monday.' },
      ],
    });
    const again = await assert(altered).set('Idempotency-Key', 'altered').expect(200);
    expect(again.body).toEqual(answer);
    const { body: shown } = await door.get(`/v1/claims/${claim}?after=${String(answer.seq)}`);
    const states = (shown as { assertions: { passage: { state: string } }[] }).assertions.map(a => a.passage.state);
    expect(states).toEqual(['exact', 'altered']);
  });

  it('tell a dry run how well they are quoted', async () => {
    const { body } = await door
      .post(`/v1/claims/${claim}/assertions?dryRun=true`, {
        source: paper,
        passage: { capture: sha(TEXT), exact: 'nothing of the kind' },
      })
      .expect(200);
    expect(body).toMatchObject({ passage: { state: 'lost' }, belief: {} });
    expect(body.seq).toBeUndefined();
  });

  it('without a text are quoted without a state', async () => {
    const { body } = await assert({ capture: sha('%PDF-1.7 nothing'), exact: 'nothing' }).expect(200);
    expect(body.passage).toBeUndefined();
    const { body: list } = await door.get(`/v1/captures/${sha('%PDF-1.7 nothing')}/passages?after=${String(body.seq)}`);
    expect(list.items).toMatchObject([{ exact: 'nothing', voice: 'speaker', assertion: body.id }]);
    expect(list.items[0]).not.toHaveProperty('state');
  });

  it('list what is quoted from them; passages are found by state and by source', async () => {
    const { body: all } = await door.get(`/v1/captures/${sha(TEXT)}/passages`).expect(200);
    expect((all as { items: { state: string }[] }).items.map(item => item.state)).toEqual(['altered', 'exact']);
    const { body: page } = await door.get(`/v1/captures/${sha(TEXT)}/passages?limit=1`).expect(200);
    const { body: rest } = await door
      .get(`/v1/captures/${sha(TEXT)}/passages?limit=1&cursor=${String(page.next)}`)
      .expect(200);
    expect([...page.items, ...rest.items]).toEqual(all.items);
    const { body: doubtful } = await door.get('/v1/passages?state=altered,ambiguous,lost').expect(200);
    expect(doubtful.items).toMatchObject([{ state: 'altered', claim, source: { id: paper } }]);
    expect((await door.get(`/v1/passages?source=${paper}&state=none`).expect(200)).body.items).toHaveLength(1);
    await door.get('/v1/passages?state=odd').expect(400);
    await door.get('/v1/passages?source=nobody-knows-it').expect(400);
  });

  it('show a passage in its context', async () => {
    const { items } = (await door.get(`/v1/captures/${sha(TEXT)}/passages`)).body as { items: { assertion: string }[] };
    const assertion = items.at(-1)?.assertion ?? '';
    const { body } = await door.get(`/v1/captures/${sha(TEXT)}/text?around=${assertion}&characters=6`).expect(200);
    expect(body).toMatchObject({
      assertion,
      state: 'exact',
      stretches: [
        { kind: 'context', text: 'oon.” ' },
        { kind: 'passage', text: 'It opened on Friday.' },
        { kind: 'context', text: '\n' },
      ],
    });
    await door.get(`/v1/captures/${sha(HTML)}/text?around=${assertion}`).expect(404);
  });

  it('that replace another say where its passages stand now; taking over a place is an event', async () => {
    const later = `New edition. ${TEXT.replace('It opened on Friday.', 'It opened on Thursday.')}`;
    const { body: taken } = await raw(later, 'text/plain', `?replaces=${sha(TEXT)}`).expect(201);
    const { body: report } = await door
      .get(`/v1/captures/${sha(later)}/reanchoring?after=${String(taken.seq)}`)
      .expect(200);
    expect(report).toMatchObject({ capture: sha(later), replaces: sha(TEXT), total: 2, states: { altered: 2 } });
    const [opened] = report.items as { assertion: string; now: { pieces: { start: number; end: number }[] } }[];
    expect(opened).toMatchObject({
      exact: 'It opened on Friday.',
      before: { state: 'exact' },
      now: { state: 'altered' },
    });
    const [piece] = opened?.now.pieces ?? [];
    const path = `/v1/claims/${claim}/assertions/${opened?.assertion ?? ''}/reanchoring`;
    const body = { capture: sha(later), ...piece, pdfPage: undefined, reason: 'the later edition' };
    expect((await door.post(path, { ...body, start: 0, end: 12 }).expect(400)).body.errors).toMatchObject([
      { pointer: '/start' },
    ]);
    expect((await door.post(path, { ...body, end: 9999 }).expect(400)).body.errors).toMatchObject([
      { pointer: '/end' },
    ]);
    const { body: receipt } = await door.post(path, body).expect(200);
    expect(receipt.events).toMatchObject([{ type: 'PassageReanchored' }]);
    expect((await door.post(path, body).expect(200)).body.events).toEqual([]);
    const { body: after } = await door.get(`/v1/claims/${claim}?after=${String(receipt.seq)}`);
    expect(after.assertions[0].passage).toMatchObject({
      capture: sha(later),
      exact: 'It opened on Friday.',
      state: 'altered',
    });
    const { body: before } = await door.get(`/v1/claims/${claim}?asOf=@${String(taken.seq)}`);
    expect(before.assertions[0].passage).toMatchObject({ capture: sha(TEXT), state: 'exact' });
    const { body: history } = await door.get(`/v1/claims/${claim}/history`);
    expect((history as { items: unknown[] }).items.at(-1)).toMatchObject({
      type: 'PassageReanchored',
      reason: 'the later edition',
    });
  });

  it('go through a ledger over HTTP all the same', async () => {
    const ledger = httpLedger(door.url);
    const pdf = pdfOf(['Sent from afar.'], { labels: 'D', from: 17 });
    const done = await ledger.capture({
      target: paper,
      bytes: [pdf],
      mediaType: 'application/pdf',
      body: { edition: 'sent', retrievedAt: { edtf: '2019', said: 'that year' } },
      actor: 'ada',
    });
    expect(done).toMatchObject({ made: { section: 'captures', id: sha(pdf) } });
    const { mediaType, size, bytes } = await ledger.captured(sha(pdf));
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    expect([mediaType, size, sha(Buffer.concat(chunks))]).toEqual(['application/pdf', pdf.length, sha(pdf)]);
    expect(await ledger.capturedText(sha(pdf))).toBe('Sent from afar.');
    expect(await ledger.anchor(sha(pdf), { exact: 'from afar', page: 17 })).toMatchObject({ state: 'exact' });
    expect(await ledger.anchor(sha(pdf), { exact: 'from afar', page: 18 })).toMatchObject({ state: 'moved' });
    expect((await ledger.passages({ state: 'altered' })).items.length).toBeGreaterThan(0);
    const [item] = (await ledger.passagesIn(sha(TEXT))).items;
    expect(await ledger.around(sha(TEXT), item?.assertion ?? '')).toMatchObject({ capture: sha(TEXT) });
    const refused = await ledger.capture({
      target: paper,
      bytes: [new Uint8Array([0xff])],
      mediaType: 'text/plain',
      body: {},
      actor: 'ada',
    });
    expect(refused).toMatchObject({ refused: 'unreadable-document' });
    await expect(ledger.capturedText('0'.repeat(64))).rejects.toMatchObject({ code: 'not-found' });
  });
});
