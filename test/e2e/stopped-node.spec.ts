import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatCheckpoint, parseVerifierKey, signNote, verifyNote } from '@credence/integrity';
import { primitives } from '@credence/runtime';
import type { DoctorAnswer } from '@credence/runtime';
import { ed25519Verify } from '../../libs/runtime/src/ed25519.js';
import { signingKeyIn } from '../../libs/runtime/src/signing-key.js';
import { BUILT, credence, mustBeBuilt, start, temporaryFolder } from '../support/built.js';
import type { Process } from '../support/built.js';
import { claimStream, countingPrimitives, sealed } from '@credence/kernel/testing';
import { openStore } from '../support/kurrent-stores.js';
import { kurrentDouble } from '../support/kurrent-double/index.js';
import type { KurrentDouble } from '../support/kurrent-double/index.js';

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
let double: KurrentDouble;

beforeAll(async () => {
  mustBeBuilt();
  double = await kurrentDouble();
});
afterAll(async () => {
  await double.stop();
  folder.remove();
});

async function serving(...argv: string[]): Promise<{ process: Process; url: string }> {
  const process = start([BUILT, 'serve', '--port', '0', ...argv]);
  const [, url = ''] = await process.saw(/Credence serves \S+ at (http:\S+)/);
  return { process, url };
}

describe('a node that has stopped', () => {
  it.each([
    [
      'a tombstone',
      () => double.database.tombstone('ledger-main'),
      /credence: this node has stopped: ledger-main was tombstoned/,
    ],
    [
      'retention',
      () => double.database.setMetadata('ledger-main', { $maxCount: 1 }),
      /credence: this node has stopped: stream ledger-main has \$maxCount = 1/,
    ],
    [
      'a right that was taken away',
      () => {
        double.faults.deniedAll = true;
        double.dropSubscriptions();
      },
      /credence: kurrentdb:.*access denied.*needs to read \$all/,
    ],
  ])(
    'by %s says why, and ends with code 3: a supervisor starts it again, and it looks again',
    async (_, attack, said) => {
      await double.stop();
      double = await kurrentDouble();
      const options = ['--ledger', double.url, '--data', at(String(double.port))];
      const { process } = await serving(...options);
      attack();
      expect(await process.ended).toMatchObject({ code: 3, err: expect.stringMatching(said) as unknown });
      const again = await start([BUILT, 'serve', '--port', '0', ...options]).ended;
      expect(again).toMatchObject({ code: 3, err: expect.stringMatching(said) as unknown });
    },
    60_000,
  );

  it('is looked at by the doctor all the same, who says what is wrong and what to do', async () => {
    await double.stop();
    double = await kurrentDouble();
    const asked = ['doctor', '--ledger', double.url, '--data', at(String(double.port))];
    const found = await credence(asked);
    expect(found).toMatchObject({ code: 1, err: '' });
    expect(found.out).toMatch(/WRONG.*there is no ledger[\s\S]*no stream of the ledger has retention/);
    double.faults.deniedAll = true;
    const { code, out } = await credence([...asked, '--json']);
    expect(code).toBe(1);
    expect((JSON.parse(out) as DoctorAnswer).findings).toContainEqual({
      check: 'store',
      state: 'wrong',
      detail: expect.stringMatching(/access denied.*needs to read \$all/) as unknown,
      remedy: expect.stringContaining('"Rights"') as unknown,
    });
    await double.stop();
    const silent = await credence(asked);
    expect(silent).toMatchObject({ code: 1, err: '' });
    expect(silent.out).toMatch(/WRONG[\s\S]*no answer: is it running[\s\S]*look whether the cluster runs/);
    await double.start();
  }, 60_000);

  it('by a root that is not the signed one too', async () => {
    const ledger = `sqlite:${at('signed')}`;
    const { process, url } = await serving('--ledger', ledger, '--sign');
    const note = await (await fetch(`${url}/v1/log/checkpoint`)).text();
    const [origin = ''] = note.split('\n');
    process.child.kill('SIGTERM');
    expect(await process.ended).toMatchObject({ code: 0, err: '' });
    const { key, sign } = signingKeyIn(join(at('signed'), 'key'), origin);
    writeFileSync(
      join(at('signed'), 'checkpoint'),
      signNote(formatCheckpoint({ origin, size: 1, root: 'a'.repeat(64) }), key, sign),
    );
    const said = /first 1 events is [0-9a-f]{64}.*not the history that was signed/;
    expect(await start([BUILT, 'serve', '--port', '0', '--ledger', ledger]).ended).toMatchObject({
      code: 3,
      err: expect.stringMatching(said) as unknown,
    });
    expect(await credence(['list', '--ledger', ledger])).toMatchObject({
      code: 3,
      err: expect.stringMatching(said) as unknown,
    });
  }, 60_000);
});

it('a view that comes to an event which it cannot apply is named on standard error, once, and the server goes on', async () => {
  await double.stop();
  double = await kurrentDouble();
  const { process, url } = await serving('--ledger', double.url, '--data', at(String(double.port)));
  // A node of a newer release writes what this one does not know.
  const newer = await openStore(double.url, at('newer'), Date.now, { ledger: await ledgerOf(url) });
  const claim = claimStream('a');
  const dreamt = sealed(claim, 'dreamt', countingPrimitives(), { type: 'ClaimDreamt', data: {} });
  await newer.append(claim, 'no-stream', [{ ...dreamt, ledger: await ledgerOf(url) }]);
  await newer.close();
  const said = /view claims stopped at event 1 \(ClaimDreamt\)[^\n]*; the others go on \(credence doctor\)\n/g;
  const list = await fetch(`${url}/v1/claims?after=1`);
  expect(list.status).toBe(503);
  expect((await fetch(`${url}/v1/events/1`)).status).toBe(200);
  process.child.kill('SIGTERM');
  const { code, err } = await process.ended;
  expect({ code, times: err.match(said)?.length }).toEqual({ code: 0, times: 1 });
}, 60_000);

const ledgerOf = async (url: string) =>
  ((await (await fetch(`${url}/health/ready`)).json()) as { readonly ledger: string }).ledger;

it('checkpoint and key are served as plain text, and the command line prints the same', async () => {
  const ledger = `sqlite:${at('plain')}`;
  const none = await credence(['log', 'checkpoint', '--ledger', ledger]);
  expect(none.code).toBe(3);
  const { process, url } = await serving('--ledger', ledger, '--sign');
  const [checkpoint, key] = await Promise.all(
    ['checkpoint', 'key'].map(async name => {
      const answer = await fetch(`${url}/v1/log/${name}`);
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      return answer.text();
    }),
  );
  const verifier = parseVerifierKey((key ?? '').trimEnd(), primitives.sha256);
  expect(verifyNote(checkpoint ?? '', [verifier], ed25519Verify).by).toEqual([verifier]);
  for (const where of [url, ledger]) {
    expect((await credence(['log', 'checkpoint', '--ledger', where])).out).toBe(checkpoint);
    expect((await credence(['log', 'key', '--json', '--ledger', where])).out).toBe(key);
  }
  process.child.kill('SIGTERM');
  await process.ended;
}, 60_000);
