import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MigrateAnswer } from '@credence/runtime';
import { BUILT, credence, mustBeBuilt, start, temporaryFolder } from '../support/built.js';
import { kurrentDouble } from '../support/kurrent-double/index.js';
import type { KurrentDouble } from '../support/kurrent-double/index.js';
import { idOf } from '@credence/kernel/testing';
import { openStore } from '../support/kurrent-stores.js';
import { inNamespace, LIVE_URL } from '../support/live-kurrent.js';

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const source = `sqlite:${at('source')}`;
let double: KurrentDouble | undefined;
let url: string;

beforeAll(async () => {
  mustBeBuilt();
  double = LIVE_URL === undefined ? await kurrentDouble() : undefined;
  url = inNamespace(LIVE_URL ?? (double?.url as string));
  const example = resolve('examples', 'back-channel', 'back-channel.dossier.yaml');
  expect(await credence(['import', 'dossier', example, '--ledger', source])).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await double?.stop();
  folder.remove();
});

const migrating = ['migrate', '--from', source];
const to = () => ['--to', url, '--captures', at('captures'), '--data', at('node')];
const serving = () => ['summary', '--json', '--ledger', url];
const mark = () => join(at('source'), 'moved.json');
const marked = () => JSON.parse(readFileSync(mark(), 'utf8')) as Readonly<Record<string, string>>;
const recording = ['record', 'Too late.', '--ledger', source];
const env = () => ({ CREDENCE_DATA: at('other-node'), CREDENCE_CAPTURES: at('captures') });

interface Summary {
  readonly events: number;
  readonly pins: { readonly asOf: { readonly token: string; readonly root: string } };
}

