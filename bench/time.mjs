/* Reads as of random recorded dates, over one million and over five million events of 200,000 claims (times CREDENCE_BENCH_SCALE).
 *
 * The mix: claims are recorded evenly over the log, two assertions with each, by sources of whom there is one to ten claims. All other
 * events are changes, of a random claim that is there by then: corrections of an assertion 30 in a hundred, confirmations 28, an assertion
 * retracted or reinstated 20, corrections of its text 10, decisions 10; and 2 grades of a random source. One source speaks on 5,000 claims
 * and is graded anew in the middle. One claim has 2,000 events at either size. Ten derivations stand on each other. Events are about as
 * large as those of a real dossier.
 *
 * CREDENCE_BENCH_KEEP names a folder where the ledgers are kept, by their sizes: what is made there once is used again, and views that
 * were cut short go on where they were. The sizes share no log: both spread the same claims over all of it. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import Database from 'better-sqlite3';
import { openSqliteEventStore } from '../dist/libs/event-store-sqlite/src/index.js';
import { applyPage, memoryViewStore, projection, seal, seqAt } from '../dist/libs/kernel/src/index.js';
import { openLedger } from '../dist/libs/runtime/src/index.js';
import { VIEWS } from '../dist/libs/views/src/index.js';
import { idOf, primitives } from './events.mjs';
import { median } from './measure.mjs';

const SCALE = Number(process.env.CREDENCE_BENCH_SCALE ?? 1);
const CLAIMS = Math.max(1000, Math.round(200_000 * SCALE));
const SIZES = [5, 25].map(events => events * CLAIMS);
const SOURCES = CLAIMS / 10;
const WIRED = Math.min(5000, CLAIMS / 8);
const BUSY_EVENTS = 2000;
const DEEP = 10;
const FOR_EVER_MS = 2 ** 31 - 1;
const START = Date.UTC(2020, 0, 1);
const STEP_MS = 1000;
const COMMIT = 500;
const PROGRESS_MS = 20_000;
const ROUNDS = 5;

export const title = 'Time';

export async function run() {
  const kept = process.env.CREDENCE_BENCH_KEEP;
  const root = kept ?? mkdtempSync(join(process.env.CREDENCE_BENCH_FOLDER ?? tmpdir(), 'credence-bench-'));
  mkdirSync(root, { recursive: true });
  try {
    const [small, large] = [await at(root, SIZES[0]), await at(root, SIZES[1])];
    const [less, more] = SIZES.map(n => n.toLocaleString('en'));
    const rows = Object.keys(small.reads).flatMap(what => [
      {
        what: `${what}: 99th percentile at ${more} events against ${less}`,
        reach: 1.5,
        value: large.reads[what].p99 / small.reads[what].p99,
      },
      {
        what: `${what}: median, at ${less} and ${more}`,
        value: large.reads[what].p50,
        least: small.reads[what].p50,
        most: large.reads[what].p50,
        unit: ' ms',
      },
      {
        what: `${what}: 99th percentile, at ${less} and ${more}`,
        value: large.reads[what].p99,
        least: small.reads[what].p99,
        most: large.reads[what].p99,
        unit: ' ms',
      },
      {
        what: `${what}: how much faster than the replay of the prefix, at ${less} and ${more}`,
        ...({ 'a claim of 2,000 events': { reach: 500 }, 'the summary': { reach: 5000 } }[what] ?? {}),
        value: small.reads[what].faster,
        least: small.reads[what].faster,
        most: large.reads[what].faster,
        unit: ' times',
      },
    ]);
    const share = ({ past, log, present }) => (100 * past) / (log + present);
    const ofLog = ({ past, log }) => (100 * past) / log;
    return {
      results: {
        [`views of ${less} events built`]: { rate: small.built },
        [`views of ${more} events built`]: { rate: large.built },
        'events replayed into memory': { rate: large.replay },
      },
      targets: [
        ...rows,
        {
          what: 'what only the past needs, in hundredths of the log and the tables of the present (at most)',
          reach: 15,
          value: share(large),
          least: Math.min(share(small), share(large)),
          most: Math.max(share(small), share(large)),
        },
        {
          what: 'the same, in hundredths of the log alone',
          value: ofLog(large),
          least: Math.min(ofLog(small), ofLog(large)),
          most: Math.max(ofLog(small), ofLog(large)),
        },
      ],
      notes: [
        `${SCALE === 1 ? '' : `At ${SCALE} of the full size, which is 1 and 5 million events over 200,000 claims. `}${CLAIMS.toLocaleString('en')} claims; one grade touches ${WIRED.toLocaleString('en')} of them. A read is one call of the ledger with ` +
          '`asOf=<instant>`: the date resolved, the answer with its pins; instants are drawn evenly over the time of the log, things among ' +
          'those recorded by then; figures are medians of five rounds with other instants each; the files are in the cache of the system. The replay is what as-of reads were made of before: all views folded in memory; it is reckoned from its ' +
          'rate over the first events, where it is fastest. Where two figures stand under "rounds" they are of the two sizes.',
      ],
    };
  } finally {
    if (kept === undefined) rmSync(root, { recursive: true, force: true });
  }
}

async function at(root, events) {
  const folder = join(root, `ledger-${String(events)}`);
  const mark = join(folder, 'built');
  if (!existsSync(mark)) writeFileSync(mark, String(await build(folder, events)));
  const measured = await measure(folder, events);
  return { ...measured, ...sizes(folder), built: Number(readFileSync(mark, 'utf8')) };
}

/** @returns events per second into the views, those of this run */
async function build(folder, events) {
  const recorded = join(folder, 'recorded');
  if (!existsSync(recorded)) {
    rmSync(folder, { recursive: true, force: true });
    const recording = performance.now();
    await record(folder, events);
    writeFileSync(recorded, '');
    process.stderr.write(`  recorded ${events.toLocaleString('en')} in ${seconds(recording)} s\n`);
  }
  const building = performance.now();
  const ledger = await openLedger({
    url: `sqlite:${folder}`,
    actor: 'bench',
    clock: () => START + 2 * events * STEP_MS,
  });
  const at = async () => Math.min(...(await ledger.health()).views.map(view => view.seq));
  const begun = await at();
  const told = setInterval(() => {
    void at().then(seq =>
      process.stderr.write(
        `  views at ${(seq + 1).toLocaleString('en')} of ${events.toLocaleString('en')}, ${seconds(building)} s\n`,
      ),
    );
  }, PROGRESS_MS);
  await ledger.built(FOR_EVER_MS);
  while ((await ledger.health()).views.some(view => view.unsettled))
    await new Promise(resume => setTimeout(resume, 20));
  clearInterval(told);
  const rate = (events - 1 - begun) / ((performance.now() - building) / 1000);
  await ledger.close();
  process.stderr.write(`  built ${events.toLocaleString('en')} at ${Math.round(rate).toLocaleString('en')}/s\n`);
  return rate;
}

