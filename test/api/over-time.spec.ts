import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

let door: Served;
let now = Date.UTC(2026, 10, 23, 12);
const ids = { ann: '', ben: '', claim: '', said: '' };

/** Day by day: recorded and said by one; graded; corrected; denied by another. */
beforeAll(async () => {
  door = await served({}, { clock: () => now });
  const held = { basis: 'first-hand', hold: 'held', holdReason: 'seen' };
  ids.ann = (await door.post('/v1/sources', { kind: 'person', name: 'Ann', grade: 'C', gradeReason: 'x' })).body
    .id as string;
  ids.ben = (await door.post('/v1/sources', { kind: 'person', name: 'Ben', grade: 'B', gradeReason: 'x' })).body
    .id as string;
  ids.claim = (await door.post('/v1/claims', { text: 'It rains.' })).body.id as string;
  const said = { ...held, source: ids.ann, stance: 'asserts', assertedAt: '2019-04-18', locator: 'p. 4' };
  ids.said = (await door.post(`/v1/claims/${ids.claim}/assertions`, said)).body.id as string;
  now = Date.UTC(2026, 10, 24, 8);
  await door.post(`/v1/sources/${ids.ann}/grades`, { grade: 'B', reason: 'she was there' }).expect(200);
  await door.post(`/v1/claims/${ids.claim}/corrections`, { set: { text: 'It rained.' }, reason: 'tense' }).expect(200);
  const denied = { ...held, source: ids.ben, stance: 'denies', assertedAt: '2019-05-02' };
  await door.post(`/v1/claims/${ids.claim}/assertions`, denied).expect(200);
});
afterAll(() => door.close());

const get = (path: string) => door.get(`/v1${path}`).expect(200);

describe('GET /v1/claims/:id/timeline', () => {
  it('tells on the recorded axis each event that changed the belief', async () => {
    const { axis, items, claim, next } = (await get(`/claims/${ids.claim}/timeline`)).body;
    expect({ axis, claim, next }).toEqual({ axis: 'recorded', claim: ids.claim, next: null });
    const told = (items as Record<string, { status: { code: string }; type: string; reason?: string }>[]).map(item => [
      item['at'],
      item['seq'],
      item['cause']?.type,
      item['cause']?.reason,
      item['before']?.status.code,
      item['after']?.status.code,
    ]);
    expect(told).toEqual([
      ['2026-11-23T12:00:00.000Z', 3, 'ClaimRecorded', undefined, undefined, 'unverified'],
      ['2026-11-23T12:00:00.000Z', 4, 'AssertionRecorded', undefined, 'unverified', 'attributed'],
      ['2026-11-24T08:00:00.000Z', 5, 'SourceGraded', 'she was there', 'attributed', 'attributed'],
      ['2026-11-24T08:00:00.000Z', 7, 'AssertionRecorded', undefined, 'attributed', 'disputed'],
    ]);
  });

  it('tells on the public axis each day, and who spoke', async () => {
    const { start, items, pins } = (await get(`/claims/${ids.claim}/timeline?axis=public`)).body;
    expect(start.status.code).toBe('unverified');
    expect(items).toMatchObject([
      { at: '2019-04-18', cause: { said: [{ source: { name: 'Ann' } }], withdrawn: [] } },
      { at: '2019-05-02', cause: { said: [{ source: { name: 'Ben' } }] }, after: { status: { code: 'disputed' } } },
    ]);
    expect(items[0]).not.toHaveProperty('seq');
    expect(pins.certainty).toBe('certain');
    expect((await get(`/claims/${ids.claim}/timeline?axis=public&publicBy=2019-04`)).body.items).toHaveLength(1);
    expect((await get(`/claims/${ids.claim}/timeline?axis=public&asOf=@6`)).body.items).toHaveLength(1);
  });

  it('names a withdrawal with its reason', async () => {
    const claim = (await door.post('/v1/claims', { text: 'It hailed.' })).body.id as string;
    const said = { source: ids.ann, stance: 'asserts', basis: 'first-hand', assertedAt: '2019', hold: 'held' };
    const { body } = await door.post(`/v1/claims/${claim}/assertions`, { ...said, holdReason: 'seen' });
    const retraction = { by: 'speaker', reason: 'she erred', assertedAt: '2020-02-03' };
    await door.post(`/v1/claims/${claim}/assertions/${body.id as string}/retractions`, retraction).expect(200);
    const { items } = (await get(`/claims/${claim}/timeline?axis=public`)).body;
    expect(items).toMatchObject([
      { at: '2019-12-31', after: { status: { code: 'attributed' } } },
      {
        at: '2020-02-03',
        after: { status: { code: 'retracted' } },
        cause: { said: [], withdrawn: [{ of: body.id, by: 'speaker', reason: 'she erred' }] },
      },
    ]);
  });

  it.each([
    ['axis=sideways', 'invalid-parameter'],
    ['limit=0', 'invalid-parameter'],
    ['cursor=x', 'invalid-cursor'],
  ])('refuses %s', async (query, code) => {
    expect((await door.get(`/v1/claims/${ids.claim}/timeline?${query}`).expect(400)).body.code).toBe(code);
  });
});

