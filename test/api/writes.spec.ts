import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

let door: Served;
beforeAll(async () => {
  door = await served();
});
afterAll(() => door.close());

const SHA = 'a'.repeat(64);

/** A claim with a source, an assertion of it, and a unit: what the routes below act upon. */
async function ground() {
  const make = async (path: string, body: object) => (await door.post(path, body).expect(201)).body.id as string;
  const [claim, other, third] = [
    await make('/v1/claims', { text: 'It rains.' }),
    await make('/v1/claims', { text: 'It pours.' }),
    await make('/v1/claims', { text: 'It snows.' }),
  ];
  const [source, witness] = [
    await make('/v1/sources', { kind: 'person', name: 'Ann' }),
    await make('/v1/sources', { kind: 'record', name: 'The log' }),
  ];
  const said = { source, stance: 'asserts', basis: 'first-hand', assertedAt: '2019', hold: 'held', holdReason: 'seen' };
  const assertion = (await door.post(`/v1/claims/${claim}/assertions`, said).expect(200)).body.id as string;
  const unit = await make('/v1/units', { members: [source], reason: 'one owner' });
  return { claim, other, third, source, witness, assertion, unit };
}
type Ground = Awaited<ReturnType<typeof ground>>;

const by = { by: 'speaker', reason: 'taken back' };