const seconds = from => ((performance.now() - from) / 1000).toFixed(0);

/** Numbers that look random and are the same in every run (Park and Miller 1988). */
function random(seed = 42) {
  let x = seed;
  return below => {
    x = (x * 48_271) % 2_147_483_647;
    return x % below;
  };
}

const claimId = c => idOf(`c${c}`);
const sourceId = s => idOf(`s${s}`);
const assertionId = (c, k) => idOf(`a${c}-${k}`);

/** The events of the mix, one after another: stream, type, data, words. `about` notes what was recorded when. */
function* mix(total) {
  const pick = random();
  const retracted = new Map();
  let claims = 0;
  let n = 1;
  let changes = 0;
  const out = (stream, type, data, words) => {
    n++;
    return { stream, type, data, words };
  };
  const reason =
    'Read again against the printed copy by two people of the desk: what stood here did not agree with the page, and the page with the note to it does.';
  for (let s = 0; s < SOURCES; s++)
    yield out(
      `source-${sourceId(s)}`,
      'SourceRegistered',
      { kind: s % 3 === 0 ? 'record' : 'person', named: 'publicly', grade: 'ABBCCD'[pick(6)] },
      { name: `Source ${s} of the bench`, gradeReason: 'a number of the bench' },
    );
  const begun = n;
  const busyEvery = Math.floor((total - begun) / BUSY_EVENTS);
  function* aClaim(c) {
    yield out(
      `claim-${claimId(c)}`,
      'ClaimRecorded',
      { form: 'event' },
      {
        text: `What claim ${c} of the bench says in a sentence of the usual length, as people write them.`,
        topics: [`topic-${c % 50}`],
      },
    );
    const wire = c % Math.floor(CLAIMS / WIRED) === 0;
    for (let k = 0; k < 2; k++)
      yield out(
        `claim-${claimId(c)}`,
        'AssertionRecorded',
        {
          assertion: assertionId(c, k),
          source: sourceId(k === 0 && wire ? 0 : 1 + pick(SOURCES - 1)),
          ...(k === 0 ? { stance: c % 7 === 0 ? 'denies' : 'asserts' } : {}),
          basis: k === 0 ? 'first-hand' : 'unstated',
          relays: k === 0 ? [] : [{ assertion: assertionId(c, 0), how: 'paraphrase' }],
          hold: k === 0 ? 'cited' : 'held',
          assertedAt: { edtf: `2019-0${1 + pick(9)}-1${pick(10)}` },
        },
        {
          locator: `p. ${pick(400)}, note ${pick(1200)}`,
          note: `The witness said on page ${pick(400)} that copies were handed on in the course of the spring, that nobody asked for them back, and that the list of those who had one is lost.`,
          holdReason: 'printed',
        },
      );
  }
  function aChange(c) {
    const stream = `claim-${claimId(c)}`;
    const kind = pick(98);
    const of = assertionId(c, pick(2));
    changes++;
    if (kind < 10)
      return out(
        stream,
        'ClaimCorrected',
        { set: {} },
        {
          set: {
            text: `What claim ${c} of the bench says since its correction ${changes}, in a sentence of the usual length.`,
          },
          reason,
        },
      );
    if (kind < 40)
      return out(
        stream,
        'AssertionCorrected',
        { assertion: assertionId(c, 0), set: { stance: pick(4) === 0 ? 'denies' : 'asserts' } },
        { set: { note: `as read the ${changes}th time, with the notes of the interview beside it` }, reason },
      );
    if (kind < 68) return out(stream, 'ClaimConfirmed', {}, { reason });
    if (kind < 88) {
      const lifted = retracted.get(of);
      if (lifted === undefined) {
        retracted.set(of, idOf(`r${changes}`));
        return out(
          stream,
          'AssertionRetracted',
          { assertion: of, retraction: retracted.get(of), by: 'publisher' },
          { reason },
        );
      }
      retracted.delete(of);
      return out(stream, 'AssertionReinstated', { assertion: of, retraction: lifted }, { reason });
    }
    return out(
      stream,
      'DecisionRecorded',
      { decision: idOf(`d${changes}`) },
      { verdict: 'print', by: 'the desk', reason },
    );
  }
  let graded = false;
  let derived = 0;
  while (n < total) {
    if (claims < 2 * DEEP || (claims < CLAIMS && claims <= (CLAIMS * (n - begun)) / (total - begun)))
      yield* aClaim(claims++);
    else if (!graded && n > total / 2) {
      graded = true;
      yield out(`source-${sourceId(0)}`, 'SourceGraded', { grade: 'C' }, { reason });
    } else if (derived < DEEP && claims > DEEP + 2) {
      derived++;
      const data = { derivation: idOf(`v${derived}`), premises: [claimId(derived)], polarity: 'for', phi: '0.9' };
      yield out(`claim-${claimId(derived + 1)}`, 'DerivationRecorded', data, { reason });
    } else if (n % busyEvery === 0) {
      // Of the busy claim texts and stances alone: what it is like grows no more than that of others.
      const kind = pick(2);
      yield kind === 0
        ? out(
            `claim-${claimId(0)}`,
            'ClaimCorrected',
            { set: {} },
            { set: { text: `The busy claim at event ${n}.` }, reason },
          )
        : out(
            `claim-${claimId(0)}`,
            'AssertionCorrected',
            { assertion: assertionId(0, 0), set: { stance: pick(2) === 0 ? 'denies' : 'asserts' } },
            { set: {}, reason },
          );
    } else if (pick(50) === 0)
      yield out(`source-${sourceId(1 + pick(SOURCES - 1))}`, 'SourceGraded', { grade: 'ABCD'[pick(4)] }, { reason });
    else yield aChange(1 + pick(Math.max(1, claims - 1)));
  }
}