describe('GET /v1/claims/:id/diff', () => {
  it('answers what is other on record and believed, and by which events', async () => {
    const { from, to, patch, belief, causes } = (await get(`/claims/${ids.claim}/diff?from=2026-11-23&to=@6`)).body;
    expect([from.seq, from.final, to.seq]).toEqual([4, true, 6]);
    expect(patch).toEqual(
      expect.arrayContaining([
        { op: 'replace', path: '/text', value: 'It rained.' },
        { op: 'replace', path: '/assertions/0/source/grade', value: 'B' },
        { op: 'add', path: '/assertions/0/claimTextThen', value: 'It rains.' },
      ]),
    );
    expect([belief.before.opinion.P, belief.after.opinion.P]).toEqual(['0.750000', '0.875000']);
    expect(causes).toMatchObject([
      { seq: 5, type: 'SourceGraded', reason: 'she was there', id: ids.ann },
      { seq: 6, type: 'ClaimCorrected', reason: 'tense', id: ids.claim },
    ]);
  });

  it('from before the claim was recorded makes it out of nothing', async () => {
    const { patch, belief } = (await get(`/claims/${ids.claim}/diff?from=2016-12&to=@3`)).body;
    expect(patch).toMatchObject([{ op: 'replace', path: '', value: { text: 'It rains.' } }]);
    expect(belief).not.toHaveProperty('before');
  });

  it.each([
    ['', 'from'],
    ['from=@999', 'from'],
    ['from=2999', 'from'],
    ['from=2026-11-23T10:00:00', 'from'],
    ['from=@1&to=@999', 'to'],
    ['from=@5&asOf=@4', 'from'],
    ['from=@1&to=@5&asOf=@4', 'to'],
    ['from=@1&asOf=@999', 'asOf'],
  ])('refuses %s and names %s', async (query, pointer) => {
    const { body } = await door.get(`/v1/claims/${ids.claim}/diff?${query}`).expect(400);
    expect(body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer }] });
  });

  it('refuses a token of another ledger, and finds no claim that neither moment has', async () => {
    await door.get(`/v1/claims/${ids.claim}/diff?from=@1.${'0'.repeat(32)}`).expect(409);
    await door.get(`/v1/claims/${ids.claim}/diff?from=@1&to=@2`).expect(404);
  });
});

