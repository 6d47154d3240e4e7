/* Imports of many assertions, as a dossier and as commands over HTTP; views catching up; rebuilding one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import Database from 'better-sqlite3';
import { applyPage, projection } from '../dist/libs/kernel/src/index.js';
import { openLedger, primitives } from '../dist/libs/runtime/src/index.js';
import { serve } from '../dist/apps/api/src/serve.js';
import { openSqliteEventStore } from '../dist/libs/event-store-sqlite/src/index.js';
import { openSqliteViewStore } from '../dist/libs/view-store-sqlite/src/index.js';
import { VIEWS } from '../dist/libs/views/src/index.js';
import { interleaved, median, ratio, timed } from './measure.mjs';

const SCALE = Number(process.env.CREDENCE_BENCH_SCALE ?? 1);
const ASSERTIONS = Math.max(50, Math.round(100_000 * SCALE));
const CLAIMS = Math.ceil(ASSERTIONS / 5);
const FOR_EVER_MS = 2 ** 31 - 1;

export const title = 'Import and rebuild';

export async function run() {
  const root = mkdtempSync(join(process.env.CREDENCE_BENCH_FOLDER ?? tmpdir(), 'credence-bench-'));
  try {
    const caughtUp = [];
    const imports = await interleaved(
      {
        'a dossier, imported in process': round => byDossier(join(root, `dossier-${round}`), caughtUp),
        'NDJSON to POST /v1/commands': round => byCommands(join(root, `commands-${round}`)),
      },
      3,
    );
    const views = await rebuilds(join(root, 'dossier-0'));
    return {
      results: { ...imports, 'views catching up': { rate: median(caughtUp), unit: 'events/s' }, ...views },
      targets: [
        {
          what: 'NDJSON commands against import in process',
          reach: 0.6,
          ...ratio(imports, 'NDJSON to POST /v1/commands', 'a dossier, imported in process'),
        },
        {
          what: 'rebuild of the summary view against scan + JSON.parse of data',
          reach: 0.8,
          ...ratio(views, 'rebuild of the summary view', 'scan + JSON.parse of data'),
        },
      ],
      notes: [
        `${ASSERTIONS.toLocaleString('en')} assertions on ${CLAIMS.toLocaleString('en')} claims, imported until the last is acknowledged; the views, which catch up meanwhile and after, are measured apart, from nothing.`,
      ],
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const sourceOf = n => `s${n % 997}`;

/** JSON is YAML; each entry on a line of its own, as large dossiers want it. */
function dossierText() {
  const rows = list => `[\n${list.map(row => JSON.stringify(row)).join(',\n')}\n]`;
  const sources = Array.from({ length: 997 }, (_, n) => ({ key: `s${n}`, kind: 'record', name: `Source ${n}` }));
  const claims = Array.from({ length: CLAIMS }, (_, n) => ({ key: `c${n}`, text: `Claim ${n} of the bench.` }));
  const assertions = Array.from({ length: ASSERTIONS }, (_, n) => ({
    key: `a${n}`,
    claim: `c${Math.floor(n / 5)}`,
    source: sourceOf(n),
    ...(n % 5 === 0 ? { stance: 'asserts', basis: 'first-hand' } : { relays: [`a${n - 1}`] }),
    hold: 'held',
    holdReason: 'printed copy in the file',
    assertedAt: '2019-04-18',
    locator: `p. ${n % 400}`,
  }));
  return `{"dossier":1,"id":"bench",\n"sources":${rows(sources)},\n"claims":${rows(claims)},\n"assertions":${rows(assertions)}}\n`;
}

async function byDossier(folder, caughtUp) {
  const bytes = Buffer.from(dossierText());
  const ledger = await openLedger({ url: `sqlite:${folder}`, actor: 'bench' });
  try {
    const rate = await timed(ASSERTIONS, async () => {
      const answer = await ledger.importDossier({
        file: 'bench.json',
        bytes,
        readFile: async () => undefined,
        actor: 'bench',
      });
      if (answer.rejected.length > 0) throw new Error(JSON.stringify(answer.rejected[0]));
    });
    return rate;
  } finally {
    await ledger.close();
    caughtUp.push(await caughtUpFrom(folder));
  }
}