/** Through the port, as a ledger would: one event an append, many appends a commit, a second of the clock for each commit's worth. */
async function record(folder, total) {
  const ledger = await openLedger({ url: `sqlite:${folder}`, actor: 'bench', clock: () => START });
  await ledger.close();
  let now = START;
  const store = await openSqliteEventStore({ folder, clock: () => now, sha256: primitives.sha256 });
  const id = (await store.readEvent(0)).ledger;
  const next = new Map();
  let commands = 0;
  let tell = performance.now() + PROGRESS_MS;
  let waiting = [];
  for (const { stream, type, data, words } of mix(total)) {
    const head = {
      type,
      schemaVersion: 1,
      actor: 'bench',
      commandId: `00000000-0000-8000-8000-${(commands++).toString(16).padStart(12, '0')}`,
      commandHash: 'a'.repeat(64),
      correlationId: 'bench',
      ledger: id,
    };
    const revision = next.get(stream) ?? 0;
    next.set(stream, revision + 1);
    waiting.push(
      store.append(stream, revision === 0 ? 'no-stream' : revision - 1, [
        seal(stream, head, { data, words }, primitives),
      ]),
    );
    if (waiting.length < COMMIT) continue;
    await Promise.all(waiting);
    waiting = [];
    now += COMMIT * STEP_MS;
    if (performance.now() < tell) continue;
    tell = performance.now() + PROGRESS_MS;
    process.stderr.write(`  recorded ${commands.toLocaleString('en')} of ${total.toLocaleString('en')}\n`);
  }
  await Promise.all(waiting);
  await store.close();
}

