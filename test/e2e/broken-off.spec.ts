import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { BUILT, credence, mustBeBuilt, start, temporaryFolder } from '../support/built.js';
import type { Process } from '../support/built.js';

const CLAIMS = 4000;
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const dossier = at('many.json');

beforeAll(() => {
  mustBeBuilt();
  const claims = Array.from({ length: CLAIMS }, (_, n) => ({ key: `c${String(n)}`, text: `Claim ${String(n)}.` }));
  const rows = claims.map(claim => JSON.stringify(claim)).join(',\n');
  writeFileSync(dossier, `{"dossier":1,"id":"many","claims":[\n${rows}\n]}\n`);
});
const servers: Process[] = [];
afterAll(async () => {
  for (const { child } of servers) child.kill('SIGKILL');
  await Promise.all(servers.map(({ ended }) => ended));
  folder.remove();
});

/** How many events the folder's ledger has on the disk; undefined: it has no tables yet. */
function eventsIn(ledger: string): number | undefined {
  const file = join(ledger, 'events.sqlite');
  if (!existsSync(file)) return undefined;
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare<[], number>('SELECT count(*) FROM events').pluck().get();
  } catch {
    return undefined;
  } finally {
    db.close();
  }
}

/** Resolves when an import into the folder is under way. @throws when it came to its end before */
async function underWay(ledger: string, ended: Promise<unknown>): Promise<number> {
  let over = false;
  void ended.then(() => (over = true));
  for (;;) {
    const count = eventsIn(ledger) ?? 0;
    if (count > 1 && count < CLAIMS / 2) return count;
    if (over || count >= CLAIMS / 2) throw new Error(`the import was at ${String(count)} events when it was looked at`);
    await pause(1);
  }
}

interface Imported {
  readonly new: number;
  readonly unchanged: number;
  readonly rejected: readonly unknown[];
}

/** The import again, to its end: nothing is there twice, nothing is missing, every hash is right. */
async function finished(ledger: string, seen: number): Promise<void> {
  const again = await credence(['import', 'dossier', dossier, '--ledger', ledger, '--json']);
  const answer = JSON.parse(again.out) as Imported;
  expect([again.code, answer.rejected]).toEqual([0, []]);
  expect(answer.new + answer.unchanged).toBe(CLAIMS);
  expect(answer.unchanged).toBeGreaterThanOrEqual(seen - 1); // what was on the disk, without the ledger's own event
  const verified = await credence(['verify', '--ledger', ledger, '--json']);
  expect([verified.code, JSON.parse(verified.out)]).toMatchObject([0, { ok: true, size: CLAIMS + 1 }]);
}

describe('an import that is broken off', () => {
  it('by Ctrl-C says so, keeps what was acknowledged, and goes on when it is sent again', async () => {
    const ledger = at('interrupted');
    const { child, ended } = start([BUILT, 'import', 'dossier', dossier, '--ledger', `sqlite:${ledger}`]);
    const seen = await underWay(ledger, ended);
    child.kill('SIGINT');
    const { code, out, err } = await ended;
    expect([code, out]).toEqual([130, '']);
    expect(err).toBe(
      'credence import: stopped; what is recorded so far stays, and the same import again does the rest\n',
    );
    expect(eventsIn(ledger)).toBeLessThan(CLAIMS);
    await finished(`sqlite:${ledger}`, seen);
  }, 120_000);

  it('by the end of the server says so with code 3, and goes on when the server is there again', async () => {
    const ledger = at('served');
    const serve = async () => {
      const process = start([BUILT, 'serve', '--port', '0', '--ledger', `sqlite:${ledger}`]);
      servers.push(process);
      const [, url = ''] = await process.saw(/Credence serves \S+ at (http:\S+)/);
      return { process, url };
    };
    const { process: server, url } = await serve();
    const { ended } = start([BUILT, 'import', 'dossier', dossier, '--ledger', url]);
    const seen = await underWay(ledger, ended);
    server.child.kill('SIGKILL');
    const { code, out, err } = await ended;
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(`${url} went away before its answer was whole`);
    expect(err).toContain('can be sent again');
    expect((await credence(['list', '--ledger', url])).err).toContain(`${url} cannot be reached: ECONNREFUSED`);
    const again = await serve();
    await finished(again.url, seen);
    again.process.child.kill('SIGTERM');
    expect((await again.process.ended).code).toBe(0);
  }, 120_000);
});

describe('a read that is broken off', () => {
  it.each([
    ['an answer', ['summary']],
    ['a text', ['log', 'key']],
  ])('says so with code 3: %s', async (_what, argv) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"sources":', () => response.destroy());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    try {
      const { code, out, err } = await credence([...argv, '--ledger', url]);
      expect([code, out]).toEqual([3, '']);
      expect(err).toContain(`${url} went away before its answer was whole`);
      expect(err).not.toMatch(/^\s+at /m);
    } finally {
      server.close();
    }
  });
});
