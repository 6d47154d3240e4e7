import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { formatCheckpoint, parseCheckpoint, parseVerifierKey, signNote, verifyNote } from '@credence/integrity';
import { openLedger, primitives } from '@credence/runtime';
import type { LedgerConfig, LocalLedger } from '@credence/runtime';
import { ed25519Verify } from '../../libs/runtime/src/ed25519.js';
import { newSigningKey, signingKeyIn } from '../../libs/runtime/src/signing-key.js';
import type { SigningKey } from '../../libs/runtime/src/signing-key.js';
import { kurrentDouble } from '../support/kurrent-double/index.js';
import type { KurrentDouble } from '../support/kurrent-double/index.js';
import { temporaryFolder } from '../support/live-kurrent.js';

let folders: string[];
let ledgers: LocalLedger[];
let double: KurrentDouble | undefined;
beforeEach(() => {
  folders = [];
  ledgers = [];
});
afterEach(async () => {
  for (const ledger of ledgers) await ledger.close();
  await double?.stop();
  double = undefined;
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = temporaryFolder();
  folders.push(made);
  return made;
}

async function open(config: Omit<LedgerConfig, 'actor'>): Promise<LocalLedger> {
  const ledger = await openLedger({ actor: 'ada', ...config });
  ledgers.push(ledger);
  return ledger;
}

const record = (ledger: LocalLedger, text: string) =>
  ledger.execute({ command: 'RecordClaim', data: {}, words: { text }, actor: 'ada' });

/** Asks again until `wanted` holds, for 10 s at most. */
async function until<T>(ask: () => Promise<T>, wanted: (found: T) => boolean): Promise<T> {
  for (const begun = performance.now(); ;) {
    const found = await ask();
    if (wanted(found) || performance.now() - begun > 10_000) return found;
    await new Promise(again => setTimeout(again, 20));
  }
}

const checkpointIn = (note: string) => parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1));
const originOf = async (ledger: LocalLedger) => ((await ledger.event(0)).data as { origin: string }).origin;
const root = async (ledger: LocalLedger) => (await ledger.summary()).pins.asOf.root;

/** A note over a history that never was, signed with `signing`. */
const forged = (origin: string, size: number, { key, sign }: SigningKey, digit = 'a') =>
  signNote(formatCheckpoint({ origin, size, root: digit.repeat(64) }), key, sign);

const publish = (note: string) => {
  const database = (double as KurrentDouble).database;
  const last = (database.stream('checkpoint-main') as readonly { revision: bigint }[] | undefined)?.at(-1)?.revision;
  const event = { id: crypto.randomUUID(), type: 'CheckpointSigned', contentType: 'application/json' };
  const data = Buffer.from(JSON.stringify({ note }));
  database.append('checkpoint-main', last ?? 'no_stream', [{ ...event, data, metadata: new Uint8Array() }]);
};

describe.each(['memory', 'sqlite', 'kurrentdb on the double'])('a ledger that is signed, %s', store => {
  it('adopts its key, once, and its checkpoint names size and root under that key', async () => {
    const own = folder();
    if (store.startsWith('kurrentdb')) double = await kurrentDouble();
    const url = store === 'memory' ? 'memory:' : store === 'sqlite' ? `sqlite:${own}` : (double as KurrentDouble).url;
    const config = { url, data: own, sign: true };
    const ledger = await open(config);
    await record(ledger, 'Signed.');
    const note = await until(
      () => ledger.logCheckpoint(),
      found => checkpointIn(found).size === 3,
    );
    const key = parseVerifierKey(await ledger.logKey(), primitives.sha256);
    expect(verifyNote(note, [key], ed25519Verify).by).toEqual([key]);
    expect(checkpointIn(note)).toEqual({ origin: await originOf(ledger), size: 3, root: await root(ledger) });
    expect(await ledger.event(1)).toMatchObject({ type: 'SigningKeyAdopted', stream: 'ledger-main' });
    if (store === 'memory') return;
    expect(statSync(join(own, 'key')).mode & 0o777).toBe(0o600);
    await ledger.close();
    const again = await open(config);
    expect((await again.health()).head).toBe(2);
    expect(await again.logCheckpoint()).toBe(note);
  }, 30_000);
});

it('a ledger that nobody signs has no checkpoint and no key, and says how to get them', async () => {
  const ledger = await open({ url: 'memory:' });
  await expect(ledger.logCheckpoint()).rejects.toMatchObject({ code: 'not-found', message: /--sign/ as never });
  await expect(ledger.logKey()).rejects.toMatchObject({ code: 'not-found' });
});

