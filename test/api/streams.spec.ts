import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openLedger } from '@credence/runtime';
import { serve } from '../../apps/api/src/serve.js';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

let door: Served;
beforeAll(async () => {
  door = await served();
  for (let i = 0; i < 3; i++) await door.post('/v1/claims', { text: `claim ${String(i)}` }).expect(201);
});
afterAll(() => door.close());

/** Reads a feed until `enough` of its text. */
async function feed(
  headers: Record<string, string>,
  enough: (seen: string) => boolean,
  path = '/v1/feed',
  url = door.url,
) {
  const abort = new AbortController();
  const response = await fetch(`${url}${path}`, { headers, signal: abort.signal });
  let seen = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? [])
    if (enough((seen += chunk))) break;
  abort.abort();
  return { response, seen };
}
interface Answered {
  readonly code?: string;
  readonly events?: readonly { readonly type: string }[];
}
interface Imported {
  readonly new: number;
  readonly rejected: readonly object[];
}
const idsIn = (seen: string) => [...seen.matchAll(/^id: (\d+)$/gm)].map(match => Number(match[1]));

describe('the feed', () => {
  it('resumes after Last-Event-ID and then follows live, without a gap or a repeat', async () => {
    const reading = feed({ 'Last-Event-ID': '1' }, seen => seen.includes('live'));
    await door.post('/v1/claims', { text: 'live' }).expect(201);
    const { response, seen } = await reading;
    const head = await door.head();
    expect(response.headers.get('content-type')).toMatch('text/event-stream');
    expect(idsIn(seen)).toEqual(Array.from({ length: head - 1 }, (_, i) => i + 2));
    const [, data] = /^event: ClaimRecorded\nid: 2\ndata: (.*)$/m.exec(seen) ?? [];
    expect(JSON.parse(String(data))).toEqual((await door.get('/v1/events/2')).body);
  });

  it('starts now without Last-Event-ID, or after the parameter `after`', async () => {
    const from = await feed({}, seen => seen.includes('id: 1\n'), '/v1/feed?after=0');
    expect(idsIn(from.seen)[0]).toBe(1);
    const before = await door.head();
    const abort = new AbortController();
    const response = await fetch(`${door.url}/v1/feed`, { signal: abort.signal });
    const { body } = await door.post('/v1/claims', { text: 'from now on' }).expect(201);
    let seen = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? [])
      if ((seen += chunk).includes('now on')) break;
    abort.abort();
    expect(idsIn(seen)).toEqual([body.seq]);
    expect(body.seq).toBe(before + 1);
  });

  it.each([['x'], ['-1'], ['99999']])('refuses to begin after %s', async last => {
    const answer = await door.get('/v1/feed').set('Last-Event-ID', last).expect(400);
    expect(answer.body.code).toBe('invalid-parameter');
  });

  it('holds nothing back for a reader that does not read', async () => {
    const note = 'x'.repeat(20_000);
    const slow = await served();
    for (let i = 0; i < 150; i++)
      await slow.ledger.execute({ command: 'RecordClaim', data: {}, words: { text: String(i), note }, actor: 'ada' });
    const socket = connect(Number(new URL(slow.url).port), '127.0.0.1');
    socket.pause();
    socket.write('GET /v1/feed?after=0 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise(resolve => setTimeout(resolve, 300));
    let size = 0;
    socket.on('data', chunk => (size += chunk.length)).resume();
    while (size < 150 * 20_000) await once(socket, 'data');
    socket.destroy();
    await slow.close();
  });
});

