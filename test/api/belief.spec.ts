import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { p1 } from '@credence/contracts';
import type { Ledger } from '@credence/runtime';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

let door: Served;
let claim: string;
let source: string;
beforeAll(async () => {
  door = await served();
  claim = (await door.post('/v1/claims', { text: 'It rains.' })).body.id;
  source = (await door.post('/v1/sources', { kind: 'person', name: 'Ann', grade: 'C', gradeReason: 'an example' })).body
    .id;
});
afterAll(() => door.close());

const said = (more: object = {}) => ({
  source,
  stance: 'asserts',
  basis: 'first-hand',
  hold: 'held',
  holdReason: 'in the file',
  ...more,
});
const beliefNow = async (pins = '') =>
  (await door.get(`/v1/claims/${claim}/belief${pins}`).expect(200)).body as Awaited<ReturnType<Ledger['belief']>>;

describe('a dry run', () => {
  it('shows the belief in the claim before and after, and writes nothing', async () => {
    const head = await door.head();
    // The key is free after a dry run, and the assertion's id comes from it.
    const assertion = (query: string) =>
      door.post(`/v1/claims/${claim}/assertions${query}`, said()).set('Idempotency-Key', 'first');
    const { body } = await assertion('?dryRun=true').expect(200);
    expect(body).not.toHaveProperty('seq');
    expect(body.belief).toMatchObject({
      before: { status: { code: 'unverified' }, kappa: [0, 0] },
      after: { status: { code: 'attributed' }, opinion: { b: '0.500000' }, kappa: [1, 0] },
    });
    expect(body.beliefs).toEqual({ items: [], total: 0 });
    expect(await door.head()).toBe(head);
    const { body: receipt } = await assertion('').expect(200);
    expect(receipt).not.toHaveProperty('belief');
    const now = (await door.get(`/v1/claims/${claim}/belief?after=${receipt.seq}`)).body;
    expect(now.coreHash).toBe(body.belief.after.coreHash);
  });

  it('of a source names the claims whose core would change', async () => {
    const { body } = await door
      .post(`/v1/sources/${source}/grades?dryRun=true`, { grade: 'B', reason: 'it held up' })
      .expect(200);
    expect(body).not.toHaveProperty('belief');
    expect(body.beliefs).toMatchObject({
      total: 1,
      items: [{ claim, before: { opinion: { b: '0.500000' } }, after: { opinion: { b: '0.750000' } } }],
    });
  });

  it('of a new claim has an after and no before', async () => {
    const { body } = await door.post('/v1/claims?dryRun=true', { text: 'It snows.' }).expect(200);
    expect(body.belief).toMatchObject({ after: { status: { code: 'unverified' } } });
    expect(body.belief).not.toHaveProperty('before');
  });

  it('is refused as the write would be', () =>
    door
      .post(`/v1/claims/${claim}/assertions?dryRun=true`, said({ source: 'nobody' }))
      .expect(422)
      .expect(({ body }) => expect(body.code).toBe('unknown-reference')));
});

describe('the history of a claim', () => {
  it('says what each event did to the belief', async () => {
    const { items } = (await door.get(`/v1/claims/${claim}/history`).expect(200)).body;
    expect(items).toMatchObject([
      { type: 'ClaimRecorded', belief: { after: { status: { code: 'unverified' } } } },
      {
        type: 'AssertionRecorded',
        belief: { before: { status: { code: 'unverified' } }, after: { status: { code: 'attributed' } } },
      },
    ]);
  });
});

describe('policies', () => {
  it('are p1 alone in the beginning', async () => {
    const { body } = await door.get('/v1/policies').expect(200);
    expect(body).toMatchObject({ items: [{ ...p1, inForce: true }], next: null });
    expect((await beliefNow()).core.policy).toBe('p1');
  });

  it('are adopted with a reason: cores name the one in force, and what was believed before keeps its own', async () => {
    const before = await beliefNow();
    const { seq: then } = before.pins.asOf;
    const body = { trust: { C: '.6' }, reason: 'our own track record' };
    const dry = (await door.post('/v1/policies?dryRun=true', body).expect(200)).body;
    expect(dry.beliefs).toMatchObject({ total: 1, items: [{ claim, after: { opinion: { b: '0.600000' } } }] });
    const { id, seq } = (await door.post('/v1/policies', body).expect(200)).body;
    const now = await beliefNow(`?after=${String(seq)}`);
    expect(now.core).toMatchObject({ policy: id, opinion: { b: '0.600000' } });
    expect(await beliefNow(`?asOf=@${String(then)}`)).toMatchObject({
      coreHash: before.coreHash,
      core: { policy: 'p1' },
    });
    const { items } = (await door.get('/v1/policies')).body;
    expect(items).toMatchObject([
      {
        id,
        inForce: true,
        trust: { ...p1.trust, C: '.6' },
        weight: 2,
        reason: 'our own track record',
        actor: 'ada',
        seq,
      },
      { id: 'p1', inForce: false },
    ]);
    const past = (await door.get(`/v1/policies?asOf=@${String(then)}`)).body;
    expect(past.items).toMatchObject([{ id: 'p1', inForce: true }]);
    const { statuses } = (await door.get('/v1/summary')).body;
    expect(statuses).toEqual({ attributed: 1 });
  });

  it('come by pages', async () => {
    const first = (await door.get('/v1/policies?limit=1').expect(200)).body;
    expect(first.items).toHaveLength(1);
    const second = (await door.get(`/v1/policies?limit=1&cursor=${first.next}`).expect(200)).body;
    expect(second).toMatchObject({ items: [{ id: 'p1' }], next: null });
  });

  it.each([
    [{ trust: { A: '1' }, reason: 'x' }, '/trust/A'],
    [{ trust: { A: '.99' } }, '/reason'],
    [{ weight: 1.5, reason: 'x' }, '/weight'],
    [{ stances: { asserts: ['.7', '.6'] }, reason: 'x' }, '/stances/asserts'],
    [{ baseRate: 0.5, reason: 'x' }, '/baseRate'],
    [{ thinBelow: '0.1234567', reason: 'x' }, '/thinBelow'],
    [{ trustt: {}, reason: 'x' }, '/trustt'],
    [{ relays: { hearsay: '.1' }, reason: 'x' }, '/relays/hearsay'],
  ])('refuse %j', (body, pointer) =>
    door
      .post('/v1/policies', body)
      .expect(400)
      .expect(({ body: problem }) =>
        expect(problem).toMatchObject({ code: 'invalid-body', errors: [expect.objectContaining({ pointer })] }),
      ),
  );
});
