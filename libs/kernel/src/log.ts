import {
  appendLeaf,
  canonicalize,
  EMPTY_FRONTIER,
  leafOfText,
  nodeHome,
  nodeInBlob,
  rootAt,
  toHex,
} from '@credence/integrity';
import type { Frontier, NodeReader, Sha256 } from '@credence/integrity';
import { LedgerError, MAX_ENVELOPE_BYTES } from '@credence/contracts';
import type { Envelope } from '@credence/contracts';

/*
 * The log: seq, Merkle leaf, effectiveAt. One component, fed with events in order: inside the commit on an embedded
 * store, by the feed on a cluster node. With leaf n one blob is kept: the leaf hash, then the interior nodes that
 * leaf n completes. Every node of the tree has one home, and nothing is recomputed at start.
 */

/** The end of the log. */
export interface LogHead {
  /** Number of events = seq of the next one. */
  readonly size: number;
  /** Running maximum of recordedAt, milliseconds since 1970; -Infinity before the first event. */
  readonly effectiveAt: number;
}

/** What a store keeps of the log, read synchronously: it is local on every node. */
export interface LogReader {
  head(): LogHead;
  /** The blob of leaf `seq` (see above). @throws RangeError beyond the head */
  nodes(seq: number): Uint8Array;
  /** effectiveAt of event `seq`, milliseconds since 1970. @throws RangeError beyond the head */
  effectiveAt(seq: number): number;
}

/** The writing end: state between two events. Persistent: an aborted commit just drops the new value. */
export interface LogTip extends LogHead {
  readonly frontier: Frontier;
}

/** Before the first event. */
export const EMPTY_TIP: LogTip = { size: 0, effectiveAt: -Infinity, frontier: EMPTY_FRONTIER };

export interface LogEntry {
  readonly tip: LogTip;
  readonly nodes: Uint8Array;
  /** Length of the canonical envelope in UTF-8 bytes. */
  readonly envelopeBytes: number;
}

/**
 * Puts one event at the end: its leaf is the SHA-256 of 0x00 and its canonical envelope (RFC 6962 §2.1, RFC 8785).
 *
 * @throws event-too-large - canonical envelope over 65,535 bytes
 */
export function extend(tip: LogTip, envelope: Envelope, recordedAtMs: number, sha256: Sha256): LogEntry {
  const { hash, bytes } = leafOfText(entryText(envelope), sha256);
  if (bytes > MAX_ENVELOPE_BYTES)
    throw new LedgerError(
      'event-too-large',
      `${envelope.type}: its envelope is ${String(bytes)} bytes, and at most ${String(MAX_ENVELOPE_BYTES)} fit a leaf`,
    );
  const { frontier, nodes } = appendLeaf(tip.frontier, hash, sha256);
  const next = { size: tip.size + 1, effectiveAt: Math.max(tip.effectiveAt, recordedAtMs), frontier };
  return { tip: next, nodes, envelopeBytes: bytes };
}

/** Text that JSON writes as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * The canonical form of an envelope (RFC 8785): what `canonicalize` makes of it, at a third of the cost, for its members
 * are known, and nearly always plain.
 */
export function entryText(e: Envelope): string {
  const opaque = e.commandHash + e.commandId + e.dataHash + e.id + e.ledger + e.recordedAt + e.stream + e.wordsHash;
  if (!PLAIN.test(opaque + e.type + e.actor + e.correlationId)) return canonicalize(e);
  const command = `"commandHash":"${e.commandHash}","commandId":"${e.commandId}","correlationId":"${e.correlationId}"`;
  const event = `"dataHash":"${e.dataHash}","id":"${e.id}","ledger":"${e.ledger}","recordedAt":"${e.recordedAt}"`;
  const place = `"revision":${e.revision},"schemaVersion":${e.schemaVersion},"seq":${e.seq},"stream":"${e.stream}"`;
  return `{"actor":"${e.actor}",${command},${event},${place},"type":"${e.type}","wordsHash":"${e.wordsHash}"}`;
}

const nodeReader =
  (log: LogReader): NodeReader =>
  (level, index) =>
    nodeInBlob(log.nodes(nodeHome(level, index)), level);

/** Root of the tree over the first `size` events, in hex. O(log n) reads. */
export const rootOfFirst = (log: LogReader, size: number, sha256: Sha256): string =>
  toHex(rootAt(size, nodeReader(log), sha256));

/**
 * The seq of the last event whose effectiveAt is not after `untilMs`, or null if there is none. effectiveAt never
 * decreases in seq order, so this is a binary search over the log itself: no index that could disagree with it.
 */
export function seqAt(log: LogReader, untilMs: number): number | null {
  let low = 0;
  let high = log.head().size;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (log.effectiveAt(middle) <= untilMs) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : low - 1;
}