describe('on a cluster', () => {
  const two = async () => {
    double = await kurrentDouble();
    const own = folder();
    const signer = await open({ url: double.url, data: own, sign: true });
    const other = await open({ url: double.url, data: folder() });
    await record(signer, 'On every node.');
    const origin = await originOf(signer);
    return { signer, other, origin, signing: signingKeyIn(join(own, 'key'), origin) };
  };

  it('every node serves the newest checkpoint, one that came later too; it has no seq', async () => {
    const { signer, other } = await two();
    const note = await until(
      () => signer.logCheckpoint(),
      found => checkpointIn(found).size === 3,
    );
    expect(
      await until(
        () => other.logCheckpoint(),
        found => found === note,
      ),
    ).toBe(note);
    const late = await open({ url: (double as KurrentDouble).url, data: folder() });
    expect(await late.logCheckpoint()).toBe(note);
    expect((await late.health()).head).toBe(2);
  }, 30_000);

  it('a node whose root is not the signed one stops: it names size, both roots and the key', async () => {
    const { signer, other, origin, signing } = await two();
    const own = await root(signer);
    publish(forged(origin, 3, signing));
    for (const { code, message } of await Promise.all([signer.failed, other.failed])) {
      expect(code).toBe('store-unavailable');
      for (const part of ['first 3 events', own, 'a'.repeat(64), `${origin}+${signing.key.id}`])
        expect(message).toContain(part);
    }
    for (const answer of [
      () => other.health(),
      () => other.claims(),
      () => other.event(0),
      () => other.logCheckpoint(),
      () => record(other, 'Not here.'),
    ])
      await expect(answer()).rejects.toThrow(/not the history that was signed/);
    const doctor = await other.doctor();
    expect(doctor.findings.filter(({ check }) => check === 'checkpoints')).toContainEqual(
      expect.objectContaining({ state: 'wrong' }),
    );

    // A node that is new finds out at its start.
    const late = await open({ url: (double as KurrentDouble).url, data: folder() });
    await expect(late.claims()).rejects.toThrow(/not the history that was signed/);
  }, 30_000);

  it.each([
    ['of a key that the ledger has not adopted', /no key that this ledger has adopted/],
    ['of another log', /it is of the log credence\/another/],
    ['with a signature that does not fit', /does not fit the text/],
    ['that is none at all', /malformed note/],
  ])(
    'a note %s stops nobody, and the doctor names it',
    async (which, said) => {
      const { signer, other, origin, signing } = await two();
      const note = await until(
        () => signer.logCheckpoint(),
        found => checkpointIn(found).size === 3,
      );
      await until(
        () => other.logCheckpoint(),
        found => found === note,
      );
      publish(
        which.startsWith('of a key')
          ? forged(origin, 3, newSigningKey(origin))
          : which.startsWith('of another')
            ? forged('credence/another', 3, signing)
            : which.startsWith('with')
              ? forged(origin, 3, signing).replace('qqqq', 'rrrr')
              : 'nothing\n',
      );
      await record(other, 'It goes on.');
      await until(
        () => other.doctor(),
        ({ ok }) => !ok,
      );
      const findings = (await other.doctor()).findings.filter(({ check }) => check === 'checkpoints');
      expect(findings).toContainEqual(
        expect.objectContaining({ state: 'wrong', detail: expect.stringMatching(said) as unknown }),
      );
      expect(checkpointIn(await other.logCheckpoint()).origin).toBe(origin);
      const late = await open({ url: (double as KurrentDouble).url, data: folder() });
      expect(checkpointIn(await late.logCheckpoint()).origin).toBe(origin);
    },
    30_000,
  );
});

describe('in a folder', () => {
  const signed = async () => {
    const own = folder();
    const ledger = await open({ url: `sqlite:${own}`, sign: true });
    await record(ledger, 'In a folder.');
    const origin = await originOf(ledger);
    await ledger.close();
    return { own, origin, signing: signingKeyIn(join(own, 'key'), origin) };
  };

  it('is signed a last time when it is closed', async () => {
    const { own } = await signed();
    expect(checkpointIn(readFileSync(join(own, 'checkpoint'), 'utf8')).size).toBe(3);
  });

  it.each([
    [3, /the root over its first 3 events is [0-9a-f]{64}, and in a checkpoint .* it is a{64}/],
    [4, /its log has 3 events, and a checkpoint .* is over 4 .*events are gone/],
  ])('a signed checkpoint over %s events that the log does not fit stops it', async (size, said) => {
    const { own, origin, signing } = await signed();
    writeFileSync(join(own, 'checkpoint'), forged(origin, size, signing));
    const ledger = await open({ url: `sqlite:${own}`, sign: true });
    await expect(ledger.claims()).rejects.toThrow(said);
    await expect(record(ledger, 'Not here.')).rejects.toThrow(said);
    await expect(ledger.health()).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(await ledger.failed).toMatchObject({ message: expect.stringMatching(said) as unknown });
    // It may still be looked into.
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });

  it.each([
    ['others may read', (file: string) => chmodSync(file, 0o644), /chmod 600/],
    [
      'is of another ledger',
      (file: string) => {
        rmSync(file);
        signingKeyIn(file, 'credence/another');
      },
      /it is the key of credence\/another/,
    ],
    ['is none', (file: string) => writeFileSync(file, 'no key\n'), /holds no signing key/],
  ])('a key that %s signs nothing', async (_, spoil, said) => {
    const { own } = await signed();
    spoil(join(own, 'key'));
    await expect(open({ url: `sqlite:${own}`, sign: true })).rejects.toThrow(said);
    const unsigned = await open({ url: `sqlite:${own}` });
    expect((await unsigned.claims()).items).toHaveLength(1);
  });
});