describe('every write', () => {
  const made: readonly [path: string, section: string, body: (at: Ground) => object, type: string][] = [
    ['/v1/claims', 'claims', () => ({ text: 'It hails.', holdsDuring: '2017', topics: ['weather'] }), 'ClaimRecorded'],
    ['/v1/sources', 'sources', () => ({ kind: 'group', name: 'We', cite: { title: 'x' } }), 'SourceRegistered'],
    ['/v1/units', 'units', at => ({ members: [at.source, at.witness], reason: 'one owner' }), 'UnitDeclared'],
  ];
  it.each(made)('POST %s answers 201, where it is, and its revision', async (path, section, body, type) => {
    const at = await ground();
    const before = await door.head();
    const answer = await door.post(path, body(at)).expect(201);
    const { id, seq, events } = answer.body;
    expect(answer.headers).toMatchObject({ location: `/v1/${section}/${id}`, etag: '"0"' });
    expect(events).toEqual([{ id: expect.any(String), type, seq }]);
    expect(await door.eventsAfter(before)).toMatchObject([{ seq, type, actor: 'ada', revision: 0 }]);
    await door.get(`/v1/${section}/${id}`).expect(200).expect('etag', '"0"');
  });

  const done: readonly [path: (at: Ground) => string, body: (at: Ground) => object, type: string][] = [
    [
      at => `/v1/claims/${at.claim}/corrections`,
      () => ({ set: { text: 'It rained.' }, reason: 'misread' }),
      'ClaimCorrected',
    ],
    [
      at => `/v1/claims/${at.claim}/revisions`,
      () => ({ set: { holdsDuring: '2017' }, reason: 'over' }),
      'ClaimRevised',
    ],
    [at => `/v1/claims/${at.claim}/supersession`, at => ({ successor: at.other, reason: 'better' }), 'ClaimSuperseded'],
    [at => `/v1/claims/${at.claim}/retractions`, () => by, 'ClaimRetracted'],
    [at => `/v1/claims/${at.claim}/confirmations`, () => ({ reason: 'read again' }), 'ClaimConfirmed'],
    [at => `/v1/claims/${at.claim}/links`, at => ({ to: at.other, kind: 'tension', reason: 'both?' }), 'ClaimsLinked'],
    [at => `/v1/claims/${at.claim}/derivations`, at => ({ premises: [at.other], reason: 'so' }), 'DerivationRecorded'],
    [
      at => `/v1/claims/${at.claim}/decisions`,
      () => ({ verdict: 'print', by: 'Bo', reason: 'yes' }),
      'DecisionRecorded',
    ],
    [
      at => `/v1/claims/${at.claim}/assertions`,
      at => ({ source: at.witness, relays: [at.assertion] }),
      'AssertionRecorded',
    ],
    [
      at => `/v1/claims/${at.claim}/assertions`,
      at => ({
        source: at.witness,
        stance: { b: '0.4', d: '0' },
        basis: 'cites',
        relays: [{ assertion: at.assertion, how: 'verbatim' }, { unknown: true }],
        assertedAt: { edtf: '2019-04', said: 'in April' },
      }),
      'AssertionRecorded',
    ],
    [
      at => `/v1/claims/${at.claim}/assertions/${at.assertion}/corrections`,
      () => ({ set: { locator: 'p. 3', stance: 'denies' }, reason: 'misread' }),
      'AssertionCorrected',
    ],
    [
      at => `/v1/claims/${at.claim}/assertions/${at.assertion}/revisions`,
      () => ({ set: { stance: 'no-recall' }, assertedAt: '2020-01', reason: 'says so now' }),
      'AssertionRevised',
    ],
    [at => `/v1/claims/${at.claim}/assertions/${at.assertion}/retractions`, () => by, 'AssertionRetracted'],
    [
      at => `/v1/sources/${at.source}/description`,
      () => ({ set: { name: 'Anna' }, reason: 'typo' }),
      'SourceDescribed',
    ],
    [at => `/v1/sources/${at.source}/grades`, () => ({ grade: 'B', reason: 'was there' }), 'SourceGraded'],
    [
      at => `/v1/sources/${at.source}/retractions`,
      () => ({ ...by, code: 'legal', assertedAt: '2020' }),
      'SourceRetracted',
    ],
    [at => `/v1/units/${at.unit}/members`, at => ({ add: [at.witness], reason: 'bought' }), 'UnitMembersChanged'],
    [at => `/v1/units/${at.unit}/dissolution`, () => ({ reason: 'sold' }), 'UnitDissolved'],
  ];
  it.each(done.map(([path, body, type], i) => [`${type} ${String(i)}`, path, body, type] as const))(
    'records %s, answers 200 and the revision',
    async (_name, path, body, type) => {
      const at = await ground();
      const before = await door.head();
      const answer = await door.post(path(at), body(at)).expect(200);
      const { revision, seq, events } = answer.body;
      expect(events).toEqual([{ id: expect.any(String), type, seq }]);
      expect(answer.headers['etag']).toBe(`"${revision}"`);
      expect(answer.headers['location']).toBeUndefined();
      expect(await door.eventsAfter(before)).toMatchObject([{ seq, type, revision, actor: 'ada' }]);
    },
  );

  const undone: readonly [
    what: string,
    first: (at: Ground) => [string, object],
    then: (at: Ground, id: string) => [string, object],
    type: string,
  ][] = [
    [
      'a retraction of a claim',
      at => [`/v1/claims/${at.claim}/retractions`, by],
      (at, retraction) => [`/v1/claims/${at.claim}/reinstatements`, { retraction, reason: 'no' }],
      'ClaimReinstated',
    ],
    [
      'a supersession',
      at => [`/v1/claims/${at.claim}/supersession`, { successor: at.other, reason: 'x' }],
      (at, retraction) => [`/v1/claims/${at.claim}/reinstatements`, { retraction, reason: 'no' }],
      'ClaimReinstated',
    ],
    [
      'a retraction of an assertion',
      at => [`/v1/claims/${at.claim}/assertions/${at.assertion}/retractions`, by],
      (at, retraction) => [
        `/v1/claims/${at.claim}/assertions/${at.assertion}/reinstatements`,
        { retraction, reason: 'no' },
      ],
      'AssertionReinstated',
    ],
    [
      'a retraction of a source',
      at => [`/v1/sources/${at.source}/retractions`, by],
      (at, retraction) => [`/v1/sources/${at.source}/reinstatements`, { retraction, reason: 'no' }],
      'SourceReinstated',
    ],
    [
      'a link',
      at => [`/v1/claims/${at.claim}/links`, { to: at.other, kind: 'contrary', reason: 'x' }],
      (at, link) => [`/v1/claims/${at.claim}/links/${link}/removal`, { reason: 'no' }],
      'ClaimLinkRemoved',
    ],
    [
      'a derivation',
      at => [`/v1/claims/${at.claim}/derivations`, { premises: [at.other], reason: 'x' }],
      (at, d) => [`/v1/claims/${at.claim}/derivations/${d}/removal`, { reason: 'no' }],
      'DerivationRemoved',
    ],
    [
      'a decision',
      at => [`/v1/claims/${at.claim}/decisions`, { verdict: 'v', by: 'Bo', reason: 'x' }],
      (at, d) => [`/v1/claims/${at.claim}/decisions/${d}/reversal`, { reason: 'no' }],
      'DecisionReversed',
    ],
  ];
  it.each(undone)('takes back %s', async (_what, first, then, type) => {
    const at = await ground();
    const { body } = await door.post(...first(at)).expect(200);
    const answer = await door.post(...then(at, body.id as string)).expect(200);
    expect(answer.body.events).toMatchObject([{ type }]);
  });

  it('answers 200 and no event where nothing changes', async () => {
    const { claim } = await ground();
    const before = await door.head();
    const answer = await door.post(`/v1/claims/${claim}/corrections`, { set: { text: 'It rains.' }, reason: 'same' });
    expect(answer.status).toBe(200);
    expect(answer.body.events).toEqual([]);
    expect(await door.head()).toBe(before);
  });
});

