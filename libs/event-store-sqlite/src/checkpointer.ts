import { createRequire } from 'node:module';
import type { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';

/** A checkpoint is asked for when commits have come to so much since the last one. */
const EVERY_BYTES = 4 * 1024 * 1024;
/** What one commit writes besides its rows: a few half-empty pages. */
const COMMIT_BYTES = 8 * 1024;
/** Rows in bulk fill each page once, so that copying them early saves nothing: they count a quarter. */
const BULK = 1 / 4;
/** A log that has grown so far starts over, as soon as little was written meanwhile, or the thread has tried so often. */
const ENOUGH_PAGES = 1024;
const LITTLE_BYTES = 256 * 1024;
const ROUNDS = 3;

const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const Database = require(workerData.sqlite);
const db = new Database(workerData.file, { fileMustExist: true });
db.pragma('synchronous = FULL');
parentPort.on('message', message => {
  if (message === 'stop') {
    db.close();
    parentPort.close();
  } else parentPort.postMessage(db.pragma('wal_checkpoint(PASSIVE)')[0].log);
});
`;

/**
 * Moves the write-ahead log into the database from a thread of its own, so that no commit waits for it: on the commit
 * path it takes the slowest commits from 10 to 40 ms.
 */
export interface Checkpointer {
  /** Counts a commit of about `bytes`, and starts a checkpoint when enough has come together. */
  wrote(bytes: number): void;
  /** Ends the thread; what is not copied by then stays in the log. */
  stop(): Promise<void>;
}

export function checkpointer(db: Database.Database, file: string): Checkpointer {
  let worker: Worker | undefined;
  let pending = 0;
  let busy = false;
  let rounds = 0;

  const start = () => {
    // Loaded here: whoever reads copies nothing.
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const sqlite = createRequire(import.meta.url).resolve('better-sqlite3');
    const started = new Worker(WORKER, { eval: true, execArgv: [], workerData: { file, sqlite } });
    started.unref();
    started.on('message', progressed);
    // A checkpoint that fails loses nothing: the log stays, and the next one starts afresh.
    started.on('error', () => {
      worker = undefined;
      busy = false;
    });
    return started;
  };

  const ask = () => {
    busy = true;
    pending = 0;
    worker ??= start();
    worker.postMessage('checkpoint');
  };

  /**
   * A log starts over only when all of it is copied, and a busy writer is always a little ahead of the thread: so the
   * last few pages are copied here. It is worth it, for a commit that writes over the old log takes half the time of one
   * that lets it grow: the file system has nothing to note down.
   */
  const progressed = (logPages: number) => {
    busy = false;
    if (!db.open || logPages < ENOUGH_PAGES) return;
    if (pending > LITTLE_BYTES && ++rounds < ROUNDS) {
      ask();
      return;
    }
    rounds = 0;
    try {
      db.pragma('wal_checkpoint(RESTART)');
    } catch {
      // A checkpoint that fails loses nothing, as above.
    }
  };

  return {
    wrote: bytes => {
      pending += bytes * BULK + COMMIT_BYTES;
      if (pending < EVERY_BYTES || busy) return;
      ask();
    },
    stop: async () => {
      const running = worker;
      if (running === undefined) return;
      running.ref();
      await new Promise(ended => {
        running.once('exit', ended);
        running.postMessage('stop');
      });
    },
  };
}
