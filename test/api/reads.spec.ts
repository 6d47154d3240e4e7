import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

let door: Served;
const ids: Record<'claim' | 'source' | 'assertion' | 'unit', string> = {
  claim: '',
  source: '',
  assertion: '',
  unit: '',
};
const SHA = 'c'.repeat(64);

beforeAll(async () => {
  door = await served();
  ids.source = (await door.post('/v1/sources', { kind: 'person', name: 'Ann' })).body.id as string;
  ids.claim = (await door.post('/v1/claims', { text: 'It rains.' })).body.id as string;
  const said = {
    source: ids.source,
    stance: 'asserts',
    basis: 'first-hand',
    hold: 'held',
    holdReason: 'seen',
    assertedAt: '2019',
  };
  ids.assertion = (await door.post(`/v1/claims/${ids.claim}/assertions`, said)).body.id as string;
  ids.unit = (await door.post('/v1/units', { members: [ids.source], reason: 'one owner' })).body.id as string;
  for (const [i, size] of [3, 4, 5].entries())
    await door.ledger.execute({
      command: 'TakeCapture',
      target: ids.source,
      data: { sha256: String(i).repeat(64), size, mediaType: 'text/plain' },
      words: { url: 'https://example.org/' },
      actor: 'ada',
    });
  await door.post(`/v1/claims/${ids.claim}/corrections`, { set: { text: 'It rained.' }, reason: 'tense' }).expect(200);
});
afterAll(() => door.close());

describe('reads', () => {
  const one = (name: keyof typeof ids, path: string) => () => `/v1/${path.replace(`:${name}`, ids[name])}`;
  const routes: readonly [string, () => string, object][] = [
    ['summary', () => '/v1/summary', { sources: 1, claims: 1, assertions: 1, units: 1, events: 9 }],
    ['sources', () => '/v1/sources', { items: [{ name: 'Ann' }], next: null }],
    ['a source', one('source', 'sources/:source'), { name: 'Ann', grade: 'F', revision: 3 }],
    [
      'history of a source',
      one('source', 'sources/:source/history'),
      { items: [{ type: 'SourceRegistered' }, {}, {}, {}] },
    ],
    [
      'captures of a source',
      one('source', 'sources/:source/captures'),
      { items: [{ size: 5 }, { size: 4 }, { size: 3 }] },
    ],
    ['impact of a source', one('source', 'sources/:source/impact'), { total: 1, items: [{ text: 'It rained.' }] }],
    ['claims', () => '/v1/claims', { items: [{ text: 'It rained.' }], next: null }],
    [
      'a claim',
      one('claim', 'claims/:claim'),
      { text: 'It rained.', state: 'open', assertions: [{ claimTextThen: 'It rains.' }] },
    ],
    ['belief in a claim', one('claim', 'claims/:claim/belief'), { core: { status: { code: 'attributed' } } }],
    ['chain of a claim', one('claim', 'claims/:claim/chain'), { total: 1, chains: [{ carries: true }] }],
    [
      'history of a claim',
      one('claim', 'claims/:claim/history'),
      { items: [{}, {}, { reason: 'tense', changes: [{ path: '/text' }] }] },
    ],
    ['units', () => '/v1/units', { items: [{ reason: 'one owner' }] }],
    ['a unit', one('unit', 'units/:unit'), { members: [expect.any(String)], dissolved: false, revision: 0 }],
  ];
  it.each(routes)('%s', async (_name, path, shape) => {
    const answer = await door.get(path()).expect(200).expect('cache-control', 'no-cache');
    expect(answer.body).toMatchObject(shape);
    expect(answer.body.pins.asOf).toEqual({
      seq: 8,
      effectiveAt: expect.any(String),
      treeSize: 9,
      root: expect.stringMatching(/^[0-9a-f]{64}$/),
      token: `@8.${String(answer.body.pins.asOf.root).slice(0, 32)}`,
      final: false,
    });
  });

  it('tags single things with their revision, and lists with nothing', async () => {
    await door.get(`/v1/claims/${ids.claim}`).expect('etag', '"2"');
    await door.get(`/v1/sources/${ids.source}`).expect('etag', '"3"');
    await door.get(`/v1/units/${ids.unit}`).expect('etag', '"0"');
    expect((await door.get('/v1/claims')).headers['etag']).toBeUndefined();
  });

  it('ignores If-None-Match: a belief can change without the claim', async () => {
    await door.get(`/v1/claims/${ids.claim}`).set('If-None-Match', '"2"').expect(200);
  });

  it('answers an event by its seq, envelope and payload', async () => {
    const { body } = await door.get('/v1/events/2').expect(200);
    expect(body).toMatchObject({
      seq: 2,
      type: 'ClaimRecorded',
      data: { form: 'event' },
      words: { text: 'It rains.' },
    });
    expect(body).not.toHaveProperty('salts');
    await door.get('/v1/events/2?after=8').expect(200);
    await door.get('/v1/events/99').expect(404);
    await door.get('/v1/events/x').expect(404);
  });

  it('says what a reference names', async () => {
    const { body } = await door.get(`/v1/references?reference=${ids.assertion.slice(0, 8)}`).expect(200);
    expect(body).toMatchObject({ section: 'assertions', id: ids.assertion, claim: ids.claim });
  });

  it('answers by a unique prefix of an id', async () => {
    const { body } = await door.get(`/v1/claims/${ids.claim.slice(0, 6)}`).expect(200);
    expect(body.id).toBe(ids.claim);
  });

  it('answers HEAD as GET, without the body', async () => {
    const { default: request } = await import('supertest');
    const answer = await request(door.url).head(`/v1/claims/${ids.claim}`).expect(200).expect('etag', '"2"');
    expect(answer.text ?? '').toBe('');
    await request(door.url).head('/v1/feed').expect(200);
  });
});