describe('content-bound idempotency', () => {
  const send = (body: object, key: string) => door.post('/v1/claims', body).set('Idempotency-Key', key);

  it('answers a repeat with the same status and body, and says so', async () => {
    const first = await send({ text: 'once', topics: ['a'] }, 'key-1').expect(201);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    const before = await door.head();
    const again = await send({ topics: ['a'], text: 'once' }, 'key-1')
      .expect(201)
      .expect('idempotency-replayed', 'true');
    expect(again.body).toEqual(first.body);
    expect(again.headers['location']).toBe(first.headers['location']);
    expect(await door.head()).toBe(before);
  });

  it('refuses other content under the same key', async () => {
    await send({ text: 'one' }, 'key-2').expect(201);
    const before = await door.head();
    const { body } = await send({ text: 'two' }, 'key-2').expect(409);
    expect(body.code).toBe('idempotency-conflict');
    expect(await door.head()).toBe(before);
  });

  it('takes concurrent repeats as one', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => send({ text: 'many' }, 'key-3')));
    expect(new Set(answers.map(a => a.body.id as string)).size).toBe(1);
    expect(answers.every(a => a.status === 201)).toBe(true);
    expect(answers.filter(a => a.headers['idempotency-replayed'] === undefined)).toHaveLength(1);
  });

  it.each([
    ['an empty key', ''],
    ['a blank', 'a b'],
    ['a long one', 'x'.repeat(256)],
  ])('refuses %s', async (_, key) => {
    const { body } = await send({ text: 'x' }, key).expect(400);
    expect(body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer: 'Idempotency-Key' }] });
  });
});

describe('If-Match', () => {
  const correct = (claim: string, text: string, tag: string) =>
    door.post(`/v1/claims/${claim}/corrections`, { set: { text }, reason: 'x' }).set('If-Match', tag);

  it('lets a write through at the revision seen, and refuses a stale one', async () => {
    const { other } = await ground();
    const seen = (await door.get(`/v1/claims/${other}`).expect(200)).headers['etag'] as string;
    await correct(other, 'It poured.', seen).expect(200).expect('etag', '"1"');
    const { body } = await correct(other, 'It pours again.', seen).expect(412);
    expect(body.code).toBe('wrong-expected-revision');
    await correct(other, 'It pours again.', '*').expect(200);
  });

  it.each(['3', 'W/"3"', '"x"', '"1", "2"'])('refuses %s, which is no revision', async tag => {
    const { other } = await ground();
    const { body } = await correct(other, 'x', tag).expect(400);
    expect(body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer: 'If-Match' }] });
  });
});

