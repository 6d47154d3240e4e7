import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { importFile } from '../support/dossiers.js';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

const NOON = Date.UTC(2026, 10, 24, 12);
let door: Served;
let now = NOON;

beforeAll(async () => {
  door = await served({}, { clock: () => now });
});
afterAll(() => door.close());

const recorded = async () => (await door.post('/v1/claims', { text: `At ${String(now)}.` })).status;
const lastAt = async () => (await door.ledger.event(await door.head())).recordedAt;
const clockFinding = async () => (await door.ledger.doctor()).findings.find(({ check }) => check === 'clock');

describe('the clock of a ledger', () => {
  it('is never run ahead of by a bulk import: its events share the moments that the clock showed, and writes go on', async () => {
    await importFile(door.ledger, join('examples', 'back-channel', 'back-channel.dossier.yaml'));
    const head = await door.head();
    expect(head).toBeGreaterThan(150);
    for (const seq of [1, head]) expect((await door.ledger.event(seq)).recordedAt).toBe('2026-11-24T12:00:00.000Z');
    expect(await recorded()).toBe(201);
    expect(await clockFinding()).toMatchObject({ state: 'well' });
  });

  it('may step back by 5 s: what is recorded then has the time of the last event, and doctor says so', async () => {
    now = NOON - 5000;
    expect(await recorded()).toBe(201);
    expect(await lastAt()).toBe('2026-11-24T12:00:00.000Z');
    expect(await clockFinding()).toMatchObject({ state: 'note', detail: expect.stringContaining('5000 ms before') });
  });

  it('is refused further back, names clock-skew, and writes nothing until it is right again', async () => {
    const head = await door.head();
    now = NOON - 5001;
    const { body, headers } = await door.post('/v1/claims', { text: 'Too early.' }).expect(503);
    expect(body).toMatchObject({ code: 'clock-skew' });
    expect(headers['retry-after']).toBe('1');
    expect(await door.head()).toBe(head);
    expect(await clockFinding()).toMatchObject({ state: 'wrong', remedy: expect.any(String) });
    await door.get('/v1/claims').expect(200);
    now = NOON + 1000;
    expect(await recorded()).toBe(201);
    expect(await lastAt()).toBe('2026-11-24T12:00:01.000Z');
  });

  it('resolves dates by the running maximum, an instant inclusive', async () => {
    const head = await door.head();
    const seqAt = async (asOf: string) =>
      ((await door.get(`/v1/summary?asOf=${asOf}`).expect(200)).body as { pins: { asOf: { seq: number } } }).pins.asOf
        .seq;
    expect(await seqAt('2026-11-24T12:00:00.999Z')).toBe(head - 1);
    expect(await seqAt('2026-11-24T13:00:01%2B01:00')).toBe(head);
    now = NOON - 60_000; // what lies before the last event is no future, whatever the clock says
    expect(await seqAt('2026-11-24T12:00:01Z')).toBe(head);
    await door.get('/v1/summary?asOf=2026-11-24T12:00:02Z').expect(400);
    now = NOON + 1000;
  });
});

describe('today and the head are not final, what has been passed is', () => {
  it.each([
    ['', false],
    ['asOf=2026-11-24', false],
    ['asOf=2026-11', false],
    ['asOf=2026-11-24T12:00:01Z', false],
    ['asOf=2026-11-24T12:00:00Z', true],
    ['asOf=2026-11-23', true],
    ['asOf=2016-12', true],
    ['asOf=@0', true],
  ])('%s', async (query, final) => {
    expect((await door.get(`/v1/summary?${query}`).expect(200)).body.pins.asOf.final).toBe(final);
  });

  it('a date is final once something was recorded behind it', async () => {
    now = Date.UTC(2026, 10, 25, 9);
    const asked = async () =>
      (await door.get('/v1/claims?asOf=2026-11-24&limit=1').expect(200)).body.pins.asOf as object;
    const before = await asked();
    expect(before).toMatchObject({ final: false });
    expect(await recorded()).toBe(201);
    expect(await asked()).toEqual({ ...before, final: true });
  });
});

describe('what was said in 2016, entered in 2026', () => {
  it('publicBy=2016-12 answers as a reader of 2016 could have known; asOf=2016-12 has nothing', async () => {
    const source = (await door.post('/v1/sources', { kind: 'person', name: 'Ida' }).expect(201)).body.id as string;
    const claim = (await door.post('/v1/claims', { text: 'The door was open.' }).expect(201)).body.id as string;
    const said = { source, basis: 'first-hand', hold: 'held', holdReason: 'in the file' };
    const path = `/v1/claims/${claim}`;
    await door.post(`${path}/assertions`, { ...said, stance: 'asserts', assertedAt: '2016-12-02' }).expect(200);
    const denier = (await door.post('/v1/sources', { kind: 'organisation', name: 'Ferries' })).body.id as string;
    const denied = { ...said, source: denier, stance: 'denies', assertedAt: '2017-06-30' };
    await door.post(`${path}/assertions`, denied).expect(200);
    const status = async (query: string) =>
      ((await door.get(`${path}?${query}`).expect(200)).body as { belief: { status: { code: string } } }).belief.status
        .code;
    expect(await status('')).toBe('disputed');
    expect(await status('publicBy=2016-12')).toBe('attributed');
    expect(await status('publicBy=2016-11')).toBe('unverified');

    const { body } = await door.get(`${path}?asOf=2016-12`).expect(404);
    expect(body).toMatchObject({ code: 'not-found', detail: expect.stringContaining('nothing was recorded by then') });
    const { body: list } = await door.get('/v1/claims?asOf=2016-12').expect(200);
    expect(list).toMatchObject({
      items: [],
      next: null,
      pins: { asOf: { seq: null, token: null, treeSize: 0, effectiveAt: null, final: true } },
    });
    expect((await door.get('/v1/summary?asOf=2016-12').expect(200)).body).toMatchObject({ claims: 0, events: 0 });
  });
});

describe('a list with holdsAt', () => {
  it('has what holds on that day, certainly or possibly, and says which', async () => {
    for (const [text, holdsDuring] of [
      ['On the day.', '2016-11-28'],
      ['In that month.', '2016-11'],
      ['Later.', '2018/'],
      ['Some day.', undefined],
      ['As we read it.', '28/11/16'],
    ])
      await door.post('/v1/claims', { text, topics: ['held'], ...(holdsDuring && { holdsDuring }) }).expect(201);
    const { body } = await door.get('/v1/claims?topic=held&holdsAt=2016-11-28&facets=topic').expect(200);
    expect((body.items as { text: string; holds: string }[]).map(({ text, holds }) => [text, holds])).toEqual([
      ['In that month.', 'possible'],
      ['On the day.', 'certain'],
    ]);
    expect(body.facets).toEqual({ topic: { held: 2 } });
    const { body: one } = await door.get('/v1/claims?topic=held&q=%22As we read%22').expect(200);
    expect(one.items).toMatchObject([{ holdsDuring: { edtf: '28/11/16', lo: null, hi: null } }]);
  });
});
