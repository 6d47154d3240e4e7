import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isRefusal } from '@credence/contracts';
import type { View } from '@credence/kernel';
import { VIEWS } from '@credence/views';
import { localLedger } from './local-ledger.js';
import type { LocalLedger } from './local-ledger.js';
import { primitives } from './primitives.js';
import { adapterFor } from './stores.js';
import type { Media } from './stores.js';

const TODAY = VIEWS(primitives.sha256);
let folder: string;
let media: Media;
let ledger: LocalLedger;
const open = async (views: Readonly<Record<keyof typeof TODAY, View>> = TODAY) => {
  media = await adapterFor('sqlite:').open(`sqlite:${folder}`, { clock: Date.now, create: true });
  ledger = await localLedger(media, { clock: Date.now, actor: 'ada', views });
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-rebuild-'));
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});
const record = (text: string) => ledger.execute({ command: 'RecordClaim', data: {}, words: { text }, actor: 'ada' });

describe('promise 6: rebuild while live', () => {
  it('readers see complete answers, never older ones, while every view is rebuilt and others write', async () => {
    await open();
    for (let i = 0; i < 200; i++) await record(`claim ${String(i)}`);
    let working = true;
    let last = 0;
    const wrong: string[] = [];
    const reader = (async () => {
      while (working) {
        const { claims, pins } = await ledger.summary();
        const { items } = await ledger.claims({ q: 'claim', limit: '500' });
        const seq = pins.asOf.seq ?? -1;
        if (claims !== seq || seq < last || items.length < claims)
          wrong.push(`${String(claims)} claims at @${String(seq)}`);
        last = seq;
        await new Promise(resolve => setImmediate(resolve));
      }
    })();
    const writer = (async () => {
      for (let i = 0; working; i++) await record(`claim meanwhile ${String(i)}`);
    })();
    const { ok, items } = await ledger.rebuild();
    working = false;
    await Promise.all([reader, writer]);
    expect(wrong).toEqual([]);
    expect(items.filter(({ same }) => same !== true)).toEqual([]);
    expect(ok).toBe(true);
    expect(items.map(({ same }) => same)).toEqual(items.map(() => true));
    expect(items.map(({ view }) => view)).toEqual(Object.keys(TODAY));
  });

  it('a view whose version rises is built before anybody reads it, and the old version is dropped', async () => {
    await open();
    for (let i = 0; i < 50; i++) await record(`claim ${String(i)}`);
    await ledger.summary({ after: '50' });
    await ledger.close();
    const risen: View = {
      ...TODAY.claims,
      version: TODAY.claims.version + 1,
      tables: { ...TODAY.claims.tables, more: { key: ['text'] } },
    };
    await open({ ...TODAY, claims: risen });
    const reading = ledger.claims({ limit: '500' });
    expect((await reading).items).toHaveLength(50);
    await new Promise(resolve => setImmediate(resolve));
    expect(media.views.list().filter(({ name }) => name === 'claims')).toMatchObject([{ version: risen.version }]);
  });

  it('while a view whose version rose is built, the others answer and take in what is written; reads of its own say how far it is', async () => {
    await open();
    await Promise.all(Array.from({ length: 4000 }, (_, i) => record(`claim ${String(i)}`)));
    await ledger.summary({ after: '4000' });
    await ledger.close();
    let held = true;
    const risen: View = {
      ...TODAY.search,
      version: TODAY.search.version + 1,
      apply: (event, tables) => {
        const until = performance.now() + (held ? 0.5 : 0);
        while (performance.now() < until);
        TODAY.search.apply(event, tables);
      },
    };
    await open({ ...TODAY, search: risen });
    const found = () => ledger.claims({ q: 'meanwhile' });
    await expect(found()).rejects.toMatchObject({
      code: 'view-behind',
      message: expect.stringMatching(/^view search is being built: it is at event -?\d+ of 4000$/),
    });
    const written = await record('claim meanwhile');
    if (isRefusal(written)) throw new Error(written.detail);
    const { items } = await ledger.claims({ after: '4001', limit: '1' });
    expect(items).toMatchObject([{ text: 'claim meanwhile' }]);
    await expect(found()).rejects.toMatchObject({ code: 'view-behind' });
    expect(await ledger.health()).toMatchObject({ ready: false, head: 4001 });
    held = false;
    await ledger.built(60_000);
    expect((await ledger.claims({ q: 'meanwhile', after: '4001' })).items).toHaveLength(1);
    expect((await ledger.health()).ready).toBe(true);
  });

  it('refuses a view that nobody knows, and lists those that there are', async () => {
    await open();
    await expect(ledger.rebuild('nothing')).rejects.toMatchObject({
      code: 'invalid-parameter',
      message: expect.stringContaining('claims'),
    });
  });
});
