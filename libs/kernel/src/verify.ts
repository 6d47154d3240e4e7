import { canonicalize, equalBytes, saltedHash, toHex } from '@credence/integrity';
import type { Sha256 } from '@credence/integrity';
import type { Envelope } from '@credence/contracts';
import type { EventStore, StoredEvent } from './event-store.js';
import { EMPTY_TIP, extend, rootOfFirst } from './log.js';
import type { LogTip } from './log.js';

/** The first event at which the log is not what was recorded. */
export interface Damage {
  readonly seq: number;
  readonly detail: string;
}

export interface Verification {
  /** Events that were read and found whole. */
  readonly size: number;
  /** Root of the tree over them, in hex. */
  readonly root: string;
  readonly damage?: Damage;
}

/**
 * Reads every event and recomputes all that can be: both salted hashes from the parts, the envelope's leaf, every node of
 * the tree, the order of seqs and of each stream's revisions, effectiveAt, and the root. Trusts nothing but the bytes.
 *
 * @param onProgress - called after each page with the number of events read
 */
export async function verify(
  store: EventStore,
  sha256: Sha256,
  onProgress?: (size: number) => void,
): Promise<Verification> {
  let tip: LogTip = EMPTY_TIP;
  const revisions = new Map<string, number>();
  const found = (): Verification => ({ size: tip.size, root: rootOfFirst(store.log, tip.size, sha256) });
  for await (const page of store.readAll(null)) {
    for (const event of page) {
      const detail = wrongIn(event, tip, revisions, sha256);
      if (detail !== undefined) return { ...found(), damage: { seq: tip.size, detail } };
      const { tip: next, nodes } = extend(tip, envelopeOf(event), Date.parse(event.recordedAt), sha256);
      if (!equalBytes(nodes, store.log.nodes(tip.size)))
        return {
          ...found(),
          damage: { seq: tip.size, detail: 'the tree has another leaf: the envelope was changed, or the tree' },
        };
      if (next.effectiveAt !== event.effectiveAt)
        return {
          ...found(),
          damage: { seq: tip.size, detail: 'effectiveAt is not the running maximum of recordedAt' },
        };
      tip = next;
      revisions.set(event.stream, event.revision);
    }
    onProgress?.(tip.size);
  }
  const { size } = store.log.head();
  return tip.size === size
    ? found()
    : {
        ...found(),
        damage: { seq: tip.size, detail: `the head says ${String(size)} events, and ${String(tip.size)} can be read` },
      };
}

function wrongIn(
  event: StoredEvent,
  tip: LogTip,
  revisions: ReadonlyMap<string, number>,
  sha256: Sha256,
): string | undefined {
  const { seq, stream, revision, salts } = event;
  if (seq !== tip.size) return `seq ${String(seq)} stands where ${String(tip.size)} belongs`;
  const expected = (revisions.get(stream) ?? -1) + 1;
  if (revision !== expected)
    return `${stream} goes on with revision ${String(revision)} instead of ${String(expected)}`;
  for (const part of ['data', 'words'] as const) {
    const value = partOf(event, part);
    if (value === null) continue; // redacted: its hash stands, and nothing is left that could be checked against it
    if (typeof value === 'string') return value;
    if (toHex(saltedHash(salts[part], value.text, sha256)) !== event[`${part}Hash`])
      return `its ${part} are not those that were recorded`;
  }
  return undefined;
}

/** The canonical text of a part; null once redacted; a plain string says why it cannot be read. */
function partOf(event: StoredEvent, part: 'data' | 'words'): { text: string } | string | null {
  try {
    const value = event[part];
    return value === null ? null : { text: canonicalize(value) };
  } catch (error) {
    return `its ${part} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function envelopeOf(event: StoredEvent): Envelope {
  const { id, stream, revision, seq, type, schemaVersion, recordedAt, actor } = event;
  const { commandId, commandHash, correlationId, ledger, dataHash, wordsHash } = event;
  const head = { id, stream, revision, seq, type, schemaVersion, recordedAt, actor };
  return { ...head, commandId, commandHash, correlationId, ledger, dataHash, wordsHash };
}
