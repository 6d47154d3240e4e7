import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

let door: Served;
let claim: string;
let source: string;
let assertion: string;
beforeAll(async () => {
  door = await served();
  claim = (await door.post('/v1/claims', { text: 'It rains.' })).body.id as string;
  source = (await door.post('/v1/sources', { kind: 'person', name: 'Ann' })).body.id as string;
  const said = { source, stance: 'asserts', basis: 'first-hand', hold: 'held', holdReason: 'seen' };
  assertion = (await door.post(`/v1/claims/${claim}/assertions`, said).expect(200)).body.id as string;
});
afterAll(() => door.close());

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Record<string, string>;
}

async function send({ path = '/v1/claims', method = 'POST', body, headers = {} }: Sent) {
  const before = await door.head();
  const response = await fetch(`${door.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'credence-actor': 'ada', ...headers },
    ...(body === undefined ? {} : { body: body as never }),
  });
  const answer = (await response.json()) as { code: string; errors: { pointer: string }[]; correlationId: string };
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.correlationId).toBe(response.headers.get('credence-correlation-id'));
  expect(await door.head()).toBe(before);
  return { status: response.status, ...answer };
}

describe('promise 12, bad input gets a clear error: a body that is wrong as a whole', () => {
  const nested = (depth: number, open: string, close: string) =>
    `{"text":${open.repeat(depth)}0${close.repeat(depth)}}`;
  const cases: readonly [string, string | Uint8Array | undefined, number, string][] = [
    ['none', undefined, 400, 'invalid-body'],
    ['an empty one', '', 400, 'invalid-body'],
    ['blanks', ' \n', 400, 'invalid-body'],
    ['half of one', '{"text":', 400, 'invalid-body'],
    ['a list', '[]', 400, 'invalid-body'],
    ['null', 'null', 400, 'invalid-body'],
    ['a number', '7', 400, 'invalid-body'],
    ['a string', '"x"', 400, 'invalid-body'],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400, 'invalid-body'],
    ['forty megabytes', `{"text":"${'x'.repeat(40_000_000)}"}`, 413, 'too-large'],
    ['lists in lists', nested(200_000, '[', ']'), 400, 'invalid-body'],
    ['objects in objects', nested(100_000, '{"a":', '}'), 400, 'invalid-body'],
  ];
  it.each(cases)('%s', async (_what, body, status, code) => {
    expect(await send(body === undefined ? {} : { body })).toMatchObject({ status, code });
  });

  it.each(['text/plain', 'application/x-ndjson'])('ten megabytes of %s, which the route does not take', async type => {
    for (let i = 0; i < 5; i++)
      expect(await send({ body: 'x'.repeat(10_000_000), headers: { 'content-type': type } })).toMatchObject({
        status: 415,
        code: 'unsupported-media-type',
      });
  });

  it('ten megabytes in chunks of unknown length', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(100_000));
    let left = 100;
    const body = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const headers = { 'content-type': 'application/json', 'credence-actor': 'ada' };
    const answer = await fetch(`${door.url}/v1/claims`, { method: 'POST', body, headers, duplex: 'half' });
    expect(answer.status).toBe(413);
    expect(((await answer.json()) as { code: string }).code).toBe('too-large');
  });

  it.each([
    ['text/plain', '{"text":"x"}'],
    ['application/x-www-form-urlencoded', 'text=x'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/x-ndjson', '{"text":"x"}'],
    ['', '{"text":"x"}'],
  ])('as %s', async (type, body) => {
    expect(await send({ body, headers: { 'content-type': type } })).toMatchObject({
      status: 415,
      code: 'unsupported-media-type',
    });
  });
});

describe('promise 12: a body that is wrong in a place', () => {
  const claims: readonly [string, string, string][] = [
    ['an unknown field', '{"text":"x","colour":"red"}', '/colour'],
    ['a field of another thing', '{"text":"x","kind":"person"}', '/kind'],
    ['a wrong type', '{"text":7}', '/text'],
    ['an empty text', '{"text":""}', '/text'],
    ['a text that is too long', JSON.stringify({ text: 'x'.repeat(10_001) }), '/text'],
    ['an unknown form', '{"text":"x","form":"rumour"}', '/form'],
    ['a number for a date', '{"text":"x","holdsDuring":2019}', '/holdsDuring'],
    ['an unknown field of a date', '{"text":"x","holdsDuring":{"edtf":"2019","from_":[]}}', '/holdsDuring/from_'],
    ['topics that are no list', '{"text":"x","topics":"rain"}', '/topics'],
    ['topics that are no texts', '{"text":"x","topics":[7]}', '/topics'],
    ['the same topic twice', '{"text":"x","topics":["a","a"]}', '/topics'],
    ['null', '{"text":"x","note":null}', '/note'],
    ['a control character', '{"text":"a\\u0007b"}', '/text'],
    ['NUL', '{"text":"a\\u0000b"}', '/text'],
    ['a lone surrogate', '{"text":"a\\ud800b"}', '/text'],
    ['a lone surrogate in a list', '{"text":"x","topics":["\\udfff"]}', '/topics/0'],
    ['__proto__', '{"text":"x","__proto__":{"form":"state"}}', '/__proto__'],
    ['constructor', '{"text":"x","constructor":{"prototype":{"a":1}}}', '/constructor'],
    ['__proto__ further in', '{"text":"x","holdsDuring":{"edtf":"2019","__proto__":{}}}', '/holdsDuring/__proto__'],
    ['toString', '{"text":"x","toString":1}', '/toString'],
    ['a member twice', '{"text":"x","note":"a","note":"b"}', '/note'],
    ['a member twice, once in escapes', '{"text":"x","\\u0074ext":"y"}', '/text'],
    ['a member twice further in', '{"text":"x","holdsDuring":{"edtf":"2019","edtf":"2020"}}', '/holdsDuring'],
    ['a pointer that needs escaping', '{"text":"x","a/b~c":1}', '/a~1b~0c'],
  ];
  it('the same name in two objects, in a text or as a value is no member twice', async () => {
    const note = '"text":"note", "note": {[\\"';
    const body = JSON.stringify({
      text: 'note',
      note,
      holdsDuring: { edtf: '2019', said: note },
      more: { text: note },
    });
    expect((await send({ body })).errors.map(({ pointer }) => pointer)).toEqual(['/more']);
  });
  it.each([
    ['a number for a text', 7, 'wrong-type', 'found 7, wanted a string'],
    ['null for a text', null, 'wrong-type', 'found null, wanted a string'],
    ['a list for a text', ['x'], 'wrong-type', 'found a list of 1, wanted a string'],
    ['an empty text', '', 'minLength', 'found "", wanted more than nothing'],
    ['a text that is too long', 'x'.repeat(10_001), 'maxLength', 'wanted at most 10000 characters'],
  ])('%s: what was found and what is wanted, in words', async (_what, text, code, detail) => {
    expect(await send({ body: JSON.stringify({ text }) })).toMatchObject({
      errors: [{ pointer: '/text', code, detail: expect.stringContaining(detail) as unknown }],
    });
  });

  it.each(claims)('%s', async (_what, body, pointer) => {
    const answer = await send({ body });
    expect(answer).toMatchObject({ status: 400, code: 'invalid-body' });
    expect(answer.errors.map(e => e.pointer)).toEqual([pointer]);
  });

  const assertions: readonly [string, object, number, string, string?][] = [
    ['an unknown stance', { stance: 'shouts' }, 400, 'invalid-body', '/stance'],
    ['an opinion beyond one', { stance: { b: '1.5', d: '0' } }, 400, 'invalid-body', '/stance/b'],
    ['an opinion in numbers', { stance: { b: 0.5, d: 0 } }, 400, 'invalid-body', '/stance/b'],
    ['an unknown source', { source: 'nobody' }, 422, 'unknown-reference', '/source'],
    [
      'an unknown capture',
      { passage: { capture: 'f'.repeat(64), exact: 'x' } },
      422,
      'unknown-reference',
      '/passage/capture',
    ],
    ['a relay that names nothing', { relays: ['nobody'] }, 422, 'unknown-reference', '/relays/0/assertion'],
    ['an unknown member of a relay', { relays: [{ assertion: 'x', why: 'y' }] }, 400, 'invalid-body', '/relays/0/why'],
    ['relays that are no list', { relays: 'x' }, 400, 'invalid-body', '/relays'],
    ['a passage without its words', { passage: { capture: 'f'.repeat(64) } }, 400, 'invalid-body', '/passage/exact'],
    ['a credibility of 7', { credibility: 7 }, 400, 'invalid-body', '/credibility'],
    ['a lone surrogate in a reference', { source: '\ud800' }, 400, 'invalid-body', '/source'],
  ];
  it.each(assertions)('%s', async (_what, fields, status, code, pointer) => {
    const body = JSON.stringify({ source, stance: 'asserts', basis: 'first-hand', ...fields });
    const answer = await send({ path: `/v1/claims/${claim}/assertions`, body });
    expect(answer).toMatchObject({ status, code });
    expect(answer.errors.map(e => e.pointer)).toContain(pointer);
  });

  it('a lone surrogate among the fields of a citation', async () => {
    const body = '{"kind":"record","name":"x","cite":{"title":{"a":["\\ud800"]}}}';
    expect(await send({ path: '/v1/sources', body })).toMatchObject({
      status: 400,
      errors: [{ pointer: '/cite/title/a/0' }],
    });
  });
});

describe('promise 12: names that nothing has', () => {
  const reason = 'x';
  it.each([
    ['an unknown claim', () => ({ path: '/v1/claims/nobody/confirmations', body: { reason } }), 404, 'not-found'],
    [
      'an unknown source',
      () => ({ path: '/v1/sources/nobody/grades', body: { grade: 'B', reason } }),
      404,
      'not-found',
    ],
    ['an unknown verb', () => ({ path: `/v1/claims/${claim}/affirmations`, body: { reason } }), 404, 'not-found'],
    [
      'an unknown revision',
      () => ({ path: `/v1/claims/${claim}/confirmations`, body: { reason }, headers: { 'if-match': '"99"' } }),
      ...([412, 'wrong-expected-revision'] as const),
    ],
    [
      "a relay to another claim's assertion",
      async () => {
        const { body } = await door.post('/v1/claims', { text: 'It snows.' });
        return { path: `/v1/claims/${String(body.id)}/assertions`, body: { source, relays: [assertion] } };
      },
      ...([422, 'unknown-reference'] as const),
    ],
    [
      'an unknown date of a read',
      () => ({ method: 'GET', path: '/v1/claims?publicBy=2019-02-30' }),
      400,
      'invalid-parameter',
    ],
    [
      'an instant without zone',
      () => ({ method: 'GET', path: '/v1/claims?asOf=2019-04-18T10:00' }),
      400,
      'invalid-parameter',
    ],
    [
      'an event that is not there yet',
      () => ({ method: 'GET', path: '/v1/claims?asOf=@99999' }),
      400,
      'invalid-parameter',
    ],
  ])('%s', async (_what, of, status, code) => {
    const { body, ...rest } = (await of()) as Omit<Sent, 'body'> & { body?: object };
    expect(await send({ ...rest, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).toMatchObject({
      status,
      code,
    });
  });
});

describe('dates as nobody writes them', () => {
  it('keeps what EDTF can mean, and answers no bounds for what it cannot', async () => {
    const { body } = await door.post('/v1/claims', { text: 'When?', holdsDuring: 'the other day' });
    const { body: shown } = await door.get(`/v1/claims/${String(body.id)}`).expect(200);
    expect(shown.holdsDuring).toEqual({ edtf: 'the other day', lo: null, hi: null });
  });
});

describe('a ring of relays', () => {
  it('is recorded, and shown as circular', async () => {
    const record = async (body: object) =>
      (
        await door
          .post(`/v1/claims/${claim}/assertions`, { source, hold: 'held', holdReason: 'seen', ...body })
          .expect(200)
      ).body.id as string;
    const first = await record({});
    const second = await record({ relays: [first] });
    await door
      .post(`/v1/claims/${claim}/assertions/${first}/corrections`, {
        set: { relays: [second] },
        reason: 'they cite each other',
      })
      .expect(200);
    const { body } = await door.get(`/v1/claims/${claim}/chain`).expect(200);
    const hops = (body.chains as { hops: { circular: boolean; assertion: string }[] }[]).flatMap(chain => chain.hops);
    expect(hops.some(hop => hop.circular)).toBe(true);
    expect(hops.find(hop => hop.assertion === assertion)?.circular).toBe(false);
  });
});

describe('headers', () => {
  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['with a blank', 'Ada L'],
    ['too long', 'x'.repeat(129)],
  ])('an actor that is %s', async (_what, actor) => {
    const headers = { 'content-type': 'application/json', ...(actor === undefined ? {} : { 'credence-actor': actor }) };
    const answer = await fetch(`${door.url}/v1/claims`, { method: 'POST', headers, body: '{"text":"x"}' });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'actor-required']);
  });

  it.each([
    ['credence-actor', 'Ada L', 'Credence-Actor found "Ada L"; wanted 1 to 128'],
    ['idempotency-key', 'a b', 'Idempotency-Key: found "a b", wanted 1 to 255'],
    ['if-match', 'W/"3"', String.raw`If-Match: found "W/\"3\"", wanted a revision`],
    ['content-type', 'json', 'Content-Type json; wanted application/json'],
    ['content-type', ';', 'no Content-Type; wanted application/json'],
  ])('%s: %s is answered with what was found and what is wanted', async (name, value, detail) => {
    const answer = await send({ body: '{"text":"x"}', headers: { [name]: value } });
    expect(answer).toMatchObject({ detail: expect.stringContaining(detail) as unknown });
  });

  it('needs no actor to read', async () => {
    expect((await fetch(`${door.url}/v1/claims`)).status).toBe(200);
  });

  it.each(['evil.example', 'evil.example:3000', '169.254.1.1', '127.0.0.1.evil.example', '[fe80::1]:3000'])(
    'refuses the Host %s: a name that was made to lead here',
    async host => {
      const answer = await raw(`GET /v1/claims HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('"code":"invalid-parameter"');
    },
  );

  it.each(['localhost', 'LOCALHOST:1234', '127.0.0.1', '127.1.2.3:80', '[::1]:3000', 'ledger.localhost'])(
    'takes the Host %s',
    async host => {
      expect(await raw(`GET /v1/claims HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 200 /,
      );
    },
  );

  it('refuses a write from a page of another origin, and none from its own', async () => {
    const post = (origin: string) => door.post('/v1/claims', { text: 'x' }).set('Origin', origin);
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1', 'x'])
      expect((await post(origin).expect(400)).body).toMatchObject({
        code: 'invalid-parameter',
        errors: [{ pointer: 'Origin' }],
      });
    await post(`http://127.0.0.1:${new URL(door.url).port}`).expect(201);
  });

  it('takes any Host once that is allowed', async () => {
    const open = await served({ allowUnauthenticated: true });
    await open.get('/v1/claims').set('Host', 'ledger.example').expect(200);
    await open.close();
  });
});

