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
  const raw = rawInserts(join(root, 'raw.sqlite'), await rowsOf(join(root, 'rows')));
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
          what: 'batches of 1,000 at the port against raw tuned inserts of the same rows',
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
      notes: [
        'Raw inserts: the very rows that the store writes, ready made, by one prepared statement into the same strict tables with their one index beside the key, 1,000 in a transaction, WAL and synchronous=FULL. At the port the events come sealed; their order, times, envelopes, leaves and tree nodes are made inside the commit.',
        'Scan + JSON.parse: `SELECT data … ORDER BY seq` over the raw file, each parsed. Scan and fold: `readAll`, a member of the data of each event.',
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

/**
 * What a program does that has the rows ready: prepared inserts of the very rows that the store writes, in its schema (strict
 * tables, integer stream ids, one index beside the key), 1,000 in a transaction, WAL and FULL.
 *
 * @param rows of another store's `events`
 */
function rawInserts(file, { schema, rows }) {
  const db = new Database(file);
  db.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000;',
  );
  for (const sql of schema) db.exec(sql);
  const insert = db.prepare(`INSERT INTO events VALUES (${rows[0].map(() => '?').join(', ')})`);
  const insertStream = db.prepare('INSERT INTO streams VALUES (?, ?)');
  const scan = db.prepare('SELECT data FROM events ORDER BY seq').pluck();
  let seq = 0;
  const batch = count => {
    db.exec('BEGIN IMMEDIATE');
    const stream = seq / BATCH + 1;
    insertStream.run(stream, streamOf(seq * 5));
    for (let i = 0; i < count; i++, seq++) {
      const [, effectiveAt, nodes, , , ...rest] = rows[seq % rows.length];
      insert.run(seq, effectiveAt, nodes, stream, i, ...rest);
    }
    db.exec('COMMIT');
  };
  return {
    batch,
    fill: total => {
      while (seq < total) batch(BATCH);
    },
    scan: () => {
      let sum = 0;
      for (const data of scan.iterate()) sum += JSON.parse(data).relays.length;
      return sum;
    },
    close: () => db.close(),
  };
}

/** The schema of the store's database, and a thousand rows of it. */
async function rowsOf(folder) {
  const store = await openSqliteEventStore({ folder, clock: Date.now, sha256: primitives.sha256 });
  const stream = streamOf(0);
  await store.append(
    stream,
    'no-stream',
    Array.from({ length: BATCH }, (_, k) => sealed(k, stream)),
  );
  await store.close();
  const db = new Database(join(folder, 'events.sqlite'), { readonly: true });
  try {
    return {
      schema: db.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').pluck().all(),
      rows: db.prepare('SELECT * FROM events ORDER BY seq').raw().all(),
    };
  } finally {
    db.close();
  }
}