describe('a dry run', () => {
  it('says what would be recorded, writes nothing, and leaves the key free', async () => {
    const before = await door.head();
    const send = (query: string) => door.post(`/v1/claims${query}`, { text: 'maybe' }).set('Idempotency-Key', 'dry');
    const dry = await send('?dryRun=true').expect(200);
    expect(dry.body.events).toEqual([{ id: expect.any(String), type: 'ClaimRecorded' }]);
    expect(dry.body.seq).toBeUndefined();
    expect(dry.headers['location']).toBeUndefined();
    expect(await door.head()).toBe(before);
    const wet = await send('').expect(201);
    expect(wet.body.id).toBe(dry.body.id);
    expect(wet.headers['idempotency-replayed']).toBeUndefined();
  });

  it('says that nothing would change, and names no seq', async () => {
    const { claim } = await ground();
    const { body } = await door.get(`/v1/claims/${claim}`).expect(200);
    const same = { set: { text: (body as { text: string }).text }, reason: 'read again' };
    const dry = await door.post(`/v1/claims/${claim}/corrections?dryRun=true`, same).expect(200);
    expect(dry.body.events).toEqual([]);
    expect(dry.body.seq).toBeUndefined();
  });

  it('answers the refusal that the write would have met', async () => {
    const { claim } = await ground();
    const { body } = await door.post(`/v1/claims/${claim}/links?dryRun=true`, {
      to: claim,
      kind: 'tension',
      reason: 'x',
    });
    expect(body).toMatchObject({ status: 400, code: 'invalid-body', errors: [{ pointer: '/to' }] });
  });
});