/** Brings a ledger's files into the system's cache: what is measured is not the disk. */
function warm(folder) {
  const room = Buffer.alloc(2 ** 24);
  for (const name of ['events.sqlite', 'views.sqlite']) {
    const file = openSync(join(folder, name));
    while (readSync(file, room) > 0);
    closeSync(file);
  }
}

async function measure(folder, events) {
  warm(folder);
  const clock = () => START + 2 * events * STEP_MS;
  const store = await openSqliteEventStore({ folder, clock, sha256: primitives.sha256 });
  const replay = await replayRate(store);
  const { log } = store;
  const size = log.head().size;
  const pick = random(7);
  const recordedBy = c => SOURCES + (c / CLAIMS) * (size - SOURCES);
  const instants = count =>
    Array.from({ length: count }, () => {
      const until = START + Math.floor((0.02 + (0.98 * pick(1_000_000)) / 1e6) * size * STEP_MS);
      const seq = seqAt(log, until) ?? 0;
      const there = Math.max(DEEP + 3, Math.floor((CLAIMS * (seq - SOURCES)) / (size - SOURCES)) - 2);
      return { asOf: new Date(until).toISOString(), seq, claim: claimId(pick(Math.min(CLAIMS, there))) };
    }).filter(({ seq }) => seq > recordedBy(DEEP * 4) + 100);
  const rounds = count => Array.from({ length: ROUNDS }, () => instants(count));
  const dates = { few: rounds(300), many: rounds(1000) };
  await store.close();
  const ledger = await openLedger({ url: `sqlite:${folder}`, actor: 'bench', clock });
  await ledger.built(FOR_EVER_MS);
  const reads = {
    'one claim': [dates.many, ({ asOf, claim }) => ledger.claim(claim, { asOf })],
    'one belief': [dates.many, ({ asOf, claim }) => ledger.belief(claim, { asOf })],
    'a claim of 2,000 events': [dates.few, ({ asOf }) => ledger.claim(claimId(0), { asOf })],
    'a belief that rests on ten derivations': [dates.few, ({ asOf }) => ledger.belief(claimId(DEEP + 1), { asOf })],
    'a page of 50 by status': [dates.few, ({ asOf }) => ledger.claims({ asOf, status: 'denied' })],
    'the summary': [dates.few, ({ asOf }) => ledger.summary({ asOf })],
  };
  const measured = {};
  for (const [what, [all, read]] of Object.entries(reads)) {
    for (const date of all[0].slice(0, 50)) await read(date);
    const told = [];
    for (const list of all) {
      const times = [];
      for (const date of list) {
        const from = performance.now();
        await read(date);
        times.push(performance.now() - from);
      }
      const sorted = [...times].sort((a, b) => a - b);
      told.push({
        p50: median(times),
        p99: sorted[Math.floor(sorted.length * 0.99)],
        faster: median(times.map((ms, i) => ((list[i].seq + 1) / replay) * (1000 / ms))),
      });
    }
    const [p50, p99, faster] = ['p50', 'p99', 'faster'].map(name => median(told.map(round => round[name])));
    measured[what] = { p50, p99, faster };
    process.stderr.write(`  ${what}: ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${Math.round(faster)} times\n`);
  }
  await ledger.close();
  return { reads: measured, replay };
}

const REPLAYED = 30_000;

/** Events per second into all views in memory: what an as-of read was made of before. */
async function replayRate(store) {
  const memory = memoryViewStore();
  const folded = Object.values(VIEWS(primitives.sha256)).map(view => projection(view, memory.open(view)));
  const from = performance.now();
  let done = 0;
  for await (const page of store.readAll(null)) {
    for (const view of folded) applyPage(view, page);
    done += page.length;
    if (done >= REPLAYED) break;
  }
  return done / ((performance.now() - from) / 1000);
}

const OF_THE_PAST = /\/(\w+Was|\w+Leaps|\w+Lost|changed|statuses|asPremise|everHad|moves|sums|summed)(#|"|$|_)/;

/** Bytes of what only as-of reads need, and of the log with its indexes. */
function sizes(folder) {
  const db = new Database(join(folder, 'views.sqlite'), { readonly: true });
  const tables = db.prepare('SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name').all();
  db.close();
  const past = tables.filter(({ name }) => OF_THE_PAST.test(name));
  for (const { name, bytes } of [...past].sort((a, b) => b.bytes - a.bytes).slice(0, 8))
    process.stderr.write(`  ${name}: ${(bytes / 1e6).toFixed(1)} MB\n`);
  const log = statSync(join(folder, 'events.sqlite')).size;
  const all = tables.reduce((sum, { bytes }) => sum + bytes, 0);
  process.stderr.write(`  log ${(log / 1e6).toFixed(0)} MB, views ${(all / 1e6).toFixed(0)} MB\n`);
  const ofPast = past.reduce((sum, { bytes }) => sum + bytes, 0);
  return { past: ofPast, log, present: all - ofPast };
}
