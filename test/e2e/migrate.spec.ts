import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MigrateAnswer } from '@credence/runtime';
import { BUILT, credence, mustBeBuilt, start, temporaryFolder } from '../support/built.js';
import { kurrentDouble } from '../support/kurrent-double/index.js';
import type { KurrentDouble } from '../support/kurrent-double/index.js';
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
  }, 120_000);

  it('does not go where another ledger is', async () => {
    const other = `sqlite:${at('other')}`;
    expect(await credence(['record', 'Another ledger.', '--ledger', other])).toMatchObject({ code: 0 });
    const argv = ['migrate', '--from', other, '--to', url, '--captures', at('captures'), '--data', at('third')];
    expect(await credence(argv)).toMatchObject({ code: 1, err: expect.stringContaining('already-exists') as unknown });
  }, 60_000);

  it.each([
    [['migrate', '--from', 'memory:', '--to', 'kurrentdb://x', '--captures', 'c'], /wanted sqlite:<folder>/],
    [['migrate', '--from', 'sqlite:x', '--to', 'sqlite:y', '--captures', 'c'], /wanted kurrentdb/],
  ])('%j is bad usage', async (argv, message) => {
    expect(await credence(argv)).toMatchObject({ code: 2, err: expect.stringMatching(message) as unknown });
  });
});
