import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { memoryEventStore } from '@credence/kernel';
import type { View } from '@credence/kernel';
import { adapterFor, localLedger, primitives } from '@credence/runtime';
import type { Finding, LocalLedger, Media } from '@credence/runtime';
import { VIEWS } from '@credence/views';

const EXAMPLE = 'examples/back-channel/back-channel.dossier.yaml';
const TODAY = VIEWS(primitives.sha256);
type Views = Readonly<Record<keyof typeof TODAY, View>>;

let folder: string;
let ledger: LocalLedger;
let now: number;
const open = async (views: Views = TODAY, mediaOf = (media: Media): Media => media) => {
  const media = await adapterFor('sqlite:').open(`sqlite:${folder}`, { clock: () => now, create: true });
  ledger = await localLedger(mediaOf(media), { clock: () => now, actor: 'ada', views });
};
beforeEach(() => {
  now = Date.UTC(2026, 2, 1);
  folder = mkdtempSync(join(tmpdir(), 'credence-doctor-'));
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});
const record = (text: string) => ledger.execute({ command: 'RecordClaim', data: {}, words: { text }, actor: 'ada' });
const imported = () =>
  ledger.importDossier({
    file: 'case.yaml',
    bytes: readFileSync(EXAMPLE),
    readFile: async name => createReadStream(join(dirname(EXAMPLE), name)),
    actor: 'ada',
  });
/** What is not well; each with what to do about it. */
async function complaints(deep = false): Promise<readonly Finding[]> {
  const { ok, findings } = await ledger.doctor({ deep });
  const found = findings.filter(({ state }) => state !== 'well');
  expect(found.filter(({ remedy }) => remedy === undefined || remedy === '')).toEqual([]);
  expect(ok).toBe(found.every(({ state }) => state !== 'wrong'));
  return found;
}
const captureFiles = () =>
  readdirSync(join(folder, 'captures'), { recursive: true, encoding: 'utf8' })
    .filter(name => /[0-9a-f]{64}$/.test(name))
    .map(name => join(folder, 'captures', name));

describe('the doctor of a ledger', () => {
  it('that is well complains of nothing', async () => {
    await open();
    await imported();
    expect(await complaints()).toEqual([]);
    expect(await complaints(true)).toEqual([]);
  });

  it('names the event at which a view stopped, and how to go on', async () => {
    const failing: View = {
      ...TODAY.summary,
      apply: ({ seq }) => {
        if (seq === 2) throw new Error('no such thing');
      },
    };
    await open({ ...TODAY, summary: failing });
    for (const text of ['one', 'two', 'three']) await record(text);
    await ledger.built(2000).catch(() => undefined);
    expect(await complaints()).toContainEqual({
      check: 'views',
      state: 'wrong',
      detail: expect.stringMatching(/^summary \(version \d+\) stopped at event 2 \(ClaimRecorded\): no such thing$/),
      remedy: expect.stringContaining('credence set-aside 2'),
    });
  });

  it('says how far a view is behind', async () => {
    const stalled = (media: Media): Media => ({
      ...media,
      events: {
        ...media.events,
        follow: async function* (after, { signal }) {
          yield* media.events.readAll(after);
          await new Promise(resolve => signal.addEventListener('abort', resolve));
        },
      },
    });
    await open(TODAY, stalled);
    await ledger.built();
    await record('one');
    expect(await complaints()).toContainEqual({
      check: 'views',
      state: 'note',
      detail: expect.stringMatching(/^claims \(version \d+\) is at event 0 of 1$/),
      remedy: expect.stringContaining('wait'),
    });
  });

  it('finds captures that are missing, and with --deep those that are not what their names say', async () => {
    await open();
    await imported();
    const [first = '', second = ''] = captureFiles();
    writeFileSync(first, 'something else');
    expect(await complaints()).toEqual([]);
    rmSync(second);
    const missing = { check: 'captures', state: 'wrong', detail: expect.stringContaining('is missing') };
    expect(await complaints()).toMatchObject([missing]);
    const deep = await complaints(true);
    expect(deep.filter(({ check }) => check === 'captures')).toHaveLength(2);
    for (const { remedy } of deep) expect(remedy).toContain('credence capture');
  });

  it('names, with --deep, the first event that is not what was recorded', async () => {
    await open();
    for (const text of ['one', 'two', 'three']) await record(text);
    await ledger.close();
    const db = new Database(join(folder, 'events.sqlite'));
    db.prepare(`UPDATE events SET words = replace(words, 'two', 'six') WHERE seq = 2`).run();
    db.close();
    await open();
    expect(await complaints()).toEqual([]);
    expect(await complaints(true)).toMatchObject([
      { check: 'log', state: 'wrong', detail: expect.stringMatching(/^event 2 is not what was recorded/) },
    ]);
  });

  it('names what does not belong there', async () => {
    await open();
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    writeFileSync(join(folder, 'views.sqlite.set-aside-1'), 'left');
    expect(await complaints()).toMatchObject([
      { check: 'leftovers', state: 'note', detail: expect.stringContaining('views.sqlite.set-aside-1') },
      { check: 'leftovers', state: 'note', detail: expect.stringContaining('notes.txt') },
    ]);
  });

  it('finds where the clocks of several writers stepped back: which events, how far, and what to do', async () => {
    const recordedAt = (ms: number) => ms;
    const manyWriters = (media: Media): Media => ({
      ...media,
      events: memoryEventStore({ clock: () => now, sha256: primitives.sha256, recordedAt }),
    });
    await open(TODAY, manyWriters);
    const at = async (ms: number) => {
      now = Date.UTC(2026, 2, 1) + ms;
      await record(`at ${String(ms)}`);
    };
    for (const ms of [0, 1000]) await at(ms);
    expect(await complaints()).toEqual([]);
    for (const ms of [400, 900, 1000, 5000, 1500, 6000]) await at(ms);
    const told = {
      check: 'clock',
      state: 'note',
      detail:
        '3 events were recorded by a clock behind that of an event before: @7 by 3.500 s (2026-03-01T00:00:01.500Z); @3 by 0.600 s (2026-03-01T00:00:00.400Z); @4 by 0.100 s (2026-03-01T00:00:00.900Z)',
      remedy: expect.stringContaining('from the same server'),
    };
    expect(await complaints()).toEqual([told]);
    expect(await complaints(true)).toEqual([told]);
    for (let ms = 6001; ms <= 7001; ms++) await at(ms);
    expect(await complaints()).toEqual([]); // plainly it looks at the last thousand
    expect(await complaints(true)).toEqual([told]);
  });

  it('says that the clock is behind the last event, so that writes are refused', async () => {
    await open();
    await record('one');
    now -= 60_000;
    expect(await complaints()).toMatchObject([{ check: 'clock', state: 'wrong' }]);
  });
});
