import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fingerprint } from '@credence/kernel';
import { VIEWS } from '@credence/views';
import { backup, restore } from './backup.js';
import { localLedger } from './local-ledger.js';
import type { LocalLedger } from './local-ledger.js';
import { primitives } from './primitives.js';
import { adapterFor } from './stores.js';
import type { Media } from './stores.js';

let folder: string;
let [media, ledger]: [Media | undefined, LocalLedger | undefined] = [undefined, undefined];
const at = (name: string) => join(folder, name);
const open = async (name: string, create = true) => {
  media = await adapterFor('sqlite:').open(`sqlite:${at(name)}`, { clock: Date.now, create });
  ledger = await localLedger(media, { clock: Date.now, actor: 'ada' });
  return { media, ledger };
};
const close = async () => {
  await ledger?.close();
  ledger = undefined;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-backup-'));
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

const record = (to: LocalLedger, text: string) =>
  to.execute({ command: 'RecordClaim', data: {}, words: { text }, actor: 'ada' });

async function capture(to: LocalLedger, medium: Media, text: string): Promise<string> {
  const source = await to.execute({
    command: 'RegisterSource',
    data: { kind: 'record' },
    words: { name: 'a file' },
    actor: 'ada',
  });
  const target = 'receipt' in source ? source.receipt.id : '';
  const { sha256, size } = await medium.captures.put([new TextEncoder().encode(text)]);
  await to.execute({
    command: 'TakeCapture',
    target,
    data: { sha256, size, mediaType: 'text/plain' },
    words: {},
    actor: 'ada',
  });
  return sha256;
}

/** A ledger of some events and a capture, closed, and its backup. */
async function backedUp(): Promise<string> {
  const { ledger: one, media: medium } = await open('ledger');
  for (let i = 0; i < 20; i++) await record(one, `claim ${String(i)}`);
  const sha256 = await capture(one, medium, 'what it says');
  await close();
  await backup(`sqlite:${at('ledger')}`, at('backup'));
  return sha256;
}

const fingerprints = async (medium: Media, one: LocalLedger) => {
  await one.built();
  while ((await one.health()).views.some(view => view.unsettled !== undefined))
    await new Promise(r => setTimeout(r, 5));
  return Object.values(VIEWS(primitives.sha256)).map(view =>
    fingerprint(view, medium.views.open(view), primitives.sha256),
  );
};

describe('backup', () => {
  it('is of one moment while others write, and restores to the same log, read models, ids and captures', async () => {
    const { ledger: one, media: medium } = await open('ledger');
    const sha256 = await capture(one, medium, 'what it says');
    for (let i = 0; i < 300; i++) await record(one, `before ${String(i)}`);
    let writing = true;
    const writer = (async () => {
      for (let i = 0; writing; i++) await record(one, `meanwhile ${String(i)}`);
    })();
    const made = await backup(`sqlite:${at('ledger')}`, at('backup'));
    writing = false;
    await writer;
    const { head } = await one.health();
    expect(made.size).toBeGreaterThan(300);
    expect(made.size).toBeLessThanOrEqual(head + 1);
    const { pins } = await one.summary({ asOf: `@${String(made.size - 1)}`, after: String(head) });
    expect(made).toMatchObject({ ledger: (await one.health()).ledger, root: pins.asOf.root, captures: 1, missing: [] });
    const { items, pins: then } = await one.claims({ asOf: pins.asOf.token as string });
    await close();
    const back = await restore(at('backup'), `sqlite:${at('restored')}`);
    expect(back).toEqual({ ...made, folder: at('restored') });
    const { ledger: again, media: files } = await open('restored', false);
    const found = await fingerprints(files, again);
    expect((await again.claims({ asOf: then.asOf.token as string })).items).toEqual(items);
    expect(await files.captures.has(sha256)).toBe(true);
    expect((await again.verify()).ok).toBe(true);
    // The salt under which ids are made came along: the same key makes the same id.
    const { rebuild } = again;
    expect((await rebuild()).items.map(item => item.fingerprint)).toEqual(found);
  });

  it('writes over nothing, and leaves nothing where it fails', async () => {
    await backedUp();
    await expect(backup(`sqlite:${at('ledger')}`, at('backup'))).rejects.toMatchObject({ code: 'already-exists' });
    await expect(restore(at('backup'), `sqlite:${at('ledger')}`)).rejects.toMatchObject({ code: 'already-exists' });
    await expect(backup(`sqlite:${at('nowhere')}`, at('other'))).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(backup('http://127.0.0.1:1', at('other'))).rejects.toMatchObject({ code: 'invalid-parameter' });
    await expect(restore(at('ledger'), `sqlite:${at('other')}`)).rejects.toMatchObject({ code: 'not-found' });
    expect(readdirSync(folder).sort()).toEqual(['backup', 'ledger']);
  });

  it('says which captures were not there, and restores without them', async () => {
    const sha256 = await backedUp();
    rmSync(at('backup'), { recursive: true });
    rmSync(join(at('ledger'), 'captures', sha256.slice(0, 2), sha256));
    expect(await backup(`sqlite:${at('ledger')}`, at('backup'))).toMatchObject({ captures: 0, missing: [sha256] });
    expect(await restore(at('backup'), `sqlite:${at('restored')}`)).toMatchObject({ missing: [sha256] });
  });

  it('is not made of a damaged log', async () => {
    await backedUp();
    rmSync(at('backup'), { recursive: true });
    const file = join(at('ledger'), 'events.sqlite');
    const bytes = readFileSync(file);
    // A page that was split may hold the text twice.
    for (let place = bytes.indexOf('claim 7'); place >= 0; place = bytes.indexOf('claim 7'))
      bytes.write('claim 8', place);
    writeFileSync(file, bytes);
    await expect(backup(`sqlite:${at('ledger')}`, at('backup'))).rejects.toThrow(/event 8 is not what was recorded/);
    expect(existsSync(at('backup'))).toBe(false);
  });
});

describe('restore refuses, and names', () => {
  const flipped = (name: string, where = 0.5) => {
    const bytes = readFileSync(at(name));
    const place = Math.floor(bytes.length * where);
    bytes[place] = (bytes[place] as number) ^ 1;
    writeFileSync(at(name), bytes);
  };
  const manifest = (
    change: (it: { root: string; size: number; files: { name: string; sha256: string }[] }) => void,
  ) => {
    const it = JSON.parse(readFileSync(at('backup/backup.json'), 'utf8')) as Parameters<typeof change>[0];
    change(it);
    writeFileSync(at('backup/backup.json'), JSON.stringify(it));
  };

  it.each([
    ['a flipped byte of the events', /events\.sqlite is damaged/, () => flipped('backup/events.sqlite')],
    ['a flipped byte of the first page', /events\.sqlite is damaged/, () => flipped('backup/events.sqlite', 0.001)],
    ['a file that is gone', /events\.sqlite is missing/, () => rmSync(at('backup/events.sqlite'))],
    [
      'another root',
      /the log's root is .*, and the manifest says 0000/,
      () => manifest(it => (it.root = '0'.repeat(64))),
    ],
    ['another size', /the log's size is \d+, and the manifest says 7/, () => manifest(it => (it.size = 7))],
    [
      'a path out of the backup',
      /\/files\/0\/name/,
      () => manifest(it => ((it.files[0] as { name: string }).name = '../../etc/passwd')),
    ],
    ['a manifest that is cut off', /is no JSON/, () => writeFileSync(at('backup/backup.json'), '{"format": 1,')],
  ])('%s', async (_what, message, damage) => {
    await backedUp();
    damage();
    const refused = restore(at('backup'), `sqlite:${at('restored')}`);
    await expect(refused).rejects.toMatchObject({ code: 'backup-damaged', message: expect.stringMatching(message) });
    expect(readdirSync(folder).sort()).toEqual(['backup', 'ledger']);
  });

  it('a flipped byte of a capture, and one that is not in the manifest', async () => {
    const sha256 = await backedUp();
    const name = `captures/${sha256.slice(0, 2)}/${sha256}`;
    cpSync(at('backup'), at('copy'), { recursive: true });
    flipped(`backup/${name}`);
    await expect(restore(at('backup'), `sqlite:${at('restored')}`)).rejects.toThrow(new RegExp(`${sha256} is damaged`));
    rmSync(at('backup'), { recursive: true });
    renameSync(at('copy'), at('backup'));
    manifest(it => (it.files = it.files.filter(file => file.name !== name)));
    await expect(restore(at('backup'), `sqlite:${at('restored')}`)).rejects.toThrow(`names capture ${sha256}`);
  });
});
