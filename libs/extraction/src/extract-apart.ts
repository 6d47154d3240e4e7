import { compiledBeside, Overrun, threadOf } from '@credence/threads';
import type { ThreadLimits } from '@credence/threads';
import { extract, tooLargeFor } from './extract.js';
import { unreadable } from './extracted.js';
import type { Extracted, Unreadable } from './extracted.js';
import { kindOf } from './kinds.js';
import type { Kind } from './kinds.js';

export interface ExtractionLimits extends ThreadLimits {
  /** The compiled worker; default: beside this file. */
  readonly worker?: string;
}

export const LIMITS: ExtractionLimits = { deadlineMs: 60_000, memoryMb: 768 };

/** A text of this size is read where it is: no input can make that long. */
const SMALL_BYTES = 1024 * 1024;

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
  const harmless = kind === undefined || tooLargeFor(mediaType, bytes.length) !== undefined || isSmall(kind, bytes);
  const worker = limits.worker ?? COMPILED;
  if (harmless || worker === undefined) return extract(bytes, mediaType);
  const mine = turn.then(() => inThread(worker, bytes, mediaType, limits));
  turn = mine.catch(() => undefined);
  return mine;
}

const isSmall = (kind: Kind, { length }: Uint8Array) => kind !== 'pdf' && kind !== 'html' && length <= SMALL_BYTES;

const COMPILED = compiledBeside(import.meta.url, './worker.js', './extraction-worker.js');

type Answer = Extracted | Unreadable | undefined;

/** A thread for each document: whatever a parser has left in it ends with it. */
async function inThread(file: string, bytes: Uint8Array, mediaType: string, limits: ExtractionLimits): Promise<Answer> {
  const thread = threadOf<{ bytes: Uint8Array; mediaType: string }, Answer>(file, limits);
  try {
    return await thread.ask({ bytes, mediaType }, bytes.length / 2 ** 20);
  } catch (error) {
    if (error instanceof Overrun) return tooMuch(error);
    // Whatever a parser dies of, it dies of the document.
    return unreadable('broken', `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    thread.end();
  }
}

function tooMuch({ code, limits: { deadlineMs, memoryMb } }: Overrun): Unreadable {
  const most = code === 'too-long' ? `${String(deadlineMs / 1000)} seconds` : `${String(memoryMb)} MB of memory`;
  return unreadable(code, `reading it takes more than ${most}`);
}
