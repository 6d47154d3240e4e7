import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../apps/cli/src/run.js';
import type { Io } from '../../apps/cli/src/io.js';
import { httpLedger } from '@credence/runtime';
import type { Ledger } from '@credence/runtime';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

let door: Served;
let remote: Ledger;
const ids = { source: '', claim: '', unit: '' };

beforeAll(async () => {
  door = await served();
  remote = httpLedger(door.url);
  ids.source = (await door.post('/v1/sources', { kind: 'person', name: 'Ann' })).body.id as string;
  ids.claim = (await door.post('/v1/claims', { text: 'It rains.', holdsDuring: '2019-01' })).body.id as string;
  const said = { source: ids.source, stance: 'asserts', basis: 'first-hand', hold: 'held', holdReason: 'seen' };
  await door.post(`/v1/claims/${ids.claim}/assertions`, { ...said, assertedAt: '2018-06' }).expect(200);
  ids.unit = (await door.post('/v1/units', { members: [ids.source], reason: 'one owner' })).body.id as string;
  await door.post('/v1/claims', { text: 'Later.' }).expect(201);
});
afterAll(() => door.close());

const PINS = { asOf: '@4', publicBy: '2018', certainty: 'possible', holdsAt: '2019-01-01' };
const PINNED = { publicBy: '2018-12-31', certainty: 'possible', holdsAt: '2019-01-01' };
const OPTIONS = ['--as-of', '@4', '--public-by', '2018', '--certainty', 'possible', '--holds-at', '2019-01-01'];

/** What a command line prints. */
async function typed(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const io: Io = {
    env: { CREDENCE_LEDGER: door.url },
    out: text => void (said.out += text),
    err: text => void (said.err += text),
    columns: undefined,
    watched: false,
    loginName: () => 'ada',
    stopped: () => new Promise(() => undefined),
  };
  return { code: await run(argv, io), ...said };
}

/** Each read by its route, its method and its verb. */
const READS: readonly (readonly [
  route: () => string,
  by: (ledger: Ledger, pins: object) => Promise<object>,
  verb?: () => readonly string[],
])[] = [
  [() => 'summary', (l, p) => l.summary(p), () => ['summary']],
  [() => 'claims', (l, p) => l.claims(p), () => ['list']],
  [() => 'claims?q=rains', (l, p) => l.claims({ ...p, q: 'rains' }), () => ['list', '--q', 'rains']],
  [() => `claims/${ids.claim}`, (l, p) => l.claim(ids.claim, p), () => ['show', ids.claim]],
  [() => `claims/${ids.claim}/belief`, (l, p) => l.belief(ids.claim, p), () => ['why', ids.claim]],
  [() => `claims/${ids.claim}/chain`, (l, p) => l.chain(ids.claim, p), () => ['chain', ids.claim]],
  [() => `claims/${ids.claim}/history`, (l, p) => l.history(ids.claim, p), () => ['history', ids.claim]],
  [() => `claims/${ids.claim}/timeline`, (l, p) => l.timeline(ids.claim, p), () => ['timeline', ids.claim]],
  [
    () => `claims/${ids.claim}/timeline?axis=public`,
    (l, p) => l.timeline(ids.claim, { ...p, axis: 'public' }),
    () => ['timeline', ids.claim, '--axis', 'public'],
  ],
  [
    () => `claims/${ids.claim}/diff?from=@1`,
    (l, p) => l.diff(ids.claim, { ...p, from: '@1' }),
    () => ['diff', ids.claim, '--from', '@1'],
  ],
  [() => `claims/${ids.claim}/blame`, (l, p) => l.blame(ids.claim, p), () => ['blame', ids.claim]],
  [() => 'changes?from=@1', (l, p) => l.changes({ ...p, from: '@1' }), () => ['changes', '--from', '@1']],
  [() => 'sources', (l, p) => l.sources(p), () => ['source', 'list']],
  [() => `sources/${ids.source}`, (l, p) => l.source(ids.source, p), () => ['show', `sources/${ids.source}`]],
  [
    () => `sources/${ids.source}/history`,
    (l, p) => l.sourceHistory(ids.source, p),
    () => ['history', `sources/${ids.source}`],
  ],
  [() => `sources/${ids.source}/impact`, (l, p) => l.impact(ids.source, p), () => ['impact', ids.source]],
  [() => `sources/${ids.source}/captures`, (l, p) => l.captures(ids.source, p)],
  [() => 'units', (l, p) => l.units(p)],
  [() => `units/${ids.unit}`, (l, p) => l.unit(ids.unit, p)],
  [() => 'policies', (l, p) => l.policies(p)],
];
const named = READS.map(([route, by, verb], i) => ({
  name: by.toString().replace(/^\(l, p\) => l\./, ''),
  i,
  route,
  by,
  verb,
}));

