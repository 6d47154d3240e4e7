import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isRefusal } from '@credence/contracts';
import { fingerprint, memoryViewStore, projection, applyPage, seal } from '@credence/kernel';
import type { View } from '@credence/kernel';
import { VIEWS } from '@credence/views';
import { localLedger } from './local-ledger.js';
import type { LocalLedger } from './local-ledger.js';
import { primitives } from './primitives.js';
import { adapterFor } from './stores.js';
import type { Media } from './stores.js';

const VIEWS_OF_TODAY = VIEWS(primitives.sha256);
type Views = Readonly<Record<keyof typeof VIEWS_OF_TODAY, View>>;

/** A view that throws at one event. */
const failingAt = (view: View, cannot: (seq: number) => boolean): View => ({
  ...view,
  apply: (event, tables) => {
    if (cannot(event.seq)) throw new Error('no such thing');
    view.apply(event, tables);
  },
});

let folder: string;
let media: Media;
let ledger: LocalLedger;
const clock = () => Date.UTC(2026, 2, 1);
const open = async (views: Views = VIEWS_OF_TODAY) => {
  media = await adapterFor('sqlite:').open(`sqlite:${folder}`, { clock, create: true });
  ledger = await localLedger(media, { clock, actor: 'ada', views });
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-aside-'));
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

const send = async (
  command: string,
  body: { target?: string; data?: object; words?: object; idempotencyKey?: string },
) => {
  const { target, data = {}, words = {}, ...rest } = body;
  const done = await ledger.execute({
    command,
    ...(target === undefined ? {} : { target }),
    data: data as Record<string, unknown>,
    words: words as Record<string, unknown>,
    actor: 'ada',
    ...rest,
  });
  if (isRefusal(done)) throw new Error(`${done.refused}: ${done.detail}`);
  return done;
};
const record = async (text: string) =>
  (await send('RecordClaim', { words: { text } })).receipt as { id: string; seq: number };
const setAside = (event: number, more: object = {}) =>
  send('SetEventAside', { data: { event }, words: { reason: 'cannot be read', authority: 'the editor' }, ...more });
const views = async () => Object.fromEntries((await ledger.health()).views.map(view => [view.name, view]));
const texts = async (parameters: object = {}) => (await ledger.claims(parameters)).items.map(({ text }) => text);

/** An event of a type that a later release has, in the stream of a claim. */
async function appendForeign(claim: string): Promise<number> {
  const head = {
    type: 'ClaimDreamt',
    schemaVersion: 1,
    actor: 'eve',
    commandId: crypto.randomUUID(),
    commandHash: '0'.repeat(64),
  };
  const sealed = seal(
    `claim-${claim}`,
    { ...head, correlationId: 'later', ledger: (await ledger.health()).ledger },
    { data: { dream: true }, words: {} },
    primitives,
  );
  const [placed] = await media.events.append(`claim-${claim}`, 0, [sealed]);
  return placed?.seq as number;
}

/** What each view would hold if it were built from the log now. */
async function rebuilt(aside: readonly number[]): Promise<Record<string, string>> {
  const memory = memoryViewStore();
  const found: Record<string, string> = {};
  for (const view of Object.values(VIEWS_OF_TODAY)) {
    const one = projection(view, memory.open(view));
    for await (const page of media.events.readAll(null)) applyPage(one, page, { setAside: new Set(aside) });
    while (one.unsettled && one.view.settle !== undefined)
      one.state.write(one.state.checkpoint() as never, tables => {
        one.unsettled = one.view.settle?.(tables, 1000) ?? false;
      });
    found[view.name] = fingerprint(view, one.state, primitives.sha256);
  }
  return found;
}
const live = () =>
  Object.fromEntries(
    Object.values(VIEWS_OF_TODAY).map(view => [
      view.name,
      fingerprint(view, media.views.open(view), primitives.sha256),
    ]),
  );
/** Fingerprints are compared when no belief waits to be computed. */
const settled = async () => {
  while (Object.values(await views()).some(view => view.unsettled !== undefined))
    await new Promise(r => setTimeout(r, 5));
};

describe('promise 5: an event of an unknown type', () => {
  it('stops every view there, visibly; reads are view-behind and name it; writes by id go on', async () => {
    await open();
    const { id } = await record('It rained.');
    const seq = await appendForeign(id);
    await record('It snowed.');
    await expect(ledger.claims()).rejects.toMatchObject({
      code: 'view-behind',
      message: expect.stringMatching(new RegExp(`stopped at event ${String(seq)} \\(ClaimDreamt\\)`)),
    });
    const health = await ledger.health();
    expect(health.ready).toBe(false);
    expect(health.views.every(({ stopped }) => stopped?.includes(`event ${String(seq)}`))).toBe(true);
    expect(await ledger.event(seq)).toMatchObject({ type: 'ClaimDreamt', data: { dream: true } });
  });

  it('is passed once it is set aside, at every pin, by a rebuild too, and after a restart', async () => {
    await open();
    const { id } = await record('It rained.');
    const seq = await appendForeign(id);
    const { receipt } = await setAside(seq);
    const { id: later } = await record('It snowed.');
    expect(await texts({ after: String(receipt.seq) })).toContain('It rained.');
    const { head } = await ledger.health();
    expect(await texts({ after: String(head) })).toEqual(['It snowed.', 'It rained.']);
    expect(await texts({ asOf: `@${String(seq)}` })).toEqual(['It rained.']);
    await settled();
    expect(live()).toEqual(await rebuilt([seq]));
    expect((await ledger.history(id)).items.map(({ type }) => type)).toEqual(['ClaimRecorded']);
    await ledger.close();
    await open();
    await ledger.built();
    expect(await texts()).toEqual(['It snowed.', 'It rained.']);
    // The claim goes on behind the event.
    const { receipt: corrected } = await send('CorrectClaim', {
      target: id,
      data: { set: {} },
      words: { set: { text: 'It poured.' }, reason: 'more' },
    });
    expect(corrected).toMatchObject({ revision: 2 });
    expect((await ledger.claim(id, { after: String(corrected.seq) })).text).toBe('It poured.');
    expect((await ledger.claim(later)).text).toBe('It snowed.');
  });
});

describe('promise 5: an event that one view cannot apply', () => {
  it('stops that view alone: what needs it is view-behind, the rest is answered, at the head', async () => {
    await open({ ...VIEWS_OF_TODAY, search: failingAt(VIEWS_OF_TODAY.search, seq => seq === 2) });
    await record('It rained.');
    await record('It snowed.');
    const { seq } = await record('It hailed.');
    expect(await texts({ after: String(seq) })).toEqual(['It hailed.', 'It snowed.', 'It rained.']);
    await expect(ledger.claims({ q: 'rained' })).rejects.toMatchObject({
      code: 'view-behind',
      message: 'view search stopped at event 2 (ClaimRecorded): no such thing',
    });
    expect((await ledger.claims({ q: 'rained', asOf: '@1' })).items).toHaveLength(1);
    await expect(ledger.claims({ q: 'rained', asOf: '@2' })).rejects.toMatchObject({ code: 'view-behind' });
    expect((await views())['search']).toMatchObject({ seq: 1, stopped: expect.stringContaining('event 2') });
    expect((await views())['claims']).toMatchObject({ seq: 3 });
  });

  it('is passed by all once it is set aside: those that held it are begun anew', async () => {
    await open({ ...VIEWS_OF_TODAY, search: failingAt(VIEWS_OF_TODAY.search, seq => seq === 2) });
    await record('It rained.');
    await record('It snowed.');
    await record('It hailed.');
    const { receipt } = await setAside(2);
    expect(await texts({ after: String(receipt.seq) })).toEqual(['It hailed.', 'It rained.']);
    expect((await ledger.claims({ q: 'it' })).items).toHaveLength(2);
    expect(await texts({ asOf: '@2' })).toEqual(['It rained.']);
    expect((await ledger.health()).ready).toBe(true);
    await settled();
    expect(live()).toEqual(await rebuilt([2]));
  });

  it('may be set aside while nobody runs: the next start begins anew what held it', async () => {
    let cannot = false;
    await open({ ...VIEWS_OF_TODAY, search: failingAt(VIEWS_OF_TODAY.search, seq => cannot && seq === 2) });
    await record('It rained.');
    await record('It snowed.');
    await ledger.summary({ after: '2' });
    await ledger.close();
    cannot = true;
    media = await adapterFor('sqlite:').open(`sqlite:${folder}`, { clock, create: false });
    media.views.drop('search', VIEWS_OF_TODAY.search.version);
    ledger = await localLedger(media, {
      clock,
      actor: 'ada',
      views: { ...VIEWS_OF_TODAY, search: failingAt(VIEWS_OF_TODAY.search, seq => seq === 2) },
    });
    await ledger.built();
    await setAside(2);
    await ledger.close();
    await open();
    await ledger.built();
    expect(await texts()).toEqual(['It rained.']);
  });

  it('can be set aside only where a view is stopped, once, and with the same key again', async () => {
    await open({ ...VIEWS_OF_TODAY, search: failingAt(VIEWS_OF_TODAY.search, seq => seq === 1) });
    await record('It rained.');
    await ledger.built();
    await expect(setAside(0)).rejects.toThrow('not-stopped');
    await expect(setAside(7)).rejects.toThrow('not-stopped');
    const first = await setAside(1, { idempotencyKey: 'aside' });
    expect(await setAside(1, { idempotencyKey: 'aside' })).toMatchObject({ replayed: true, receipt: first.receipt });
    expect((await setAside(1)).receipt.events).toEqual([]);
  });
});