describe('pins', () => {
  it('shows the text before the correction, as of a moment before it, by seq and by token', async () => {
    const { body } = await door.get(`/v1/claims/${ids.claim}?asOf=@7`).expect(200).expect('etag', '"1"');
    expect(body).toMatchObject({ text: 'It rains.', pins: { asOf: { seq: 7, final: true } } });
    const { body: again } = await door.get(`/v1/claims/${ids.claim}?asOf=${body.pins.asOf.token}`).expect(200);
    expect(again).toEqual(body);
  });

  it('says under which pins it answered', async () => {
    const { body } = await door.get(`/v1/claims/${ids.claim}?publicBy=2018&certainty=possible&holdsAt=2019-01-01`);
    expect(body).toMatchObject({
      holds: 'unknown',
      pins: { publicBy: '2018-12-31', certainty: 'possible', holdsAt: '2019-01-01' },
    });
    expect(body.belief.status.code).toBe('unverified');
  });

  it.each([
    ['asOf', '@99', 'invalid-parameter', 400],
    ['asOf', '2999-01-01', 'invalid-parameter', 400],
    ['asOf', 'yesterday', 'invalid-parameter', 400],
    ['asOf', '', 'invalid-parameter', 400],
    ['asOf', `@3.${'0'.repeat(32)}`, 'token-foreign', 409],
    ['publicBy', '2019-13', 'invalid-parameter', 400],
    ['certainty', 'maybe', 'invalid-parameter', 400],
    ['holdsAt', '2019', 'invalid-parameter', 400],
    ['after', 'x', 'invalid-parameter', 400],
    ['after', '-1', 'invalid-parameter', 400],
  ])('%s=%s: %s', async (name, value, code, status) => {
    const { body } = await door.get(`/v1/claims/${ids.claim}?${name}=${encodeURIComponent(value)}`).expect(status);
    expect(body.code).toBe(code);
    if (status === 400) expect(body.errors).toMatchObject([{ pointer: name }]);
  });

  it('waits for its views, and says when it has waited long enough', async () => {
    await door.get('/v1/claims?after=8').expect(200);
    const { body } = await door.get('/v1/claims?after=999999').expect(503).expect('retry-after', '1');
    expect(body.code).toBe('view-behind');
  });
});

