import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { httpLedger } from '@credence/runtime';
import type { Ledger } from '@credence/runtime';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

let door: Served;
let remote: Ledger;
beforeAll(async () => {
  door = await served();
  remote = httpLedger(door.url);
  for (const text of ['one', 'two']) await door.post('/v1/claims', { text }).expect(201);
});
afterAll(() => door.close());

describe('what the command line asks of a server that holds the folder', () => {
  it('verifies, looks, and rebuilds: the bodies are those of the ledger itself', async () => {
    expect((await door.get('/v1/operations/verification').expect(200)).body).toEqual(await door.ledger.verify());
    for (const deep of [false, true]) {
      const { body } = await door.get(`/v1/operations/doctor?deep=${String(deep)}`).expect(200);
      expect(body.ok).toBe(true);
      const checks = (body.findings as { check: string }[]).map(({ check }) => check);
      expect(checks.includes('log')).toBe(deep);
    }
    const { body } = await door.post('/v1/operations/rebuild', {}).expect(200);
    expect(body).toEqual(await door.ledger.rebuild());
    const { body: one } = await door.post('/v1/operations/rebuild', { view: 'search' }).expect(200);
    expect(one).toMatchObject({ ok: true, items: [{ view: 'search', same: true }] });
  });

  it('does it through the door as the command line does', async () => {
    expect(await remote.verify()).toEqual(await door.ledger.verify());
    expect(await remote.doctor({ deep: true })).toMatchObject({ ok: true });
    expect((await remote.rebuild('claims')).items).toMatchObject([{ view: 'claims', same: true }]);
  });

  it('says now and then that the server is still at it', async () => {
    const told: string[] = [];
    await remote.verify((what, done) => void told.push(`${String(done)} ${what}`));
    expect(told[0]).toBe('0 seconds that the server has been at it');
  });

  it.each([
    ['/v1/operations/rebuild', { view: 'nothing' }, 400, 'invalid-parameter'],
    ['/v1/operations/rebuild', { view: 7 }, 400, 'invalid-body'],
    ['/v1/operations/rebuild', { views: 'claims' }, 400, 'invalid-body'],
  ])('refuses %s %j', async (path, body, status, code) => {
    expect((await door.post(path, body).expect(status)).body.code).toBe(code);
  });

  it('refuses a deep that is neither true nor false', async () => {
    expect((await door.get('/v1/operations/doctor?deep=very').expect(400)).body.errors[0].pointer).toBe('deep');
  });
});
