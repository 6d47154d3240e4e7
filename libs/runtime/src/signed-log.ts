import { LedgerError } from '@credence/contracts';
import type { LedgerEvent } from '@credence/contracts';
import { parseCheckpoint, parseVerifierKey, verifierKeyText, verifyNote } from '@credence/integrity';
import type { LogCheckpoint, VerifierKey } from '@credence/integrity';
import { each, present, rootOfFirst } from '@credence/kernel';
import type { CheckpointStore, EventStore } from '@credence/kernel';
import { ed25519Verify } from './ed25519.js';
import { primitives } from './primitives.js';

/** A checkpoint that a key of the ledger signed. */
export interface Signed {
  readonly note: string;
  readonly checkpoint: LogCheckpoint;
  readonly key: VerifierKey;
}

/** The log of this process, held against what was signed of it: at the start, and when a newer checkpoint comes. */
export interface SignedLog {
  /** The furthest checkpoint that fits this log. */
  readonly newest: Signed | undefined;
  /** The key that was adopted last, as text. */
  key(): Promise<string | undefined>;
  /** Why notes that lay among the checkpoints say nothing here. */
  readonly passedOver: readonly string[];
  /** Holds a note against the log. */
  consider(note: string): Promise<void>;
}

const { sha256 } = primitives;
/** As many are remembered. */
const MAX_PASSED_OVER = 20;

/**
 * @param origin - the ledger's name on its checkpoints
 * @param onForged - told when the log is not the one that was signed
 */
export async function signedLog(
  store: Pick<EventStore, 'log' | 'readStream'>,
  checkpoints: CheckpointStore,
  origin: string,
  onForged: (error: LedgerError) => void,
): Promise<SignedLog> {
  /** Read with the first note: few ledgers are signed. */
  let keys: readonly VerifierKey[] = [];
  let newest: Signed | undefined;
  const passedOver: string[] = [];

  const consider = async (note: string): Promise<void> => {
    let read = verified(note, keys, origin);
    if (read === 'unknown-key') {
      keys = await keysIn(store);
      read = verified(note, keys, origin);
    }
    if (read === 'unknown-key') read = 'no key that this ledger has adopted signed it';
    if (typeof read === 'string') {
      if (passedOver.length < MAX_PASSED_OVER) passedOver.push(read);
      return;
    }
    const forged = differing(read, store);
    if (forged !== undefined) onForged(forged);
    else if (read.checkpoint.size >= (newest?.checkpoint.size ?? 0)) newest = read;
  };
  /** One after the other. */
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (note: string): Promise<void> => {
    const mine = turn.then(() => consider(note));
    turn = mine.catch(() => undefined); // the store refused: it says so to whoever reads
    return mine;
  };
  checkpoints.watch(note => void inTurn(note).catch(() => undefined));
  for (const note of await checkpoints.newest()) {
    await inTurn(note);
    if (newest !== undefined) break;
  }
  return {
    get newest() {
      return newest;
    },
    key: async () => {
      keys = await keysIn(store);
      const last = keys.at(-1);
      return last === undefined ? undefined : verifierKeyText(last);
    },
    passedOver,
    consider: inTurn,
  };
}

/** The checkpoint, or why it says nothing. */
function verified(note: string, keys: readonly VerifierKey[], origin: string): Signed | string {
  try {
    const { text, by } = verifyNote(note, keys, ed25519Verify);
    const [key] = by;
    if (key === undefined) return 'unknown-key';
    const checkpoint = parseCheckpoint(text);
    return checkpoint.origin === origin ? { note, checkpoint, key } : `it is of the log ${checkpoint.origin}`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What stops the node: the log is not the one that was signed. */
function differing(
  { checkpoint: { size, root }, key }: Signed,
  { log }: Pick<EventStore, 'log'>,
): LedgerError | undefined {
  const there = log.head().size;
  const by = `a checkpoint that ${key.name}+${key.id} signed`;
  const own = there < size ? undefined : rootOfFirst(log, size, sha256);
  if (own === root) return undefined;
  const detail =
    own === undefined
      ? `its log has ${String(there)} events, and ${by} is over ${String(size)} with root ${root}: events are gone`
      : `the root over its first ${String(size)} events is ${own}, and in ${by} it is ${root}: this is not the history that was signed`;
  return new LedgerError('store-unavailable', `this node has stopped: ${detail} (docs/how-to/checkpoints.md)`, [
    { pointer: 'ledger', code: 'not-as-signed', detail },
  ]);
}

async function keysIn(store: Pick<EventStore, 'readStream'>): Promise<VerifierKey[]> {
  const found: VerifierKey[] = [];
  for await (const stored of each(store.readStream('ledger-main')))
    if (stored.type === 'SigningKeyAdopted' && stored.data !== null)
      found.push(parseVerifierKey((present(stored) as LedgerEvent<'SigningKeyAdopted'>).data.key, sha256));
  return found;
}
