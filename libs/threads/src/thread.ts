import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Answered } from './answering.js';

/** What a thread may take for one question. */
export interface ThreadLimits {
  readonly deadlineMs: number;
  /** Of its heap and of its buffers, each. */
  readonly memoryMb: number;
}

/** The question was given up, and the thread that it was put to ended. */
export class Overrun extends Error {
  override readonly name = 'Overrun';
  constructor(
    readonly code: 'too-long' | 'too-much-memory',
    readonly limits: ThreadLimits,
  ) {
    super(code);
  }
}

/** A thread that answers one question after the other, for work that may be made to take all time or all memory. */
export interface Thread<Question, Answer> {
  /**
   * The thread begins with the first question and is kept; it keeps no process alive that waits for no answer. After one
   * that ended it the next question begins another, which knows nothing of what was asked before.
   *
   * @param buffersMb - what the question itself brings along
   * @throws Overrun - over the limits; they are of this question alone, whatever waited before it
   */
  ask(question: Question, buffersMb?: number): Promise<Answer>;
  /** Ends the thread. A question that waits is rejected. */
  end(): void;
}

const LOOK_EVERY_MS = 50;
const MB = 1024 * 1024;

/** @param file - a compiled module that calls `answering` */
export function threadOf<Question, Answer>(file: string, limits: ThreadLimits): Thread<Question, Answer> {
  const { deadlineMs, memoryMb } = limits;
  let worker: Worker | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const end = () => {
    void worker?.terminate();
    worker = undefined;
  };

  const begun = () => {
    const thread = started(file, memoryMb);
    thread
      .on('error', () => undefined) // whoever asked is told; who did not must not die of it
      .on('exit', () => {
        if (worker === thread) worker = undefined;
      });
    return thread;
  };

  const put = (question: Question, buffersMb: number): Promise<Answer> => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const thread = (worker ??= begun());
    const overrun = (code: Overrun['code']) => {
      if (worker === thread) end();
      reject(new Overrun(code, limits));
    };
    const deadline = setTimeout(overrun, deadlineMs, 'too-long');
    // The limits of a thread are of its heap alone; buffers are outside it.
    const watch = setInterval(() => {
      thread.getHeapStatistics().then(
        ({ external_memory: external }) => {
          if (external > (memoryMb + buffersMb) * MB) overrun('too-much-memory');
        },
        () => undefined, // it has ended
      );
    }, LOOK_EVERY_MS);
    const answered = (said: Answered<Answer>) => {
      if ('failed' in said) reject(new Error(said.failed));
      else resolve(said.answer);
    };
    const failed = (error: Error & { readonly code?: unknown }) => {
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Overrun('too-much-memory', limits) : error);
    };
    const ended = (code: number) => {
      reject(new Error(`the thread ended with ${String(code)} and no answer`)); // of no effect after another outcome
    };
    thread.on('message', answered).on('error', failed).on('exit', ended);
    thread.ref();
    thread.postMessage(question);
    return promise.finally(() => {
      clearTimeout(deadline);
      clearInterval(watch);
      thread.off('message', answered).off('error', failed).off('exit', ended);
      thread.unref();
    });
  };

  return {
    ask: (question, buffersMb = 0) => {
      const mine = turn.then(() => put(question, buffersMb));
      turn = mine.catch(() => undefined);
      return mine;
    },
    end,
  };
}

function started(file: string, memoryMb: number): Worker {
  return new Worker(file, {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    env: {},
    stdout: true,
    stderr: true,
  });
}

/**
 * The compiled module of a thread: beside the one that asks, or beside the bundle that this one is part of. Undefined where
 * the sources themselves run, as in tests.
 *
 * @param from - `import.meta.url` of who asks
 */
export const compiledBeside = (from: string, ...names: readonly string[]): string | undefined =>
  names.map(name => fileURLToPath(new URL(name, from))).find(path => existsSync(path));
