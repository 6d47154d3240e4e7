import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pins } from '@credence/runtime';
import { nothingMade } from '../support/histories.js';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';
import { addresses, firstDossier, moreRecorded, READS, WITHOUT_MOMENT } from '../support/reads.js';

type Answered = Readonly<Record<string, unknown>> & {
  readonly pins: Pins;
  readonly from?: Pins['asOf'];
  readonly to?: Pins['asOf'];
};

const day = (n: number) => Date.UTC(2026, 0, n, 12);
let now = day(5);
let door: Served;
const made = nothingMade();
/** Everything that can be asked, at every kind of moment, and what was answered. */
const answers = new Map<string, Answered>();
const MOMENTS: Record<string, () => string> = {
  'the head': () => '',
  today: () => 'asOf=2026-01-20',
  'a month that is not over': () => 'asOf=2026-01',
  'a day behind which nothing stands': () => 'asOf=2026-01-15',
  'a day behind which something stands': () => 'asOf=2026-01-07',
  'a seq': () => `asOf=@${String(early.seq)}`,
  'a token': () => `asOf=${String(early.token)}`,
};
const FINAL = ['a day behind which something stands', 'a seq', 'a token'];
let early: Pins['asOf'];

const asked = async (address: string): Promise<Answered> => {
  const { status, body, type, text } = await door.get(address);
  expect(`${address} ${String(status)}`).toBe(`${address} 200`);
  return type.endsWith('json') ? (body as Answered) : ({ bytes: text } as unknown as Answered);
};
const did = async (path: string, body: object): Promise<{ readonly id: string }> => {
  const answer = await door.post(`/v1/${path}`, body);
  expect([path, answer.status < 300]).toEqual([path, true]);
  return answer.body as { id: string };
};
const id = async (path: string, body: object) => (await did(path, body)).id;
const assertion = (stance: string, assertedAt: string) =>
  did('claims/first:told/assertions', {
    source: made.sources[0],
    stance,
    basis: 'first-hand',
    hold: 'held',
    holdReason: 'x',
    assertedAt,
  });

beforeAll(async () => {
  door = await served({}, { clock: () => now });
  await firstDossier(door);
  made.sources.push(await id('sources', { kind: 'person', name: 'A source, Ann' }));
  made.claims.push(await id('claims', { text: 'A claim.', topics: ['topic-1'], holdsDuring: '2019' }));
  made.units.push(await id('units', { members: made.sources, reason: 'x' }));
  await assertion('asserts', '2017-03');
  early = (await asked('/v1/summary')).pins.asOf;
  now = day(10);
  await assertion('likely', '2019-04-01');
  now = day(20);
  for (const [moment, asOf] of Object.entries(MOMENTS))
    for (const address of addresses(made, ['first:told'])) {
      const whole = `${address}&${asOf()}`.replace('?&', '?');
      answers.set(`${moment}: ${whole}`, await asked(whole));
    }
}, 120_000);
afterAll(() => door.close());

/** Documents and their texts: bytes have no place for pins, and nothing that comes later changes them. */
const BYTES = ['/v1/captures/{capture}', '/v1/captures/{capture}/text'];
/** Nor what stands in a document that is looked for in another. */
const FIXED = [...BYTES, '/v1/captures/{capture}/reanchoring'];

/** `/v1/claims/told/belief` -> `/v1/claims/{claim}/belief` */
const routeOf = (path: string): string =>
  Object.keys(READS).find(route => new RegExp(`^${route.replace(/\{\w+\}/, '[^/]+')}$`).test(path)) ?? path;
const answered = () =>
  Array.from(answers, ([name, answer]) => {
    const [path = '', query] = addressOf(name).split('?');
    return { name, route: routeOf(path), query: new URLSearchParams(query), answer };
  });
const pinned = () => answered().filter(({ route }) => !BYTES.includes(route));
const addressOf = (name: string) => name.slice(name.indexOf(': ') + 2);
const momentsOf = ({ pins, from, to }: Answered) => [pins.asOf, ...(from && to ? [from, to] : [])];

