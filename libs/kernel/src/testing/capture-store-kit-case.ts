import { concat, toHex } from '@credence/integrity';
import type { CaptureStore } from '../capture-store.js';
import { sha256 } from './build.js';

/** What an adapter tells the kit. */
export interface CaptureStoreSubject {
  /** A new store without captures. */
  open(): CaptureStore;
  /** What a new process would find if this one were killed now. Absent where nothing outlives the process. */
  afterCrash?(store: CaptureStore): CaptureStore;
  /** Throws away what the store left. */
  discard?(store: CaptureStore): void;
}

/** The stores of one case. */
export interface CaptureStand {
  readonly open: () => CaptureStore;
  /** Of a store that keeps nothing: the store itself. */
  readonly afterCrash: (store: CaptureStore) => CaptureStore;
}

/** One promise of the port, as a sentence and a check that throws where it is broken. */
export interface CaptureStoreCase {
  readonly name: string;
  /** Says something only of stores that outlive the process. */
  readonly reopens?: true;
  run(stand: CaptureStand): Promise<void>;
}

/** @throws whatever the case finds wrong */
export async function runCaptureStoreCase(kitCase: CaptureStoreCase, subject: CaptureStoreSubject): Promise<void> {
  const stores: CaptureStore[] = [];
  const keep = (store: CaptureStore) => {
    stores.push(store);
    return store;
  };
  try {
    await kitCase.run({
      open: () => keep(subject.open()),
      afterCrash: store => (subject.afterCrash === undefined ? store : keep(subject.afterCrash(store))),
    });
  } finally {
    for (const store of stores) subject.discard?.(store);
  }
}

export const hexOf = (bytes: Uint8Array): string => toHex(sha256(bytes));

/** Bytes that differ everywhere, so that none can be missing, doubled or out of place unnoticed. */
export const bytesOf = (length: number, seed = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8) * 17 + seed) & 0xff);

/** Everything under a name, or undefined. */
export async function read(store: CaptureStore, sha256: string): Promise<Uint8Array | undefined> {
  const chunks = await store.get(sha256);
  if (chunks === undefined) return undefined;
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk.slice());
  return concat(...all);
}

/** A giver in chunks of `size`, which does something before each of them and at the end. */
export async function* giver(
  bytes: Uint8Array,
  size: number,
  before: (given: number) => Promise<void> | void = () => undefined,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    await before(at);
    yield bytes.subarray(at, at + size);
  }
  await before(bytes.length);
}