/** Events a second of all views together, from nothing. */
async function caughtUpFrom(folder) {
  rmSync(join(folder, 'views.sqlite'), { force: true });
  for (const end of ['-wal', '-shm']) rmSync(join(folder, `views.sqlite${end}`), { force: true });
  const ledger = await openLedger({ url: `sqlite:${folder}`, actor: 'bench' });
  try {
    const { head } = await ledger.health();
    return await timed(head + 1, () => ledger.built(FOR_EVER_MS));
  } finally {
    await ledger.close();
  }
}

async function byCommands(folder) {
  const served = await serve(await openLedger({ url: `sqlite:${folder}`, actor: 'bench' }), { port: 0 });
  try {
    const sources = await posted(
      served.url,
      commands('RegisterSource', 997, n => ({ data: { kind: 'record' }, words: { name: `Source ${n}` } })),
    );
    const claims = await posted(
      served.url,
      commands('RecordClaim', CLAIMS, n => ({ data: {}, words: { text: `Claim ${n} of the bench.` } })),
    );
    // In five rounds, so that a relay can name what the round before it made.
    let before = [];
    return await timed(ASSERTIONS, async () => {
      for (let round = 0, left = ASSERTIONS; left > 0; round++) {
        const count = Math.min(CLAIMS, left);
        left -= count;
        const lines = commands('RecordAssertion', count, n => ({
          target: claims[n],
          data: {
            source: sources[(n * 5 + round) % 997],
            ...(round === 0 ? { stance: 'asserts', basis: 'first-hand' } : { relays: [{ assertion: before[n] }] }),
            hold: 'held',
            assertedAt: { edtf: '2019-04-18' },
          },
          words: { holdReason: 'printed copy in the file', locator: `p. ${n % 400}` },
        }));
        before = await posted(served.url, lines);
      }
    });
  } finally {
    await served.close();
  }
}

function* commands(command, count, of) {
  for (let n = 0; n < count; n++) yield `${JSON.stringify({ command, ...of(n) })}\n`;
}

/** Sends lines and reads receipts at the same time. @returns the ids made, in order */
function posted(url, lines) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-ndjson', 'credence-actor': 'bench' };
    const sent = request(`${url}/v1/commands`, { method: 'POST', headers }, async answer => {
      try {
        const ids = [];
        let rest = '';
        for await (const chunk of answer.setEncoding('utf8')) {
          const parts = `${rest}${chunk}`.split('\n');
          rest = parts.pop();
          for (const part of parts) {
            const receipt = JSON.parse(part);
            if (receipt.id === undefined) throw new Error(part);
            ids.push(receipt.id);
          }
        }
        resolve(ids);
      } catch (error) {
        reject(error);
      }
    });
    sent.on('error', reject);
    Readable.from(lines, { objectMode: false }).pipe(sent);
  });
}

async function rebuilds(folder) {
  const store = await openSqliteEventStore({ folder, clock: Date.now, sha256: primitives.sha256 });
  const db = new Database(join(folder, 'events.sqlite'), { readonly: true });
  const scan = db.prepare('SELECT data FROM events ORDER BY seq').pluck();
  const { summary } = VIEWS(primitives.sha256);
  const count = store.log.head().size;
  try {
    return await interleaved({
      'rebuild of the summary view': round =>
        timed(count, async () => {
          const views = openSqliteViewStore({ file: join(folder, `rebuilt-${round}.sqlite`) });
          const view = projection(summary, views.open(summary));
          for await (const page of store.readAll(null)) applyPage(view, page);
          views.close();
        }),
      'scan + JSON.parse of data': () =>
        timed(count, async () => {
          let sum = 0;
          for (const data of scan.iterate()) sum += Object.keys(JSON.parse(data)).length;
          return sum;
        }),
    });
  } finally {
    db.close();
    await store.close();
  }
}