describe('refusals', () => {
  const cases: readonly [string, number, string, (at: Ground) => Promise<Response>][] = [
    [
      'the same retraction twice',
      409,
      'already-retracted',
      async at => {
        await door.post(`/v1/claims/${at.claim}/retractions`, by).expect(200);
        return door.post(`/v1/claims/${at.claim}/retractions`, by);
      },
    ],
    [
      'a correction of a retracted claim',
      409,
      'claim-retracted',
      async at => {
        await door.post(`/v1/claims/${at.claim}/retractions`, by).expect(200);
        return door.post(`/v1/claims/${at.claim}/corrections`, { set: { text: 'y' }, reason: 'x' });
      },
    ],
    [
      'a reinstatement of what was lifted',
      409,
      'retraction-not-standing',
      async at => {
        const { body } = await door.post(`/v1/claims/${at.claim}/retractions`, by).expect(200);
        const lift = { retraction: (body as { id: string }).id, reason: 'x' };
        await door.post(`/v1/claims/${at.claim}/reinstatements`, lift).expect(200);
        return door.post(`/v1/claims/${at.claim}/reinstatements`, lift);
      },
    ],
    [
      'a reinstatement of what was never retracted',
      422,
      'unknown-reference',
      async at => door.post(`/v1/claims/${at.claim}/reinstatements`, { retraction: at.other, reason: 'x' }),
    ],
    [
      'a reason of blanks',
      400,
      'invalid-body',
      async at => door.post(`/v1/claims/${at.claim}/retractions`, { ...by, reason: ' \n\t' }),
    ],
    [
      'a second supersession',
      409,
      'already-superseded',
      async at => {
        await door.post(`/v1/claims/${at.claim}/supersession`, { successor: at.other, reason: 'x' }).expect(200);
        return door.post(`/v1/claims/${at.claim}/supersession`, { successor: at.third, reason: 'x' });
      },
    ],
    [
      'a second link',
      409,
      'already-linked',
      async at => {
        await door.post(`/v1/claims/${at.claim}/links`, { to: at.other, kind: 'same-as', reason: 'x' }).expect(200);
        return door.post(`/v1/claims/${at.claim}/links`, { to: at.other, kind: 'contrary', reason: 'x' });
      },
    ],
    [
      'a second dissolution',
      409,
      'already-dissolved',
      async at => {
        await door.post(`/v1/units/${at.unit}/dissolution`, { reason: 'x' }).expect(200);
        return door.post(`/v1/units/${at.unit}/dissolution`, { reason: 'x' });
      },
    ],
    [
      'a link that HTTP has as supersession',
      400,
      'invalid-body',
      async at => door.post(`/v1/claims/${at.claim}/links`, { to: at.other, kind: 'supersedes', reason: 'x' }),
    ],
    [
      'a source in a body that does not exist',
      422,
      'unknown-reference',
      async at => door.post(`/v1/claims/${at.claim}/assertions`, { source: SHA.slice(0, 26), stance: 'asserts' }),
    ],
    [
      "a relay to another claim's assertion",
      422,
      'unknown-reference',
      async at => door.post(`/v1/claims/${at.other}/assertions`, { source: at.source, relays: [at.assertion] }),
    ],
    [
      'a claim in the path that does not exist',
      404,
      'not-found',
      async () => door.post(`/v1/claims/nobody/corrections`, { set: {}, reason: 'x' }),
    ],
    [
      "another claim's assertion in the path",
      404,
      'not-found',
      async at => door.post(`/v1/claims/${at.other}/assertions/${at.assertion}/retractions`, by),
    ],
    [
      'held without a reason',
      400,
      'invalid-body',
      async at =>
        door.post(`/v1/claims/${at.claim}/assertions`, { source: at.source, stance: 'asserts', hold: 'held' }),
    ],
    [
      'more than all of an opinion',
      400,
      'invalid-body',
      async at => door.post(`/v1/claims/${at.claim}/assertions`, { source: at.source, stance: { b: '0.7', d: '0.4' } }),
    ],
    [
      'a stance that needs its reason',
      400,
      'invalid-body',
      async at => door.post(`/v1/claims/${at.claim}/assertions`, { source: at.source, stance: 'no-recall-expected' }),
    ],
    [
      'a grade without a reason',
      400,
      'invalid-body',
      async () => door.post('/v1/sources', { kind: 'person', name: 'x', grade: 'A' }),
    ],
    ['no reason', 400, 'invalid-body', async at => door.post(`/v1/claims/${at.claim}/retractions`, { by: 'ledger' })],
    [
      'an event that is too large',
      413,
      'event-too-large',
      async () => door.post('/v1/sources', { kind: 'person', name: 'x', cite: { abstract: 'x'.repeat(300_000) } }),
    ],
  ];
  it.each(cases)('%s: %i %s, and nothing is written', async (_what, status, code, send) => {
    const at = await ground();
    const answer = await send(at);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({
      status,
      code,
      type: `urn:credence:problem:${code}`,
      detail: expect.any(String),
    });
    expect(answer.body.correlationId).toBe(answer.headers['credence-correlation-id']);
    expect(answer.status).toBe(status);
    const last = await door.ledger.event(await door.head());
    expect(last.correlationId).not.toBe(answer.body.correlationId);
  });

  it('names every wrong place of a body by its pointer, of a missing member too', async () => {
    const { claim } = await ground();
    const body = { set: { txt: 'x', form: 'evnt', holdsDuring: { how: 'guessed' } }, code: 'typo' };
    const answer = await door.post(`/v1/claims/${claim}/corrections`, body).expect(400);
    expect(answer.body.errors).toEqual(
      expect.arrayContaining([
        { pointer: '/set/txt', code: 'unknown-field', detail: 'unknown field "txt" (did you mean text?)' },
        expect.objectContaining({ pointer: '/set/form', code: 'unknown-value' }),
        { pointer: '/set/holdsDuring/edtf', code: 'required', detail: 'is missing' },
        expect.objectContaining({ pointer: '/set/holdsDuring/how', code: 'unknown-value' }),
        expect.objectContaining({ pointer: '/code', code: 'unknown-value' }),
        { pointer: '/reason', code: 'required', detail: 'is missing' },
      ]),
    );
    expect(answer.body.errors).toHaveLength(6);
  });
});

describe('concurrent edits', () => {
  it('carries them all out, one after the other', async () => {
    const { claim } = await ground();
    const texts = Array.from({ length: 4 }, (_, i) => `version ${String(i)}`);
    const answers = await Promise.all(
      texts.map(text => door.post(`/v1/claims/${claim}/corrections`, { set: { text }, reason: 'x' })),
    );
    expect(answers.map(a => a.status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(a => a.body.revision as number)).size).toBe(4);
  });

  it('lets one of those win that name the same revision', async () => {
    const { claim } = await ground();
    const answers = await Promise.all(
      ['a', 'b', 'c'].map(text =>
        door.post(`/v1/claims/${claim}/corrections`, { set: { text }, reason: 'x' }).set('If-Match', '"1"'),
      ),
    );
    expect(answers.map(a => a.status).sort()).toEqual([200, 412, 412]);
  });
});