describe('commands as lines', () => {
  const send = (body: string | Uint8Array, query = '', headers: Record<string, string> = {}) =>
    fetch(`${door.url}/v1/commands${query}`, {
      method: 'POST',
      body: body as never,
      headers: { 'credence-actor': 'ada', 'content-type': 'application/x-ndjson', ...headers },
    });
  const line = (value: object) => `${JSON.stringify(value)}\n`;
  const record = (words: string, more: object = {}) => ({
    command: 'RecordClaim',
    data: {},
    words: { text: words },
    ...more,
  });
  const answers = async (response: Response) =>
    (await response.text())
      .trim()
      .split('\n')
      .map(l => JSON.parse(l) as Answered);

  it('answers a line for each line, in order, receipts and problems', async () => {
    const before = await door.head();
    const commandId = randomUUID();
    const lines = [
      record('line 0', { commandId }),
      record('', {}),
      { command: 'RecrdClaim', data: {}, words: {} },
      { command: 'CorrectClaim', target: 'nobody', data: { set: {} }, words: { set: {}, reason: 'x' } },
      { ...record('x'), extra: 1 },
      record('line 5'),
      record('line 0', { commandId }),
    ];
    const response = await send(lines.map(line).join('') + '{"command":\n[1]\n\n');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const got = await answers(response);
    expect(got.map(a => a.code ?? a.events?.[0]?.type)).toEqual([
      'ClaimRecorded',
      'invalid-body',
      'invalid-body',
      'not-found',
      'invalid-body',
      'ClaimRecorded',
      'ClaimRecorded',
      'invalid-body',
      'invalid-body',
    ]);
    expect(got[6]).toEqual(got[0]);
    expect(got[4]).toMatchObject({ status: 400, errors: [{ pointer: '/extra', code: 'unknown-field' }] });
    expect((await door.eventsAfter(before)).map(e => e.words)).toEqual([{ text: 'line 0' }, { text: 'line 5' }]);
  });

  it('goes on after a line that is too long', async () => {
    const got = await answers(await send(line(record('x'.repeat(1_100_000))) + line(record('after it'))));
    expect(got.map(a => a.code ?? 'done')).toEqual(['too-large', 'done']);
  });

  it.each([
    ['one that is no JSON', 'dossier: 1\n', ['invalid-body']],
    ['one that is too long', 'x'.repeat(1_100_000), ['too-large']],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), ['invalid-body']],
  ])('answers 200 and a problem for its only line, %s', async (_what, body, codes) => {
    const before = await door.head();
    const response = await send(body);
    expect([response.status, (await answers(response)).map(a => a.code)]).toEqual([200, codes]);
    expect(await door.head()).toBe(before);
  });

  it('reads a line that comes in pieces, and one without its line feed', async () => {
    const whole = Buffer.from(line(record('grün')) + JSON.stringify(record('last')));
    const body = new ReadableStream({
      async start(controller) {
        for (const byte of whole) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    const response = await fetch(`${door.url}/v1/commands`, {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'credence-actor': 'ada', 'content-type': 'application/x-ndjson' },
    });
    expect(await answers(response)).toMatchObject([{ events: [{}] }, { events: [{}] }]);
  });

  it('writes nothing in a dry run', async () => {
    const before = await door.head();
    expect(await answers(await send(line(record('dry')), '?dryRun=true'))).toMatchObject([
      { events: [{ type: 'ClaimRecorded' }] },
    ]);
    expect(await door.head()).toBe(before);
  });

  it.each([
    ['no actor', {}, { 'credence-actor': '' }, 400, 'actor-required'],
    ['a key for many', {}, { 'idempotency-key': 'k' }, 400, 'invalid-parameter'],
    ['a revision for many', {}, { 'if-match': '"1"' }, 400, 'invalid-parameter'],
    ['JSON', {}, { 'content-type': 'application/json' }, 415, 'unsupported-media-type'],
  ])('refuses %s', async (_what, _, headers, status, code) => {
    const response = await send(line(record('x')), '', headers);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
  });
});

