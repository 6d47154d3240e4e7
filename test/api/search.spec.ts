import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

let door: Served;
const ids: Record<string, string> = {};

const made = async (path: string, body: object) => {
  const { body: receipt, status } = await door.post(path, body);
  expect({ path, status }).toMatchObject({ status: path.includes('/assertions') ? 200 : 201 });
  return receipt as { id: string; seq: number };
};
const found = async (query: string) => {
  const { body, status } = await door.get(`/v1/claims?${query}`);
  expect({ query, status }).toEqual({ query, status: 200 });
  const names = Object.fromEntries(Object.entries(ids).map(([name, id]) => [id, name]));
  return (body.items as { id: string }[]).map(({ id }) => names[id]);
};

beforeAll(async () => {
  door = await served();
  const source = async (name: string, more: object = {}) =>
    (await made('/v1/sources', { kind: 'person', name, ...more })).id;
  const claim = async (key: string, body: object) => (ids[key] = (await made('/v1/claims', body)).id);
  const muller = await source('Jürgen Müller', { cite: { title: 'Notizen vom Vorabend' } });
  const report = await source('The Report', { kind: 'record' });
  await claim('paper', { text: 'A two-page paper was handed over.', topics: ['back channel'], entities: ['Müller'] });
  await claim('denial', { text: 'Nobody handed anything over.', topics: ['back channel'], note: 'NOT a joke' });
  await claim('dinner', { text: 'They had dinner at 北京 house.', entities: ['Müller'] });
  const hold = { hold: 'held', holdReason: 'seen' };
  const said = { source: muller, stance: 'asserts', basis: 'first-hand', ...hold };
  await made(`/v1/claims/${String(ids['denial'])}/assertions`, {
    ...said,
    locator: 'at 32',
    note: 'over the telephone',
  });
  ids['said'] = (await made(`/v1/claims/${String(ids['dinner'])}/assertions`, { ...said, source: report })).id;
  ids['muller'] = muller;
  ids['report'] = report;
});
afterAll(() => door.close());