describe(`a ledger that moves to a cluster, ${LIVE_URL === undefined ? 'on the double' : 'on a live server'}`, () => {
  it('is killed on the way again and again, and is served only when all is there and verified', async () => {
    const before = JSON.parse((await credence(['summary', '--json', '--ledger', source])).out) as Summary;
    for (const events of [2, 20, 45]) {
      const run = start([BUILT, ...migrating, ...to()]);
      // On a live server by time: nobody counts there what has come.
      const begun = performance.now();
      const far = () =>
        double === undefined ? performance.now() - begun > 1000 + 10 * events : double.database.log.length >= events;
      const watching = setInterval(() => {
        if (far()) run.child.kill('SIGKILL');
      }, 1);
      const { code } = await run.ended;
      clearInterval(watching);
      if (code === 0) break;
      const { code: served, out } = await credence(serving(), { env: env() });
      expect({ served, out }).toMatchObject({
        served: 3,
        out: expect.stringMatching(/not finished|no ledger/) as unknown,
      });
      // On a live server it may have been too early.
      if (double === undefined && !existsSync(mark())) continue;
      expect(marked()).toMatchObject({ ledger: expect.any(String) as unknown, since: expect.any(String) as unknown });
      for (const argv of [recording, ['summary', '--ledger', source], ['serve', '--port', '0', '--ledger', source]])
        expect(await credence(argv)).toMatchObject({
          code: 3,
          err: expect.stringMatching(/is being moved to kurrentdb:.*moved\.json/s) as unknown,
        });
      const elsewhere = ['--to', 'kurrentdb://127.0.0.1:1?tls=false', ...to().slice(2)];
      expect(await credence([...migrating, ...elsewhere])).toMatchObject({
        code: 1,
        err: expect.stringContaining(`is being moved to ${marked()['to'] ?? ''}`) as unknown,
      });
      for (const argv of [
        ['record', 'Too early.'],
        ['serve', '--port', '0'],
      ])
        expect(await credence([...argv, '--ledger', url], { env: env() })).toMatchObject({
          code: 3,
          err: expect.stringContaining('not finished') as unknown,
        });
    }
    if (double !== undefined) expect(double.database.log.length).toBeLessThan(before.events);
    const last = await credence([...migrating, ...to(), '--json']);
    expect(last).toMatchObject({ code: 0, err: '' });
    const answer = JSON.parse(last.out) as MigrateAnswer;
    expect(answer).toMatchObject({ root: before.pins.asOf.root, size: before.events, missing: [] });

    const after = JSON.parse((await credence(serving(), { env: env() })).out) as Summary;
    expect(after.pins).toEqual(before.pins);
    expect(await credence([...serving(), '--as-of', before.pins.asOf.token], { env: env() })).toMatchObject({
      code: 0,
    });

    const again = await credence([...migrating, ...to(), '--json']);
    expect(JSON.parse(again.out)).toMatchObject({ copied: 0, captures: 0, root: answer.root });
  }, 240_000);

  it('stays marked where it was, and nobody opens it there', async () => {
    const { verifiedAt } = marked();
    expect(verifiedAt).toMatch(/Z$/);
    for (const argv of [recording, ['serve', '--port', '0', '--ledger', source]])
      expect(await credence(argv)).toMatchObject({
        code: 3,
        err: expect.stringContaining(`verified there at ${verifiedAt ?? ''}`) as unknown,
      });
  }, 60_000);

  it('killed between the last word in the cluster and the one in the folder, is done by the next run', async () => {
    const { verifiedAt, ...begun } = marked();
    for (const left of [begun, undefined]) {
      if (left === undefined) rmSync(mark());
      else writeFileSync(mark(), JSON.stringify(left));
      expect(await credence([...migrating, ...to()])).toMatchObject({ code: 0 });
      expect(Date.parse(marked()['verifiedAt'] ?? '')).toBeGreaterThan(Date.parse(verifiedAt ?? ''));
    }
  }, 60_000);

  it('does not migrate again to where it has been, when nothing is left there', async () => {
    writeFileSync(mark(), JSON.stringify({ ...marked(), to: 'kurrentdb://127.0.0.1:1' }));
    expect(await credence([...migrating, ...to()])).toMatchObject({ code: 1 });
    const bare = inNamespace(LIVE_URL ?? (double?.url as string));
    writeFileSync(mark(), JSON.stringify({ ...marked(), to: bare }));
    const argv = [...migrating, '--to', bare, '--captures', at('captures'), '--data', at('bare')];
    expect(await credence(argv)).toMatchObject({
      code: 3,
      err: expect.stringContaining('nothing is there now') as unknown,
    });
  }, 60_000);

  it('is given up by removing the mark, and what is unreadable is no mark that anybody passes', async () => {
    writeFileSync(mark(), '{"to":');
    for (const argv of [recording, [...migrating, ...to()]])
      expect(await credence(argv)).toMatchObject({
        code: 3,
        err: expect.stringContaining('cannot be read') as unknown,
      });
    rmSync(mark());
    expect(await credence(recording)).toMatchObject({ code: 0 });
    expect(await credence([...migrating, ...to()])).toMatchObject({
      code: 1,
      err: expect.stringContaining('before the last events') as unknown,
    });
    expect(existsSync(mark())).toBe(false);
  }, 60_000);

  it('killed when it has claimed the cluster: no other ledger begins there, and the source is as it was', async () => {
    const before = JSON.parse((await credence(['summary', '--json', '--ledger', source])).out) as Summary;
    const claimed = inNamespace(url.replace(/[?&]namespace=.*/, ''));
    const store = await openStore(claimed, at('claims'), Date.now);
    await store.migration.note('MigrationBegan', { ledger: idOf('another'), size: before.events });
    await store.close();
    const there = ['--captures', at('claimed'), '--data', at('claims')];
    const env = { CREDENCE_DATA: at('claims'), CREDENCE_CAPTURES: at('claimed') };
    for (const argv of [
      ['record', 'Another ledger.'],
      ['serve', '--port', '0'],
    ])
      expect(await credence([...argv, '--ledger', claimed], { env })).toMatchObject({
        code: 3,
        err: expect.stringContaining('not finished') as unknown,
      });
    expect(await credence([...migrating, '--to', claimed, ...there])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/is being migrated to/) as unknown,
    });
    expect(existsSync(mark())).toBe(false);
    expect(JSON.parse((await credence(['summary', '--json', '--ledger', source])).out)).toEqual(before);
  }, 120_000);

  it('does not go where another ledger is', async () => {
    const other = `sqlite:${at('other')}`;
    expect(await credence(['record', 'Another ledger.', '--ledger', other])).toMatchObject({ code: 0 });
    const argv = ['migrate', '--from', other, '--to', url, '--captures', at('captures'), '--data', at('third')];
    expect(await credence(argv)).toMatchObject({ code: 1, err: expect.stringContaining('already-exists') as unknown });
    expect(await credence(['record', 'Goes on where it is.', '--ledger', other])).toMatchObject({ code: 0 });
  }, 60_000);

  it.each([
    [['migrate', '--from', 'memory:', '--to', 'kurrentdb://x', '--captures', 'c'], /wanted sqlite:<folder>/],
    [['migrate', '--from', 'sqlite:x', '--to', 'sqlite:y', '--captures', 'c'], /wanted kurrentdb/],
  ])('%j is bad usage', async (argv, message) => {
    expect(await credence(argv)).toMatchObject({ code: 2, err: expect.stringMatching(message) as unknown });
  });
});
