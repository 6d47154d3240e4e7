import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { extract } from './extract.js';
import { MAX_TEXT_BYTES, unreadable } from './extracted.js';
import type { Extracted, Unreadable } from './extracted.js';
import { kindOf } from './kinds.js';
import type { Kind } from './kinds.js';

export interface ExtractionLimits {
  readonly deadlineMs: number;
  /** Of the worker's heap and of its buffers, each. */
  readonly memoryMb: number;
  /** The compiled worker; default: beside this file. */
  readonly worker?: string;
}

export const LIMITS: ExtractionLimits = { deadlineMs: 60_000, memoryMb: 768 };

/** A text of this size is read where it is: no input can make that long. */
const SMALL_BYTES = 1024 * 1024;
const LOOK_EVERY_MS = 50;

let turn: Promise<unknown> = Promise.resolve();

/**
 * Reads a document in a thread of its own, one document at a time, and ends that thread when it takes too long or too
 * much memory: a document may be made to do so. The answers are those of `extract`.
 */
export function extractApart(
  bytes: Uint8Array,
  mediaType: string,
  limits: ExtractionLimits = LIMITS,
): Promise<Extracted | Unreadable | undefined> {
  const kind = kindOf(mediaType);
  const harmless = kind === undefined || (kind !== 'pdf' && bytes.length > MAX_TEXT_BYTES) || isSmall(kind, bytes);
  const worker = limits.worker ?? COMPILED;
  if (harmless || worker === undefined) return extract(bytes, mediaType);
  const mine = turn.then(() => inThread(worker, bytes, mediaType, limits));
  turn = mine.catch(() => undefined);
  return mine;
}

const isSmall = (kind: Kind, { length }: Uint8Array) => kind !== 'pdf' && kind !== 'html' && length <= SMALL_BYTES;

/** Beside this file, or beside the bundle that this file is part of. Run from the sources, as tests do, there is none. */
const COMPILED: string | undefined = ['./worker.js', './extraction-worker.js']
  .map(name => fileURLToPath(new URL(name, import.meta.url)))
  .find(path => existsSync(path));

function inThread(
  file: string,
  bytes: Uint8Array,
  mediaType: string,
  { deadlineMs, memoryMb }: ExtractionLimits,
): Promise<Extracted | Unreadable | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Extracted | Unreadable | undefined>();
  const worker = new Worker(file, {
    workerData: { bytes, mediaType },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    env: {},
    stdout: true,
    stderr: true,
  });
  const tooMuch = unreadable('too-much-memory', `reading it takes more than ${String(memoryMb)} MB of memory`);
  const end = (answer: Extracted | Unreadable | undefined) => {
    resolve(answer);
    void worker.terminate();
  };
  const deadline = setTimeout(() => {
    end(unreadable('too-long', `reading it takes more than ${String(deadlineMs / 1000)} seconds`));
  }, deadlineMs);
  // The limits above are of the heap alone; buffers are outside it.
  const watch = setInterval(() => {
    worker.getHeapStatistics().then(
      ({ external_memory: external }) => {
        if (external > memoryMb * 1024 * 1024 + bytes.length) end(tooMuch);
      },
      () => undefined, // it has ended
    );
  }, LOOK_EVERY_MS);
  worker.on('message', (answer: Extracted | Unreadable | null) => {
    end(answer ?? undefined);
  });
  worker.on('error', error => {
    const { code, message } = error as { readonly code?: unknown; readonly message?: string };
    // Whatever a parser dies of, it dies of the document.
    resolve(code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch : unreadable('broken', `cannot be read: ${message ?? ''}`));
  });
  worker.on('exit', code => {
    clearTimeout(deadline);
    clearInterval(watch);
    reject(new Error(`the extraction ended with ${String(code)} and no answer`)); // of no effect after an answer
  });
  return promise;
}
