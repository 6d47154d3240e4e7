import type { Envelope } from '@credence/contracts';
import type { LogReader } from './log.js';

/** A place in a store's own order, opaque to everybody but the store. */
export type Position = string & { readonly __position: unique symbol };

/** The revision that the caller last saw (0-based), or that the stream has no event yet. */
export type Expected = number | 'no-stream';

/** Salts of an event's parts, 16 random bytes each, kept beside their part and destroyed with it. */
export interface Salts {
  readonly data: Uint8Array;
  readonly words: Uint8Array;
  /** Of LedgerOpened alone: the 32 bytes under which ids are made. In nothing that is hashed, answered or exported. */
  readonly ids?: Uint8Array;
}

/** An event before the commit: sealed, that is canonical, salted and hashed, but not yet placed in any order. */
export interface SealedEvent extends Omit<Envelope, 'stream' | 'revision' | 'seq' | 'recordedAt'> {
  /** RFC 8785 form of the part. */
  readonly dataText: string;
  readonly wordsText: string;
  readonly salts: Salts;
}

/**
 * An event as read back. Members may be read, and `data` and `words` parsed, on first use, while the store is open: take
 * them by name, a copy by spreading has not all. `data` and `words` are `null` once redacted.
 */
export interface StoredEvent extends Envelope {
  readonly position: Position;
  /** Running maximum of `recordedAt` in seq order, in milliseconds since 1970; dates resolve on it. */
  readonly effectiveAt: number;
  /** UTF-8 bytes of the canonical data, words and envelope, as committed. */
  readonly bytes: number;
  readonly data: unknown;
  readonly words: unknown;
  readonly salts: Salts;
}

/** Where one appended event came to stand. `seq` is absent where the order is learnt from the feed (a cluster). */
export interface Placed {
  readonly id: string;
  readonly revision: number;
  readonly recordedAt: string;
  readonly seq?: number;
}

/** Events in order, a page at a time, so that reading millions takes fixed memory. */
export type Pages = AsyncIterable<readonly StoredEvent[]>;

/** Where the ledger's facts are kept. One page; every adapter passes the event store kit. */
export interface EventStore {
  /**
   * Appends `events` to `stream` as one unit: all become readable, or none do. Durable when it resolves.
   *
   * Appends that wait for the disk together may share a commit; a conflict among them fails alone. Those to one stream are
   * taken in the order in which they are asked for.
   *
   * @param events - at least one; every store takes 500 of 1 MiB together
   * @returns the place of each event, in order; without seq where the order is learnt later than the store waits for it
   * @throws wrong-expected-revision - the stream moved on; re-read and re-decide; nothing was written
   * @throws clock-skew - the clock is more than 5 s behind the head's effectiveAt; nothing was written
   * @throws event-too-large - payload or envelope over its limit, or more at once than the store takes; nothing was written
   * @throws outcome-unknown - it was sent, and what came of it cannot be found out now; the same command, repeated, finds out
   * @throws store-unavailable - the medium refused; nothing was written
   * @throws Error if `events` is empty: an empty append has no meaning that stores agree on
   */
  append(stream: string, expected: Expected, events: readonly SealedEvent[]): Promise<readonly Placed[]>;

  /**
   * The stream's events from revision `from` (default 0) in order; none if the stream does not exist. All that any writer
   * was acknowledged before the call is among them.
   *
   * @throws view-behind - the order of some of them is not known here yet; try again
   */
  readStream(stream: string, options?: { readonly from?: number; readonly pageSize?: number }): Pages;

  /** All events after position `after` (from the first, if null) in seq order, up to the head when it was called. */
  readAll(after: Position | null, options?: { readonly pageSize?: number }): Pages;

  /** As `readAll`, then whatever is appended later, until `signal` aborts. A dropped feed ends with an error, never in silence. */
  follow(after: Position | null, options: { readonly signal: AbortSignal; readonly pageSize?: number }): Pages;

  /** The event with this seq, or undefined beyond the head. */
  readEvent(seq: number): Promise<StoredEvent | undefined>;

  /** The Merkle log and the date index over the same events. */
  readonly log: LogReader;

  close(): Promise<void>;
}
