import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RebuildAnswer, VerifyAnswer } from '@credence/runtime';
import { BUILT, credence, mustBeBuilt, start, temporaryFolder } from '../support/built.js';
import type { Process } from '../support/built.js';
import { kurrentDouble } from '../support/kurrent-double/index.js';
import type { KurrentDouble } from '../support/kurrent-double/index.js';
import { inNamespace, LIVE_URL } from '../support/live-kurrent.js';

/** How many commands the two nodes take; more on a live server. */
const COMMANDS = Number(process.env['CREDENCE_NODE_COMMANDS'] ?? 160);
const CLIENTS = 16;
/** A node that is new builds its read models of all that. */
const PATIENCE_MS = 60_000 + 60 * COMMANDS;

const folder = temporaryFolder();
let double: KurrentDouble | undefined;
let url: string;
const running = new Set<Process>();

beforeAll(async () => {
  mustBeBuilt();
  double = LIVE_URL === undefined ? await kurrentDouble() : undefined;
  url = inNamespace(LIVE_URL ?? (double?.url as string));
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await double?.stop();
  folder.remove();
});

interface Node {
  readonly process: Process;
  readonly at: string;
}

async function node(name: string, port = '0'): Promise<Node> {
  const options = ['--data', join(folder.path, name), '--captures', join(folder.path, 'captures'), '--port', port];
  const started = start([BUILT, 'serve', '--ledger', url, ...options]);
  running.add(started);
  void started.ended.then(() => running.delete(started));
  const [, at = ''] = await started.saw(/Credence serves \S+ at (http:\S+)/);
  return { process: started, at };
}

