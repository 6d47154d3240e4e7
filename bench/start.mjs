/* A ledger of a million events: how soon a process of its own answers on it, and whether a command that is repeated after all of
 * them is still known (promise 2). */
import { spawn } from 'node:child_process';
import { deepStrictEqual } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { seal } from '../dist/libs/kernel/src/index.js';
import { openSqliteEventStore } from '../dist/libs/event-store-sqlite/src/index.js';
import { openLedger, primitives } from '../dist/libs/runtime/src/index.js';
import { idOf, payload } from './events.mjs';
import { median, timed } from './measure.mjs';

const SCALE = Number(process.env.CREDENCE_BENCH_SCALE ?? 1);
const EVENTS = Math.max(1000, Math.round(1_000_000 * SCALE));
const ROUNDS = 5;
const SOURCES = 997;
const PER_CLAIM = 5;
const APPENDS = 200;
const FOR_EVER_MS = 2 ** 31 - 1;
/** As people start it: what was compiled once is kept. */
const MAIN = join(import.meta.dirname, '..', 'scripts', 'credence.mjs');

export const title = 'A million events';

export async function run() {
  const root = mkdtempSync(join(process.env.CREDENCE_BENCH_FOLDER ?? tmpdir(), 'credence-bench-'));
  const folder = join(root, 'ledger');
  const url = `sqlite:${folder}`;
  try {
    const first = await inLedger(url, ledger => ledger.execute(FIRST));
    const recorded = await timed(EVENTS, () => fill(folder, first.receipt));
    const caughtUp = await inLedger(url, ledger => timed(EVENTS, () => settled(ledger)));
    await inLedger(url, ledger => repeated(ledger, first));
    const claim = idOf(`c${Math.floor(EVENTS / PER_CLAIM / 2)}`);
    const cold = {
      show: await times(() => until(['show', claim, '--ledger', url])),
      list: await times(() => until(['list', '--ledger', url])),
      summary: await times(() => until(['summary', '--ledger', url])),
      ready: await times(() => until(['serve', '--port', '0', '--ledger', url], /Credence serves/)),
      node: await times(() => until(['--help'])),
    };
    return {
      results: {
        'recorded at the port, sealed': { rate: recorded },
        'views catching up, beliefs computed': { rate: caughtUp, unit: 'events/s' },
      },
      targets: [
        { what: '`show`, cold start', reach: 300, unit: ' ms', ...cold.show },
        { what: '`list`, cold start', unit: ' ms', ...cold.list },
        { what: '`summary`, cold start', unit: ' ms', ...cold.summary },
        { what: '`serve`, cold start until it is ready', reach: 2000, unit: ' ms', ...cold.ready },
        { what: 'the process alone: `credence --help`', unit: ' ms', ...cold.node },
      ],
      notes: [
        `${EVENTS.toLocaleString('en')} events: claims of four assertions each. Times are to stay below what is to be reached.`,
        'The first command, repeated after all of them: the original receipt; with other content: refused. The benchmark fails where that is not so.',
      ],
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const FIRST = {
  actor: 'bench',
  command: 'RecordClaim',
  idempotencyKey: 'a-million-events-ago',
  data: {},
  words: { text: 'The first claim of all.' },
};

async function inLedger(url, work) {
  const ledger = await openLedger({ url, actor: 'bench' });
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}

/** @throws if the ledger has forgotten its first command, or takes another for it */
async function repeated(ledger, first) {
  const again = await ledger.execute(FIRST);
  deepStrictEqual([again.receipt, again.replayed], [first.receipt, true]);
  const other = await ledger.execute({ ...FIRST, words: { text: 'Another claim under the same key.' } });
  deepStrictEqual(other.refused, 'idempotency-conflict');
}

async function settled(ledger) {
  await ledger.built(FOR_EVER_MS);
  for (;;) {
    const { views } = await ledger.health();
    if (views.every(({ unsettled = 0 }) => unsettled === 0)) return;
    await new Promise(resume => setTimeout(resume, 50));
  }
}

/** Records claims of four assertions each at the port, a thousand events to a commit. */
async function fill(folder, { seq }) {
  const store = await openSqliteEventStore({ folder, clock: Date.now, sha256: primitives.sha256 });
  const { ledger } = await store.readEvent(seq);
  let commands = 0;
  const sealed = (stream, type, data, words) => {
    const commandId = `00000000-0000-8000-8000-${(commands++).toString(16).padStart(12, '0')}`;
    const head = { type, schemaVersion: 1, actor: 'bench', commandHash: '0'.repeat(64), correlationId: 'bench' };
    return seal(stream, { ...head, commandId, ledger }, { data, words }, primitives);
  };
  const source = n => {
    const stream = `source-${idOf(`s${n}`)}`;
    const event = sealed(stream, 'SourceRegistered', { kind: 'record' }, { name: `Source ${n} of the bench` });
    return store.append(stream, 'no-stream', [event]);
  };
  const claim = n => {
    const stream = `claim-${idOf(`c${n}`)}`;
    const said = Array.from({ length: PER_CLAIM - 1 }, (_, i) => {
      const { data, words } = payload(n * PER_CLAIM + i);
      const relays = i === 0 ? [] : [{ assertion: idOf(`a${n * PER_CLAIM + i - 1}`), how: 'paraphrase' }];
      return sealed(stream, 'AssertionRecorded', { ...data, relays }, words);
    });
    const recorded = sealed(stream, 'ClaimRecorded', {}, { text: `Claim ${n} of the bench says something.` });
    return store.append(stream, 'no-stream', [recorded, ...said]);
  };
  try {
    await Promise.all(Array.from({ length: SOURCES }, (_, n) => source(n)));
    const claims = Math.ceil((EVENTS - SOURCES) / PER_CLAIM);
    for (let from = 0; from < claims; from += APPENDS)
      await Promise.all(Array.from({ length: Math.min(APPENDS, claims - from) }, (_, i) => claim(from + i)));
  } finally {
    await store.close();
  }
}

async function times(work) {
  const all = [];
  for (let round = 0; round < ROUNDS; round++) all.push(await work());
  return { value: median(all), least: Math.min(...all), most: Math.max(...all) };
}

/** Milliseconds from the start of the process until it says something like this, or ends. */
function until(argv, said) {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const started = spawn(process.execPath, [MAIN, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    let ms;
    started.stdout.on('data', chunk => {
      out += chunk;
      if (said?.test(out) === true && ms === undefined) {
        ms = performance.now() - from;
        started.kill();
      }
    });
    started.on('close', code => {
      if (said !== undefined && ms !== undefined) resolve(ms);
      else if (said === undefined && code === 0) resolve(performance.now() - from);
      else reject(new Error(`credence ${argv[0]} ended with ${code}: ${out}`));
    });
  });
}