describe('GET /v1/claims/:id/blame', () => {
  it('names who set each value, when, why and on which source', async () => {
    const { items } = (await get(`/claims/${ids.claim}/blame?asOf=@6`)).body;
    const of = (id: string, path: string) =>
      (items as { id: string; path: string }[]).find(item => item.id === id && item.path === path);
    expect(of(ids.claim, '/text')).toMatchObject({ value: 'It rained.', seq: 6, actor: 'ada', reason: 'tense' });
    expect(of(ids.claim, '/form')).toMatchObject({ value: 'event', seq: 3, type: 'ClaimRecorded' });
    expect(of(ids.said, '/stance')).toMatchObject({ value: 'asserts', seq: 4, source: { name: 'Ann' } });
    expect(of(ids.claim, '/belief/status')).toMatchObject({ value: 'attributed', seq: 4 });
  });

  it('can be asked about one field, or a place in it', async () => {
    const paths = async (field: string) =>
      ((await get(`/claims/${ids.claim}/blame?field=${field}`)).body.items as { path: string }[]).map(
        ({ path }) => path,
      );
    expect(await paths('text')).toEqual(['/text']);
    expect(await paths('stance')).toEqual(['/stance', '/stance']);
    expect(await paths('belief')).toEqual(['/belief/status']);
    expect(await paths('note')).toEqual([]);
    expect(await paths('%2FassertedAt%2Fedtf')).toEqual(['/assertedAt/edtf', '/assertedAt/edtf']);
    const { body } = await door.get(`/v1/claims/${ids.claim}/blame?field=txt`).expect(400);
    expect(body.errors).toMatchObject([{ pointer: 'field', detail: expect.stringContaining('did you mean text?') }]);
  });
});

describe('GET /v1/changes', () => {
  it('answers what is believed otherwise since a moment, with causes and both pins', async () => {
    const { from, to, items, total, next, pins } = (await get('/changes?from=2026-11-23&to=@7')).body;
    expect({ from: from.seq, to: to.seq, total, next, pins: pins.asOf.seq }).toEqual({
      from: 4,
      to: 7,
      total: 1,
      next: null,
      pins: 7,
    });
    expect(items).toMatchObject([
      {
        claim: ids.claim,
        text: 'It rained.',
        before: { status: { code: 'attributed' } },
        after: { status: { code: 'disputed' } },
        weight: expect.stringMatching(/^0\.\d{6}$/),
        causes: [
          { seq: 5, type: 'SourceGraded' },
          { seq: 7, type: 'AssertionRecorded' },
        ],
      },
    ]);
    expect((await get('/changes?from=@5&to=@6')).body.items).toEqual([]);
  });

  it('from before the ledger began has every claim as new', async () => {
    const { from, items } = (await get('/changes?from=2016-12&to=@3')).body;
    expect(from).toMatchObject({ seq: null, token: null, treeSize: 0 });
    expect(items).toMatchObject([{ claim: ids.claim, after: { status: { code: 'unverified' } }, weight: '0.000000' }]);
    expect(items[0]).not.toHaveProperty('before');
  });

  it('takes in the other axes', async () => {
    expect((await get('/changes?from=@4&to=@7&publicBy=2019-04-18')).body.items[0]).toMatchObject({
      after: { status: { code: 'attributed' } },
    });
    expect((await get('/changes?from=@4&to=@7&holdsAt=2019-04-18')).body.items).toEqual([]);
  });

  it('pages at the two moments of the first page, whatever is recorded meanwhile', async () => {
    const whole = (await get('/changes?from=2026-11-23')).body;
    const first = (await get('/changes?from=2026-11-23&limit=1')).body;
    await door.post('/v1/claims', { text: 'in between' }).expect(201);
    const second = (await get(`/changes?from=2026-11-23&limit=1&cursor=${String(first.next)}`)).body;
    expect([first.items, second.items].flat()).toEqual((whole.items as unknown[]).slice(0, 2));
    expect(second.to).toEqual({ ...whole.to, final: expect.any(Boolean) });
  });

  it.each([
    ['', 'from'],
    ['from=yesterday', 'from'],
    ['from=@5&to=@2', 'from'],
    ['from=@1&to=@999', 'to'],
  ])('refuses %s and names %s', async (query, pointer) => {
    const { body } = await door.get(`/v1/changes?${query}`).expect(400);
    expect(body).toMatchObject({ code: 'invalid-parameter', errors: [{ pointer }] });
  });
});