describe('every read takes the three axes, answers by which pins, and by every door the same', () => {
  it.each(named)('$name', async ({ route, by, verb }) => {
    const query = Object.entries(PINS)
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    const address = `/v1/${route()}${route().includes('?') ? '&' : '?'}${query}`;
    const { text, body } = await door.get(address).expect(200);
    expect(body.pins).toMatchObject({ asOf: { seq: 4, final: true }, ...PINNED });
    expect(JSON.stringify(await by(door.ledger, PINS))).toBe(text);
    expect(JSON.stringify(await by(remote, PINS))).toBe(text);
    if (verb !== undefined)
      expect(await typed(...verb(), ...OPTIONS, '--json')).toEqual({ code: 0, out: `${text}\n`, err: '' });
    // By its token the same, and a moment with no zone, one to come and another ledger's are refused.
    const { token } = (body as { pins: { asOf: { token: string } } }).pins.asOf;
    expect((await door.get(address.replace('asOf=@4', `asOf=${token}`))).text).toBe(text);
    for (const [asOf, status] of [
      ['2026-11-24T10:00:00', 400],
      ['2999-01-01', 400],
      [`@4.${'0'.repeat(32)}`, 409],
    ] as const)
      await door.get(address.replace('asOf=@4', `asOf=${asOf}`)).expect(status);
  });
});

describe('on the command line', () => {
  it.each([
    [['list', '--as-of', '2026-11-24T10:00:00'], /--as-of: .* has no zone: write 2026-11-24T10:00:00Z/],
    [['changes', '--from', '2026-11-24T10:00'], /--from: .* has no zone: write 2026-11-24T10:00Z/],
    [['summary', '--as-of', '2999'], /--as-of: "2999" lies in the future/],
    [['list', '--public-by', '2019-02-30'], /--public-by: found "2019-02-30", wanted a year, a month or a day/],
    [['list', '--holds-at', '2019'], /--holds-at: found "2019", wanted a day/],
    [['list', '--as-of', '18/4/2019'], /--as-of: 18\/4\/2019 is neither a date/],
  ])('%j is refused with a hint', async (argv, hint) => {
    const { code, out, err } = await typed(...argv);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(hint);
  });

  it('--as-of takes yesterday and 7d too', async () => {
    for (const moment of ['yesterday', '7d', '36h'])
      expect(await typed('summary', '--as-of', moment)).toMatchObject({
        code: 0,
        out: expect.stringContaining('nothing was recorded by then') as unknown,
      });
    expect((await typed('summary', '--as-of', '0h')).out).toMatch(/as of @\d/);
  });

  it('changes without --from are those since yesterday', async () => {
    const { out } = await typed('changes', '--json');
    const body = JSON.parse(out) as { from: { seq: number | null }; total: number };
    expect(body).toMatchObject({ from: { seq: null, token: null }, total: 2 });
    expect((await typed('changes')).out).toMatch(/^2 claims changed between the beginning and @\d+/);
    expect((await typed('changes', '--help')).out).toMatch(/default: yesterday/);
  });

  it('diff says when --from is missing', async () => {
    expect(await typed('diff', ids.claim)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/--from is missing/),
    });
  });
});

it('asks about days before year 0 as about any other', async () => {
  const { id } = (
    await door.post('/v1/claims', { text: 'Caesar lives.', form: 'state', holdsDuring: '-0099/-0043-03-15' })
  ).body as { id: string };
  const holds = async (day: string) =>
    ((await door.get(`/v1/claims/${id}?holdsAt=${day}`).expect(200)).body as { holds: string }).holds;
  expect(await holds('-0050-01-01')).toBe('certain');
  expect(await holds('-0099-05-01')).toBe('possible');
  expect(await holds('-0043-03-16')).toBe('no');
  expect(await holds('-0100-12-31')).toBe('no');
  const { items } = (await door.get('/v1/claims?holdsAt=-0050-01-01&limit=500').expect(200)).body as {
    items: object[];
  };
  expect(items).toEqual([expect.objectContaining({ id, holds: 'certain' })]);
  expect((await typed('show', id, '--holds-at', '-0050-01-01')).out).toContain('Holds then:    certain');
  const early = await door.get('/v1/summary?publicBy=-0043&asOf=-0043').expect(200);
  expect(early.body).toMatchObject({ claims: 0, pins: { asOf: { seq: null }, publicBy: '-0043-12-31' } });
});