const raw = async (head: string) => {
  const socket = connect(Number(new URL(door.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.end(head);
  return text(socket);
};

describe('a parameter that nobody asked for', () => {
  it.each([
    ['GET', '/v1/log/checkpoint'],
    ['GET', '/v1/log/key'],
    ['GET', '/v1/operations/verification'],
    ['POST', '/v1/operations/rebuild'],
    ['GET', '/v1/operations/doctor'],
    ['GET', '/v1/references'],
    ['GET', '/v1/feed'],
  ])('%s %s names it', async (method, path) => {
    const body = method === 'POST' ? { body: '{}' } : {};
    expect(await send({ method, path: `${path}?asOf2=@1`, ...body })).toMatchObject({
      status: 400,
      code: 'invalid-parameter',
      errors: [{ pointer: 'asOf2', code: 'unknown-parameter' }],
    });
  });
});

describe('what is no request', () => {
  it.each([
    ['noise', 'hello\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, 413],
    [
      'two lengths',
      'POST /v1/claims HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc',
      400,
    ],
  ])('%s', async (_what, head, status) => {
    const answer = await raw(head);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
    expect(answer).toContain('application/problem+json');
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s on a path that others know: 404', async method => {
    expect(await send({ method, path: '/v1/claims' })).toMatchObject({ status: 404, code: 'not-found' });
  });

  it.each(['/', '/v1', '/v1/', '/v1/claims/', '/v2/claims', '/v1/claims/a/b/c', '/V1/claims', '//v1/claims'])(
    'GET %s: 404',
    async path => {
      const answer = await fetch(`${door.url}${path}`);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'not-found']);
    },
  );
});

describe('promise 12: dossiers that are none', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((n, i) => `${n}: &${n} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`)
    .join('\n')}\ndossier: 1\nid: bomb\n`;
  it.each([
    ['a YAML bomb', bomb],
    ['a binary file', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)],
    ['nothing', ''],
    ['a list', '[]'],
    ['YAML that breaks off', 'dossier: 1\nid: "x'],
    ['another version', 'dossier: 2\nid: x\n'],
    ['nested lists', '['.repeat(50_000)],
  ])('%s: every complaint has its place, and nothing is written', async (_what, body) => {
    const before = await door.head();
    const answer = await fetch(`${door.url}/v1/imports/dossier`, {
      method: 'POST',
      headers: { 'content-type': 'application/yaml', 'credence-actor': 'ada' },
      body: body as never,
    });
    const told = (await answer.json()) as { code?: string; rejected?: { detail: string; line: number }[] };
    if (answer.status === 200) expect(told.rejected?.length).toBeGreaterThan(0);
    else expect([answer.status, told.code]).toEqual([400, 'invalid-body']);
    expect(await door.head()).toBe(before);
  });
});