describe('every answer to a read that takes a moment', () => {
  it('says at which event it is, and which of the axes it was asked on', () => {
    for (const { name, query, answer } of pinned()) {
      for (const at of momentsOf(answer)) {
        expect([name, Object.keys(at).sort()]).toEqual([
          name,
          ['effectiveAt', 'final', 'root', 'seq', 'token', 'treeSize'],
        ]);
        expect([name, at.token]).toEqual([name, at.seq === null ? null : `@${String(at.seq)}.${at.root.slice(0, 32)}`]);
        expect([name, at.treeSize]).toEqual([name, (at.seq ?? -1) + 1]);
      }
      const { asOf: _, ...axes } = answer.pins;
      const publicBy = query.get('publicBy');
      expect([name, axes]).toEqual([
        name,
        {
          ...(publicBy === null ? {} : { publicBy: publicBy === '2018' ? '2018-12-31' : publicBy }),
          ...(publicBy === null && query.get('axis') !== 'public'
            ? {}
            : { certainty: query.get('certainty') ?? 'certain' }),
          ...(query.has('holdsAt') ? { holdsAt: query.get('holdsAt') } : {}),
        },
      ]);
    }
  });

  it('is final where it names an event, or a day behind which one stands, and only there', () => {
    for (const { name, answer } of pinned()) {
      const moment = name.slice(0, name.indexOf(': '));
      expect([name, answer.pins.asOf.final]).toEqual([name, FINAL.includes(moment)]);
    }
  });

  it('does not change once it was final; of each kind of read some that are not final do', async () => {
    await assertion('denies', '2016-05');
    await moreRecorded(door, made);
    await did('claims/first:told/corrections', { set: { text: 'It rained, corrected.' }, reason: 'x' });
    await did('claims/first:told/links', { to: made.claims[0], kind: 'same-as', reason: 'x' });
    for (const source of [made.sources[0], 'first:teller'])
      await did(`sources/${String(source)}/grades`, { grade: 'E', reason: 'x' });
    await did(`units/${String(made.units[0])}/members`, { add: ['first:teller'], reason: 'x' });
    await did('units', { members: made.sources, reason: 'another' });
    await door.ledger.execute({
      command: 'AdoptPolicy',
      data: { trust: { B: '.7' } },
      words: { reason: 'x' },
      actor: 'ada',
    });

    const bare = ({ pins: _p, from: _f, to: _t, next: _n, ...answer }: Answered) => JSON.stringify(answer);
    const moved = new Set<string>();
    for (const { name, route, query, answer: before } of answered()) {
      const after = await asked(addressOf(name));
      if (BYTES.includes(route) || momentsOf(before).every(({ final }) => final))
        expect([name, after]).toEqual([name, before]);
      if (query.has('asOf') || bare(after) === bare(before)) continue;
      moved.add(route);
      for (const axis of ['publicBy', 'holdsAt']) if (query.has(axis)) moved.add(`${axis} alone`);
    }
    expect(Object.keys(READS).filter(route => !moved.has(route) && !FIXED.includes(route))).toEqual([]);
    expect(['publicBy alone', 'holdsAt alone'].filter(name => !moved.has(name))).toEqual([]);
  }, 120_000);
});

const DOCUMENT = join('contracts', 'generated', 'openapi.json');
(existsSync(DOCUMENT) ? describe : describe.skip)('in the OpenAPI document', () => {
  const { paths } = JSON.parse(existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '{"paths":{}}') as {
    paths: Record<string, { get?: { parameters?: { name?: string; $ref?: string }[] } }>;
  };
  const timeParametersOf = (route: string) =>
    (paths[route]?.get?.parameters ?? [])
      .map(({ name, $ref }) => name ?? $ref?.split('/').at(-1) ?? '')
      .filter(name => ['asOf', 'publicBy', 'certainty', 'holdsAt'].includes(name));

  it('each read that takes a moment takes all four parameters, and the others none', () => {
    for (const route of Object.keys(READS))
      expect([route, timeParametersOf(route)]).toEqual([route, ['asOf', 'publicBy', 'certainty', 'holdsAt']]);
    for (const route of WITHOUT_MOMENT) expect([route, timeParametersOf(route)]).toEqual([route, []]);
  });

  it('and no read that takes one of them is left out of these tests', () => {
    const reads = Object.keys(paths).filter(route => timeParametersOf(route).length > 0);
    expect(reads.filter(route => !(route in READS))).toEqual([]);
  });
});