describe('imports', () => {
  const dossier = `dossier: 1
id: tiny
claims: [{ key: rain, text: It rains. }]
sources: [{ key: ann, kind: person, name: Ann }]
assertions: [{ key: said, claim: rain, source: ann, stance: asserts, basis: first-hand, hold: held, holdReason: seen }]
`;
  const post = (body: unknown, type: string | undefined, query = '') =>
    fetch(`${door.url}/v1/imports/dossier${query}`, {
      method: 'POST',
      body: body as never,
      headers: { 'credence-actor': 'ada', ...(type === undefined ? {} : { 'content-type': type }) },
    });

  it('plans, loads, and loads again without a change', async () => {
    const before = await door.head();
    const dry = await json((await post(dossier, 'application/yaml', '?dryRun=true')).body as never);
    expect(dry).toMatchObject({ dossier: 'tiny', plan: expect.any(Array) });
    expect(await door.head()).toBe(before);
    const first = await post(dossier, 'application/yaml; charset=utf-8');
    expect(first.status).toBe(200);
    expect(await first.json()).toMatchObject({ dossier: 'tiny', new: 3, unchanged: 0, rejected: [], pins: {} });
    expect(await (await post(dossier, 'text/yaml')).json()).toMatchObject({ new: 0, unchanged: 3 });
    await door.get('/v1/claims/tiny:rain').expect(200);
    const events = await door.eventsAfter(before);
    expect(events.map(e => e.type).sort()).toEqual(['AssertionRecorded', 'ClaimRecorded', 'SourceRegistered']);
    expect(new Set(events.map(e => e.correlationId)).size).toBe(1);
  });

  it('takes JSON, and reports a bad entry by place', async () => {
    const body = JSON.stringify({
      dossier: 1,
      id: 'json',
      claims: [
        { key: 'a', text: 'A.' },
        { key: 'b', txt: 'B.' },
      ],
    });
    const answer = (await (await post(body, 'application/json')).json()) as Imported;
    expect(answer).toMatchObject({ dossier: 'json', new: 1 });
    expect(answer.rejected.length).toBeGreaterThan(0);
    expect(answer.rejected[0]).toMatchObject({ pointer: expect.stringContaining('/claims/1') });
  });

  it('takes the example as multipart, files before and after the dossier', async () => {
    const folder = join(process.cwd(), 'examples', 'back-channel');
    const files = readdirSync(join(folder, 'captures')).sort();
    const form = new FormData();
    const add = (name: string) => {
      form.append(`captures/${name}`, new Blob([readFileSync(join(folder, 'captures', name))]), `captures/${name}`);
    };
    files.slice(0, 3).forEach(add);
    form.append(
      'dossier',
      new Blob([readFileSync(join(folder, 'back-channel.dossier.yaml'))]),
      'back-channel.dossier.yaml',
    );
    files.slice(3).forEach(add);
    const answer = (await (await post(form, undefined)).json()) as Imported;
    expect(answer).toMatchObject({ dossier: 'back-channel', rejected: [], collided: [], gone: [] });
    expect(answer.new).toBeGreaterThan(50);
    const { body } = await door.get('/v1/sources/back-channel:gazette/captures').expect(200);
    expect(body.items.length).toBeGreaterThan(1);
  });

  it.each([
    [
      'no dossier among the parts',
      () => {
        const f = new FormData();
        f.append('x', new Blob(['y']), 'x');
        return f;
      },
      undefined,
      400,
      'invalid-body',
    ],
    [
      'a part that is no file',
      () => {
        const f = new FormData();
        f.append('x', 'y');
        return f;
      },
      undefined,
      400,
      'invalid-body',
    ],
    ['another media type', () => 'a,b', 'text/csv', 415, 'unsupported-media-type'],
    ['a broken multipart', () => '--x\r\n', 'multipart/form-data; boundary=x', 400, 'invalid-body'],
    ['multipart without a boundary', () => 'x', 'multipart/form-data', 400, 'invalid-body'],
  ])('refuses %s', async (_what, body, type, status, code) => {
    const answer = await post(body(), type);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
  });

  it.each([
    ['a binary file', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0x1a]), 'application/yaml'],
    ['a list', '[]', 'application/json'],
    ['broken JSON', '{"dossier":', 'application/json'],
    ['nothing', '', 'application/yaml'],
  ])('answers 200 and one rejected place, the file itself, for %s', async (_what, body, type) => {
    const before = await door.head();
    const answer = await post(body, type);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ dossier: null, new: 0, rejected: [{ pointer: '' }] });
    expect(await door.head()).toBe(before);
  });

  it('needs an actor', async () => {
    const answer = await fetch(`${door.url}/v1/imports/dossier`, {
      method: 'POST',
      body: dossier,
      headers: { 'content-type': 'text/yaml' },
    });
    expect(await answer.json()).toMatchObject({ code: 'actor-required' });
  });
});

