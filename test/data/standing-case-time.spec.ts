import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Ledger } from '@credence/runtime';
import { httpLedger } from '@credence/runtime';
import { dataSet, describeWithData } from '../support/data-sets.js';
import { importFile } from '../support/dossiers.js';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

interface Outcome {
  status: { code: string };
  opinion: object;
  kappa: number[];
}
interface Expected {
  claims: Record<string, Outcome>;
  publicBy: ({ claim: string; publicBy: string; certainty: string } & Outcome)[];
  publicByStatuses: ({ publicBy: string; certainty: string } & Record<string, number | string>)[];
}

const folder = dataSet('standing-case');
const expected = (
  folder === undefined ? {} : JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
) as Partial<Expected>;
const claims = Object.keys(expected.claims ?? {});

describeWithData('standing-case', 'the standing case over time, through HTTP', () => {
  let door: Served;
  let ledger: Ledger;

  beforeAll(async () => {
    door = await served();
    await importFile(door.ledger, join(folder as string, 'dossier.yaml'));
    ledger = httpLedger(door.url);
  });
  afterAll(() => door.close());

  const get = (path: string) => door.get(`/v1${path}`).expect(200);

  it.each(expected.publicBy ?? [])(
    'GET …/belief: $claim by $publicBy, $certainty',
    async ({ claim, publicBy, certainty, status, opinion, kappa }) => {
      const { core, pins } = (
        await get(`/claims/standing-case:${claim}/belief?publicBy=${publicBy}&certainty=${certainty}`)
      ).body;
      expect({ status: core.status, opinion: core.opinion, kappa: [core.pro.kappa, core.con.kappa] }).toEqual({
        status,
        opinion,
        kappa,
      });
      expect(pins).toMatchObject({ publicBy, certainty });
    },
  );

  it.each(expected.publicByStatuses ?? [])(
    'GET /summary: statuses by $publicBy, $certainty',
    async ({ publicBy, certainty, ...wanted }) => {
      expect((await get(`/summary?publicBy=${publicBy}&certainty=${certainty}`)).body.statuses).toEqual(wanted);
    },
  );

  it('the Tillerson claim: unverified on 2019-04-17, attributed from 2019-04-18, by the report', async () => {
    const { items, start } = await ledger.timeline('standing-case:gave-tillerson', { axis: 'public' });
    const first = items[0] as (typeof items)[0];
    expect(start?.status.code).toBe('unverified');
    expect({ at: first.at, before: first.before?.status.code, after: first.after.status.code }).toEqual({
      at: '2019-04-18',
      before: 'unverified',
      after: 'attributed',
    });
    const { said } = first.cause as Extract<typeof first.cause, { said: unknown }>;
    expect(said.map(({ source }) => source?.key)).toContain('standing-case:sco-report');
    for (const [day, status] of [
      ['2019-04-17', 'unverified'],
      ['2019-04-18', 'attributed'],
    ] as const)
      expect((await ledger.belief('standing-case:gave-tillerson', { publicBy: day })).core.status.code).toBe(status);
  });

  it.each(claims)('the timelines of %s end in what is believed', async claim => {
    const { items } = await ledger.timeline(`standing-case:${claim}`);
    expect(items[0]).not.toHaveProperty('before');
    expect(items.at(-1)?.after).toMatchObject({ status: expected.claims?.[claim]?.status });
    const { items: days, start } = await ledger.timeline(`standing-case:${claim}`, { axis: 'public' });
    for (const { publicBy, certainty, claim: of, ...wanted } of expected.publicBy ?? [])
      if (of === claim && certainty === 'certain') {
        const told = days.filter(({ at }) => at <= publicBy).at(-1)?.after ?? start;
        expect(told).toMatchObject(wanted);
      }
  });
});