describe('GET /v1/claims?q=', () => {
  it('finds by words of the claim, of what is said of it, and of the name of who says it, newest first', async () => {
    expect(await found('q=handed over')).toEqual(['denial', 'paper']);
    expect(await found('q=telephone')).toEqual(['denial']);
    expect(await found('q=handed muller')).toEqual(['denial', 'paper']);
    expect(await found('q=dinner report')).toEqual(['dinner']);
    expect(await found('q=notizen')).toEqual(['denial']);
    expect(await found('q=nowhere')).toEqual([]);
  });

  it('folds case and accents, cuts Chinese by character, takes * after a word and operators for words', async () => {
    expect(await found(`q=${encodeURIComponent('MÜLLER')}&entity=${encodeURIComponent('Müller')}`)).toEqual([
      'dinner',
      'paper',
    ]);
    expect(await found(`q=${encodeURIComponent('京')}`)).toEqual(['dinner']);
    expect(await found('q=hand*')).toEqual(['denial', 'paper']);
    expect(await found('q=hand')).toEqual([]);
    expect(await found('q="NOT" joke')).toEqual(['denial']);
    expect(await found('q=dinner OR paper')).toEqual([]);
  });

  it('under publicBy finds by what had been said then alone, and by who had spoken', async () => {
    const claim = (ids['flood'] = (await made('/v1/claims', { text: 'The cellar was flooded.' })).id);
    const kunz = (await made('/v1/sources', { kind: 'person', name: 'Kunz' })).id;
    const said = { stance: 'asserts', basis: 'first-hand', hold: 'held', holdReason: 'seen' };
    const early = await made(`/v1/claims/${claim}/assertions`, {
      ...said,
      source: ids['report'],
      assertedAt: '2019',
      note: 'ankles',
    });
    await made(`/v1/claims/${claim}/assertions`, { ...said, source: kunz, assertedAt: '2021', note: 'knees' });
    await made(`/v1/claims/${claim}/assertions/${early.id}/revisions`, {
      set: { note: 'hips' },
      assertedAt: '2022',
      reason: 'said so later',
    });
    for (const [q, years] of Object.entries({
      cellar: ['2018', '2019', '2021', '2022'],
      report: ['2019', '2021', '2022'],
      kunz: ['2021', '2022'],
      knees: ['2021', '2022'],
      'knees ankles': [],
      hips: ['2022'],
    })) {
      const by: string[] = [];
      for (const year of ['2018', '2019', '2021', '2022']) {
        const newest = await found(`q=${q}&publicBy=${year}`);
        expect(await found(`q=${q}&publicBy=${year}&sort=relevance`)).toEqual(newest);
        if (newest.length > 0) by.push(year);
      }
      expect({ q, by }).toEqual({ q, by: years });
    }
    const { body: now } = await door.get('/v1/claims?limit=1');
    const { seq } = now.pins.asOf as { seq: number };
    expect(await found(`q=hips&publicBy=2022&asOf=@${String(seq)}`)).toEqual(['flood']);
    expect(await found(`q=hips&publicBy=2022&asOf=@${String(seq - 1)}`)).toEqual([]);
    expect(await found(`q=ankles&publicBy=2022&asOf=@${String(seq - 1)}`)).toEqual(['flood']);
    expect(await found(`q=cellar&source=${kunz}&publicBy=2020`)).toEqual([]);
    expect(await found(`q=cellar&source=${kunz}&publicBy=2021`)).toEqual(['flood']);
    const { body } = await door.get('/v1/claims?q=cellar&facets=source&publicBy=2020');
    expect(body.facets).toEqual({ source: { [ids['report'] as string]: 1 } });
  });

  it('pages by cursor, and sorts by relevance', async () => {
    expect(await found('q=muller&sort=relevance')).toEqual(['dinner', 'paper', 'denial']);
    for (const sort of ['', '&sort=relevance']) {
      const { body: first } = await door.get(`/v1/claims?q=muller&limit=2${sort}`);
      const { body: second } = await door.get(`/v1/claims?q=muller&limit=2${sort}&cursor=${String(first.next)}`);
      const all = await found(`q=muller${sort}`);
      const ids_ = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
      expect(ids_).toEqual(all.map(name => ids[name as string]));
    }
  });

  it('counts under the same pins', async () => {
    const { body } = await door.get('/v1/claims?q=muller&facets=status,source,topic,entity&limit=1');
    expect(body.items).toHaveLength(1);
    expect(body.facets).toEqual({
      status: { attributed: 2, unverified: 1 },
      source: { [ids['muller'] as string]: 1, [ids['report'] as string]: 1 },
      topic: { 'back channel': 2 },
      entity: { Müller: 2 },
    });
    const { body: none } = await door.get('/v1/claims?q=muller&facets=topic&asOf=@0');
    expect(none.facets).toEqual({ topic: {} });
  });

  it('finds what was there as of then: a source renamed, a claim corrected, is found by both names in their time', async () => {
    const { body: before } = await door.get('/v1/claims?limit=1');
    const { token } = before.pins.asOf as { token: string };
    await door.post(`/v1/sources/${String(ids['muller'])}/description`, {
      set: { name: 'J. Huber' },
      reason: 'his name',
    });
    await door.post(`/v1/claims/${String(ids['paper'])}/corrections`, {
      set: { text: 'A memo was sent.' },
      reason: 'read again',
    });
    expect(await found('q=huber')).toEqual(['denial']);
    expect(await found('q=muller')).toEqual(['dinner', 'paper']);
    expect(await found('q=memo')).toEqual(['paper']);
    expect(await found('q=handed')).toEqual(['denial']);
    expect(await found(`q=huber&asOf=${token}`)).toEqual([]);
    expect(await found(`q=handed&asOf=${token}`)).toEqual(['denial', 'paper']);
  });

  it.each([
    ['q=', 'q'],
    ['q=%22%20*%22', 'q'],
    [`q=${'word '.repeat(201)}`, 'q'],
    [`q=${Array.from({ length: 33 }, (_, i) => `w${String(i)}`).join(' ')}`, 'q'],
    ['sort=relevance', 'sort'],
    ['q=a&sort=oldest', 'sort'],
    ['q=a&sort=relevance&asOf=@1', 'sort'],
    ['facets=colour', 'facets'],
  ])('refuses %s', async (query, pointer) => {
    const { body, status } = await door.get(`/v1/claims?${query}`);
    expect({ status, code: body.code, pointer: body.errors[0].pointer }).toEqual({
      status: 400,
      code: 'invalid-parameter',
      pointer,
    });
  });
});