describe('operation', () => {
  it('is alive and ready', async () => {
    expect((await door.get('/health/live').expect(200)).body).toEqual({ status: 'ok' });
    const { body } = await door.get('/health/ready').expect(200);
    expect(body).toMatchObject({ ready: true, head: await door.head() });
  });

  it('measures requests by route, events and views, and the process', async () => {
    await door.get('/v1/claims/nobody').expect(404);
    const { text: metrics } = await door
      .get('/metrics')
      .expect(200)
      .expect('content-type', /^text\/plain; version=0\.0\.4/);
    expect(metrics).toMatch(
      /credence_http_requests_total\{method="GET",route="\/v1\/claims\/:claim",status="404"\} \d/,
    );
    expect(metrics).toMatch(
      /credence_http_request_duration_seconds_bucket\{le="0.1",method="POST",route="\/v1\/claims"\} \d/,
    );
    expect(metrics).toContain(`credence_events ${String((await door.head()) + 1)}`);
    expect(metrics).toContain('credence_view_lag_events{view="claims"} 0');
    expect(metrics).toMatch(/process_resident_memory_bytes \d/);
    expect(metrics).not.toContain('nobody');
  });

  it('shows its description without asking another host', async () => {
    const { text: page, headers } = await door.get('/docs').expect(200);
    expect(page).not.toMatch(/https?:\/\//);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    for (const [, path] of page.matchAll(/(?:src|href)="([^"]+)"/g)) await door.get(String(path)).expect(200);
    const { body } = await door.get('/openapi.json').expect(200);
    expect(body.openapi).toMatch(/^3\.1/);
  });

  it('takes the correlation id of a caller, if it is well-formed, into answer and event', async () => {
    const answer = await door
      .post('/v1/claims', { text: 'x' })
      .set('X-Request-Id', 'abc-1')
      .expect('credence-correlation-id', 'abc-1');
    expect((await door.ledger.event(answer.body.seq as number)).correlationId).toBe('abc-1');
    const other = await door.get('/v1/summary').set('Credence-Correlation-Id', 'a b').expect(200);
    expect(other.headers['credence-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the log', () => {
  it("has a line for each request, and nobody's words in it", async () => {
    const lines: string[] = [];
    const logged = await served({ logLevel: 'info', logTo: { write: line => void lines.push(line) } });
    const { body } = await logged.post('/v1/claims', { text: 'Xanthippe was here.' }).expect(201);
    await logged.post('/v1/claims', { text: 'Xanthippe', xanthippe: 1 }).expect(400);
    await logged.get('/v1/claims?topic=Xanthippe').expect(200);
    await logged.get('/v1/claims/xanthippe').expect(404);
    await logged.get('/xanthippe').expect(404);
    logged.ledger.claim = () => Promise.reject(new Error('Xanthippe'));
    logged.ledger.chain = () => Promise.reject(new TypeError('x is not a function'));
    const failed = await logged
      .get(`/v1/claims/${String(body.id)}`)
      .set('X-Request-Id', 'find-me')
      .expect(500);
    expect(failed.body).toMatchObject({ code: 'internal', correlationId: 'find-me', errors: [] });
    expect(JSON.stringify(failed.body)).not.toContain('Xanthippe');
    await logged.get(`/v1/claims/${String(body.id)}/chain`).expect(500);
    await logged.close();
    expect(lines.join('')).not.toMatch(/xanthippe/i);
    const told = lines.map(line => JSON.parse(line) as Record<string, unknown>);
    expect(told[0]).toEqual({
      level: 'info',
      time: expect.any(String),
      correlationId: expect.any(String),
      method: 'POST',
      route: '/v1/claims',
      status: 201,
      durationMs: expect.any(Number),
    });
    expect(told.filter(line => 'status' in line).map(line => [line['route'], line['status']])).toEqual([
      ['/v1/claims', 201],
      ['/v1/claims', 400],
      ['/v1/claims', 200],
      ['/v1/claims/:claim', 404],
      ['unknown', 404],
      ['/v1/claims/:claim', 500],
      ['/v1/claims/:claim/chain', 500],
    ]);
    expect(told.filter(line => 'bug' in line)).toMatchObject([
      { level: 'error', correlationId: 'find-me', bug: 'Error', stack: expect.any(Array) },
      { bug: 'TypeError', message: 'x is not a function' },
    ]);
  });
});

describe('stopping', () => {
  it('answers what was accepted, ends feeds, closes the ledger', async () => {
    const ledger = await openLedger({ url: 'memory:', actor: 'test' });
    const announced: string[] = [];
    const server = await serve(Object.assign(ledger, { announce: (url: string) => announced.push(url) }), { port: 0 });
    expect(announced).toEqual([server.url]);
    const open = await fetch(`${server.url}/v1/feed`);
    await (await fetch(`${server.url}/v1/claims`)).text(); // its connection is kept alive
    const accepted = httpRequest(`${server.url}/v1/claims`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'credence-actor': 'ada', expect: '100-continue' },
    });
    accepted.flushHeaders();
    await once(accepted, 'continue'); // the server has the head and waits for the body
    const from = performance.now();
    const closed = server.close();
    await text(open.body as never); // the feed has ended: the server is closing
    accepted.end('{"text":"still counted"}');
    const [answer] = (await once(accepted, 'response')) as [IncomingMessage];
    expect([answer.statusCode, ((await json(answer)) as { seq: number }).seq]).toEqual([201, 1]);
    await closed;
    expect(performance.now() - from).toBeLessThan(3000);
    await expect(fetch(`${server.url}/health/live`)).rejects.toThrow();
    await expect(
      ledger.execute({ command: 'RecordClaim', data: {}, words: { text: 'x' }, actor: 'a' }),
    ).rejects.toMatchObject({ code: 'store-unavailable' });
  });

  it.each(['0.0.0.0', '::', '192.168.0.1', 'example.org'])(
    'does not listen on %s while nobody is authenticated',
    async host => {
      const ledger = await openLedger({ url: 'memory:', actor: 'test' });
      await expect(serve(ledger, { host, port: 0 })).rejects.toMatchObject({ code: 'invalid-parameter' });
      await ledger.close();
    },
  );
});