describe('parameters', () => {
  it.each([
    ['an unknown one', '/v1/claims?limitt=3', 'limitt', 'unknown parameter (did you mean limit?)'],
    ['one of another route', '/v1/summary?limit=3', 'limit', 'unknown parameter'],
    ['a repeated one', '/v1/claims?limit=3&limit=4', 'limit', 'given more than once'],
    ['one called __proto__', '/v1/claims?__proto__=1', '__proto__', 'unknown parameter'],
    ['one called constructor', '/v1/claims?constructor=1', 'constructor', 'unknown parameter'],
    ['a limit of 0', '/v1/claims?limit=0', 'limit', 'found "0", wanted 1 to 500'],
    ['a limit of 501', '/v1/claims?limit=501', 'limit', 'found "501", wanted 1 to 500'],
  ])('refuses %s and names it', async (_what, path, pointer, detail) => {
    const { body } = await door.get(path).expect(400);
    expect(body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer, detail }] });
  });

  it('refuses an unknown one of a write, and a dryRun that is neither', async () => {
    const before = await door.head();
    expect((await door.post('/v1/claims?dryrun=true', { text: 'x' }).expect(400)).body.errors[0].pointer).toBe(
      'dryrun',
    );
    expect((await door.post('/v1/claims?dryRun=yes', { text: 'x' }).expect(400)).body.errors[0].pointer).toBe('dryRun');
    expect(await door.head()).toBe(before);
  });

  it.each(['nobody', '%00', 'a%2Fb', 'x'.repeat(299), '..%2F..%2Fetc'])(
    'finds nothing at claims/%s',
    async reference => {
      expect((await door.get(`/v1/claims/${reference}`).expect(404)).body.code).toBe('not-found');
    },
  );

  it.each(['%zz', 'x'.repeat(400), `${SHA}${SHA}${SHA}${SHA}${SHA}`])('has no path with %s in it', async reference => {
    const answer = await door
      .get(`/v1/claims/${reference}`)
      .expect(404)
      .expect('content-type', /problem\+json/);
    expect(answer.body).toMatchObject({ code: 'not-found', correlationId: expect.any(String) });
  });
});

describe('promise 11, bounded: lists are paged by cursor', () => {
  it('pages at the moment of the first page, whatever is appended meanwhile', async () => {
    for (let i = 0; i < 7; i++) await door.post('/v1/claims', { text: `page ${String(i)}` }).expect(201);
    const whole = (await door.get('/v1/claims').expect(200)).body;
    const seen: string[] = [];
    let path = '/v1/claims?limit=3';
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await door.get(path).expect(200);
      expect(body.pins).toEqual({ ...whole.pins, asOf: { ...whole.pins.asOf, final: expect.any(Boolean) } });
      seen.push(...(body.items as { id: string }[]).map(item => item.id));
      cursor = body.next as string | null;
      path = `/v1/claims?limit=3&cursor=${String(cursor)}`;
      await door.post('/v1/claims', { text: 'in between' }).expect(201);
    }
    expect(seen).toEqual((whole.items as { id: string }[]).map(item => item.id));
  });

  it.each([
    ['of another list', '/v1/sources?cursor='],
    ['of another filter', '/v1/claims?publicBy=2019&cursor='],
  ])('refuses a cursor %s', async (_what, path) => {
    const { next } = (await door.get('/v1/claims?limit=2').expect(200)).body;
    expect((await door.get(`${path}${String(next)}`).expect(400)).body.code).toBe('invalid-cursor');
  });

  it.each(['x', '', 'W10', 'bnVsbA', 'WzEsMiwzXQ'])('refuses "%s" as a cursor', async cursor => {
    expect((await door.get(`/v1/claims?cursor=${cursor}`).expect(400)).body.code).toBe('invalid-cursor');
  });

  it('answers the empty ledger', async () => {
    const empty = await served();
    try {
      const { body } = await empty.get('/v1/claims').expect(200);
      expect(body).toMatchObject({ items: [], next: null, pins: { asOf: { seq: 0, treeSize: 1 } } });
    } finally {
      await empty.close();
    }
  });
});