const post = (at: string, path: string, body: object, key?: string, patienceMs = 60_000) =>
  fetch(`${at}/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'credence-actor': 'ada',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
  });

const get = async <T>(at: string, path: string): Promise<T> => (await fetch(`${at}/v1${path}`)).json() as Promise<T>;

/** Asks again while the read models of a node that is new are being built. */
async function whole<T>(at: string, path: string): Promise<T> {
  for (;;) {
    const answer = await fetch(`${at}/v1${path}`);
    if (answer.status !== 503) return (await answer.json()) as T;
    await new Promise(again => setTimeout(again, 200));
  }
}

interface Receipt {
  readonly id: string;
  readonly seq?: number;
}

const name = LIVE_URL === undefined ? 'on the double' : 'on a live server';

describe(`two nodes over one store, ${name}`, () => {
  it(`take ${String(COMMANDS)} commands from ${String(CLIENTS)} clients while one is killed and comes back: none is lost, none is twice`, async () => {
    const first = await node('one');
    let second = await node('two');
    const port = new URL(second.at).port;
    const acknowledged = new Map<string, Receipt>();

    /** Sends a command until it is acknowledged, to whichever node answers. */
    const command = async (client: number, path: string, body: object, key: string): Promise<Receipt> => {
      for (let attempt = 0; attempt < 200; attempt++) {
        const at = (client + attempt) % 2 === 0 ? first.at : second.at;
        try {
          const answer = await post(at, path, body, key);
          const receipt = (await answer.json()) as Receipt;
          if (answer.ok && answer.status !== 202) {
            acknowledged.set(key, receipt);
            return receipt;
          }
          if (answer.status < 500 && answer.status !== 412 && answer.status !== 202)
            throw new TypeError(`${path}: ${String(answer.status)} ${JSON.stringify(receipt)}`);
        } catch (error) {
          if (error instanceof TypeError && error.message.startsWith('/')) throw error;
        }
        await new Promise(again => setTimeout(again, 20 + Math.random() * 80));
      }
      throw new Error(`${key} was never acknowledged`);
    };

    const shared = await command(0, '/claims', { text: 'All clients confirm it.' }, 'shared');
    let done = 0;
    const client = async (n: number) => {
      const each = Math.floor(COMMANDS / CLIENTS);
      const mine = await command(n, '/claims', { text: `Claim of client ${String(n)}.` }, `${String(n)}-claim`);
      const source = await command(
        n,
        '/sources',
        { kind: 'person', name: `Witness ${String(n)}` },
        `${String(n)}-source`,
      );
      let last = mine;
      for (let i = 2; i < each; i++, done++) {
        const key = `${String(n)}-${String(i)}`;
        const reason = `Look ${key}.`;
        const mix: readonly (readonly [path: string, body: object])[] = [
          [`/claims/${shared.id}/confirmations`, { reason }],
          [`/claims/${mine.id}/confirmations`, { reason }],
          ['/claims', { text: `Another claim, ${key}.` }],
          [
            `/claims/${mine.id}/assertions`,
            { source: source.id, stance: i % 3 === 0 ? 'denies' : 'asserts', note: key },
          ],
          [`/claims/${mine.id}/corrections`, { set: { note: key }, reason }],
          [`/claims/${last.id}/links`, { to: shared.id, kind: 'tension', reason }],
          [`/sources/${source.id}/grades`, { grade: i % 16 < 8 ? 'B' : 'C', reason }],
          [`/claims/${last.id}/retractions`, { by: 'ledger', reason }],
        ];
        const [path, body] = mix[i % mix.length] as (typeof mix)[number];
        const written = await command(n, path, body, key);
        if (path === '/claims') last = written;
      }
    };
    const kill = async () => {
      while (done < COMMANDS / 3) await new Promise(again => setTimeout(again, 5));
      second.process.child.kill('SIGKILL');
      await second.process.ended;
      second = await node('two', port);
    };
    await Promise.all([kill(), ...Array.from({ length: CLIENTS }, (_, n) => client(n))]);

    const seqs = [...acknowledged.values()].map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(acknowledged.size);
    const head = Math.max(...(seqs as number[]));
    expect(head).toBe(acknowledged.size); // and the event that opened the ledger

    // A third node, which was never there, comes to the same.
    const third = await node('three');
    const nodes = [first, second, third];
    const states = await Promise.all(
      nodes.map(async ({ at }) => {
        const claims = await whole<{ pins: { asOf: { root: string; treeSize: number } } }>(
          at,
          `/claims?after=${String(head)}&limit=1`,
        );
        const { root, ok } = await get<VerifyAnswer>(at, '/operations/verification');
        const rebuilt = (await (
          await post(at, '/operations/rebuild', {}, undefined, PATIENCE_MS)
        ).json()) as RebuildAnswer;
        expect({ ok, rebuilt: rebuilt.ok }).toEqual({ ok: true, rebuilt: true });
        const { treeSize } = claims.pins.asOf;
        return {
          root,
          asOf: claims.pins.asOf.root,
          treeSize,
          views: rebuilt.items.map(({ view, fingerprint }) => [view, fingerprint]),
        };
      }),
    );
    expect(states[0]).toMatchObject({ treeSize: head + 1, asOf: states[0]?.root });
    expect(states[1]).toEqual(states[0]);
    expect(states[2]).toEqual(states[0]);
  }, 1_200_000);

  it(
    'a write on one is seen on the other with after=<seq>',
    async () => {
      const [one, two] = [await node('four'), await node('five')];
      for (const { at } of [one, two]) await whole(at, '/summary');
      for (let i = 0; i < 5; i++) {
        const written = (await (
          await post(one.at, '/claims', { text: `Seen next door, ${String(i)}.` })
        ).json()) as Receipt;
        const found = await fetch(`${two.at}/v1/claims/${written.id}?after=${String(written.seq)}`);
        expect(found.status).toBe(200);
      }
    },
    PATIENCE_MS,
  );

  it(
    'a verb asks the server that holds the node’s folder, and doctor says what it finds',
    async () => {
      const data = join(folder.path, 'four');
      const env = { CREDENCE_DATA: data, CREDENCE_CAPTURES: join(folder.path, 'captures') };
      const { code, out } = await credence(['doctor', '--json', '--ledger', url], { env });
      const findings = (JSON.parse(out) as { findings: { check: string; detail: string }[] }).findings;
      expect(code).toBe(0);
      expect(
        findings
          .filter(({ check }) => check === 'cluster')
          .map(({ detail }) => detail)
          .join('\n'),
      ).toMatch(/no stream of the ledger has retention[\s\S]*no foreign events[\s\S]*has read all events/);
    },
    PATIENCE_MS,
  );
});

it('where the client cannot be loaded, every other store works, and this one says so', async () => {
  const without = join(folder.path, 'without-client.cjs');
  writeFileSync(
    without,
    `const Module = require('node:module');
    const { _resolveFilename } = Module;
    Module._resolveFilename = function (name, ...rest) {
      if (/^@kurrent\\/bridge/.test(name)) throw new Error('no native part here');
      return _resolveFilename.call(this, name, ...rest);
    };`,
  );
  const run = (ledger: string) =>
    start(['--require', without, BUILT, 'record', 'Without the client.', '--ledger', ledger]).ended;
  expect(await run(`sqlite:${join(folder.path, 'embedded')}`)).toMatchObject({ code: 0, err: '' });
  expect(await run('kurrentdb://127.0.0.1:9?tls=false')).toMatchObject({
    code: 3,
    err: expect.stringMatching(/cannot be loaded[\s\S]*no native part here/) as unknown,
  });
}, 60_000);
