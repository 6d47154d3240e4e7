/* The SQLite event store against a plain file and against raw inserts (docs/performance.md says what is reached for). */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSqliteEventStore } from '../dist/libs/event-store-sqlite/src/index.js';
import { isRefusal } from '../dist/contracts/src/index.js';
import { openLedger } from '../dist/libs/runtime/src/index.js';
import { expectedOf, prepareStreams, primitives, sealed, streamOf } from './events.mjs';
import { interleaved, ratio, timed } from './measure.mjs';

const SINGLE = 1500;
const CALLERS = 64;
const CONCURRENT = 12_800;
const BATCH = 1000;
const BATCHES = 30;

export const title = 'Event store';

export async function run() {
  const root = mkdtempSync(join(process.env.CREDENCE_BENCH_FOLDER ?? tmpdir(), 'credence-bench-'));
  const open = name => openSqliteEventStore({ folder: join(root, name), clock: Date.now, sha256: primitives.sha256 });
  const store = await open('store');
  const bulk = await open('bulk');
  const ledger = await openLedger({ url: `sqlite:${join(root, 'ledger')}`, actor: 'bench' });
  const file = openSync(join(root, 'log.ndjson'), 'a');
  const raw = rawInserts(join(root, 'raw.sqlite'));
  let n = 0;
  let m = 0;
  prepareStreams(BATCH * BATCHES * 5 * 5 + SINGLE * 5 + CONCURRENT * 5);
  try {
    const single = await interleaved({
      'one append, sealed and durable': () =>
        timed(SINGLE, async () => {
          for (let i = 0; i < SINGLE; i++, n++) await store.append(streamOf(n), expectedOf(n), [sealed(n)]);
        }),
      'append to a file + fdatasync': () =>
        timed(SINGLE, async () => {
          for (let i = 0; i < SINGLE; i++) {
            const { dataText, wordsText } = sealed(i);
            writeSync(file, `${dataText}${wordsText}\n`);
            fdatasyncSync(file);
          }
        }),
      '64 callers': async () => {
        const from = n;
        n += CONCURRENT;
        // Each caller has claims of its own, so that none waits for another's revision.
        return timed(CONCURRENT, () => Promise.all(Array.from({ length: CALLERS }, (_, c) => caller(store, from, c))));
      },
      'one command through the ledger': () =>
        timed(SINGLE / 3, async () => {
          for (let i = 0; i < SINGLE / 3; i++) await record(ledger, i);
        }),
    });
    const batches = await interleaved({
      // The port takes sealed events: sealing is in the rates of single appends above.
      'batches of 1,000 at the port': () => {
        const batches = Array.from({ length: BATCHES }, () => {
          const stream = streamOf((m += BATCH) * 5);
          return { stream, events: Array.from({ length: BATCH }, (_, k) => sealed(m + k, stream)) };
        });
        return timed(BATCH * BATCHES, async () => {
          for (const { stream, events } of batches) await bulk.append(stream, 'no-stream', events);
        });
      },
      'raw inserts, 1,000 a commit': () =>
        timed(BATCH * BATCHES, async () => {
          for (let b = 0; b < BATCHES; b++) raw.batch(BATCH);
        }),
    });
    raw.fill(m);
    const scans = await interleaved({
      'scan and fold': () =>
        timed(m, async () => {
          let sum = 0;
          for await (const page of bulk.readAll(null)) for (const event of page) sum += event.data.relays.length;
          return sum;
        }),
      'scan + JSON.parse of data': () => timed(m, async () => raw.scan()),
    });
    return {
      results: { ...single, ...batches, ...scans },
      targets: [
        {
          what: 'one append with hashes against append to a file + fdatasync',
          reach: 0.75,
          ...ratio(single, 'one append, sealed and durable', 'append to a file + fdatasync'),
        },
        { what: '64 callers against one', reach: 8, ...ratio(single, '64 callers', 'one append, sealed and durable') },
        {
          what: 'batches of 1,000 at the port against raw tuned inserts of whole events',
          reach: 0.45,
          ...ratio(batches, 'batches of 1,000 at the port', 'raw inserts, 1,000 a commit'),
        },
        {
          what: 'one command through the ledger against one append',
          ...ratio(single, 'one command through the ledger', 'one append, sealed and durable'),
        },
        {
          what: 'scan and fold against scan + JSON.parse of data',
          ...ratio(scans, 'scan and fold', 'scan + JSON.parse of data'),
        },
      ],
    };
  } finally {
    await store.close();
    await bulk.close();
    await ledger.close();
    closeSync(file);
    raw.close();
    rmSync(root, { recursive: true, force: true });
  }
}

async function caller(store, from, c) {
  const mine = CONCURRENT / CALLERS;
  for (let i = 0; i < mine; i++) {
    const n = from + c * mine + i;
    await store.append(`${streamOf(n)}`, expectedOf(n), [sealed(n)]);
  }
}

async function record(ledger, i) {
  const outcome = await ledger.execute({
    actor: 'bench',
    command: 'RecordClaim',
    data: {},
    words: { text: `Claim ${i} of the bench.` },
  });
  if (isRefusal(outcome)) throw new Error(outcome.detail);
}

/** What a program without a ledger would do: integer stream ids, one index, prepared statements, the same payload, FULL. */
function rawInserts(file) {
  const db = new Database(file);
  db.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000;
    CREATE TABLE streams(id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL) STRICT;
    CREATE TABLE events(seq INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL, at INTEGER NOT NULL, type INTEGER NOT NULL, envelope TEXT NOT NULL, data TEXT NOT NULL, words TEXT NOT NULL) STRICT;
    CREATE UNIQUE INDEX by_stream ON events(stream, revision);`);
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, 1, ?, ?, ?)');
  const insertStream = db.prepare('INSERT INTO streams VALUES (?, ?)');
  const scan = db.prepare('SELECT data FROM events ORDER BY seq').pluck();
  let seq = 0;
  const batch = count => {
    db.exec('BEGIN IMMEDIATE');
    for (let i = 0; i < count; i++, seq++) {
      const { envelopeText, dataText, wordsText } = prepared(seq);
      if (seq % BATCH === 0) insertStream.run(seq / BATCH, streamOf(seq * 5));
      insert.run(seq, Math.floor(seq / BATCH), seq % BATCH, 1_700_000_000_000 + seq, envelopeText, dataText, wordsText);
    }
    db.exec('COMMIT');
  };
  return {
    batch,
    fill: total => {
      while (seq < total) batch(1000);
    },
    scan: () => {
      let sum = 0;
      for (const data of scan.iterate()) sum += JSON.parse(data).relays.length;
      return sum;
    },
    close: () => db.close(),
  };
}

/** The texts a raw insert stores: the whole event. Made once for each of the first thousand, so that it pays for inserting alone. */
const texts = [];
function prepared(n) {
  const known = texts[n % 1000];
  if (known !== undefined) return known;
  const { dataText, wordsText, salts: _, ...head } = sealed(n);
  const envelope = { ...head, stream: streamOf(n), revision: 1, seq: n, recordedAt: new Date(0).toISOString() };
  return (texts[n % 1000] = { envelopeText: JSON.stringify(envelope), dataText, wordsText });
}
