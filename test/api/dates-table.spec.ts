import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DATES as ALL } from '../support/dates-table.js';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

let door: Served;
let source: string;
beforeAll(async () => {
  door = await served();
  source = (await door.post('/v1/sources', { kind: 'person', name: 'Ann', grade: 'B', gradeReason: 'x' })).body
    .id as string;
});
afterAll(() => door.close());

/** A day, and the one before it. */
const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
const BEFORE_ALL = '0001-01-01';
const TODAY = '2025-12-31';

/** No date at all is none that could be sent. */
const DATES = ALL.filter(([edtf]) => edtf !== '');

describe('the table of dates of the belief model, through the door', () => {
  it.each(DATES)('%s: said by then for certain, or possibly', async (edtf, lo, hi) => {
    const { body: claim } = await door.post('/v1/claims', { text: `Said ${edtf}.` });
    const said = { source, stance: 'asserts', basis: 'first-hand', hold: 'held', holdReason: 'seen', assertedAt: edtf };
    await door.post(`/v1/claims/${String(claim.id)}/assertions`, said).expect(200);
    const { body: shown } = await door.get(`/v1/claims/${String(claim.id)}`).expect(200);
    expect(shown.assertions[0].assertedAt).toEqual({ edtf, lo, hi });
    const counts = async (publicBy: string, certainty: string) =>
      (await door.get(`/v1/claims/${String(claim.id)}?publicBy=${publicBy}&certainty=${certainty}`).expect(200)).body
        .belief.status.code === 'attributed';
    // A date with `?` keeps its bounds, and proves nothing.
    const last = edtf.endsWith('?') ? null : hi;
    expect(await counts(last ?? TODAY, 'certain')).toBe(last !== null);
    if (last !== null) expect(await counts(dayBefore(last), 'certain')).toBe(false);
    expect(await counts(lo ?? BEFORE_ALL, 'possible')).toBe(true);
    if (lo !== null) expect(await counts(dayBefore(lo), 'possible')).toBe(false);
  });

  /** Latest start and earliest end: between them it holds for certain; null: there is no such day. */
  const CERTAIN: Readonly<Record<string, readonly [string, string]>> = {
    '2016-11/2016-12': ['2016-11-30', '2016-12-01'],
    '{2018-06-05,2018-06-15}': ['2018-06-05', '2018-06-05'],
    '2019-04-18T23:30:00-04:00': ['2019-04-19', '2019-04-19'],
    '2019-04-18T10:00:00Z': ['2019-04-18', '2019-04-18'],
    '2019-05-21?': ['2019-05-21', '2019-05-21'],
  };

  it.each(DATES)('%s: holds on a day, certainly or possibly', async (edtf, lo, hi) => {
    const { body: claim } = await door.post('/v1/claims', { text: `Held ${edtf}.`, holdsDuring: edtf });
    const holds = async (day: string) =>
      (await door.get(`/v1/claims/${String(claim.id)}?holdsAt=${day}`).expect(200)).body.holds as string;
    if (lo === null && hi === null) {
      expect(await holds(TODAY)).toBe('unknown');
      return;
    }
    const certain = CERTAIN[edtf];
    for (const day of [lo ?? BEFORE_ALL, hi ?? TODAY])
      expect(await holds(day)).toBe(
        certain !== undefined && ((certain[0] <= day && day <= certain[1]) || edtf.startsWith('{'))
          ? 'certain'
          : 'possible',
      );
    for (const day of certain ?? []) expect(await holds(day)).toBe('certain');
    if (lo !== null) expect(await holds(dayBefore(lo))).toBe('no');
    if (hi !== null) expect(await holds(dayAfter(hi))).toBe('no');
    if (edtf.startsWith('{')) expect(await holds('2018-06-10')).toBe('no');
  });
});
