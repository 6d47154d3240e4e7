import { randomUUID } from 'node:crypto';
import { isLedgerError, isRefusal, LedgerError } from '@credence/contracts';
import { formatCheckpoint, signNote, verifierKeyText } from '@credence/integrity';
import { rootOfFirst, write } from '@credence/kernel';
import type { CheckpointStore, Decision, EventStore } from '@credence/kernel';
import { identity } from './identity.js';
import type { Opened } from './opened.js';
import { primitives } from './primitives.js';
import type { SignedLog } from './signed-log.js';
import type { SigningKey } from './signing-key.js';

/** So long a store that does not answer is waited for when the ledger is closed. */
const LAST_MS = 2000;

/** Signs the log as it grows. */
export interface Signer {
  /** Signs what is there, unless that is signed. @throws store-unavailable - it could not be published */
  sign(): Promise<void>;
  /** Signs a last time. */
  stop(): Promise<void>;
}

export interface SignerOptions {
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore;
  readonly signed: SignedLog;
  readonly opened: Opened;
  readonly signing: SigningKey;
  /** Who adopts a key that is new. */
  readonly actor: string;
  /** How often, in milliseconds, while events come. */
  readonly everyMs: number;
  /** Whether nothing is to be signed any more. */
  readonly halted: () => boolean;
}

/** Adopts the key, if the ledger has not, and begins to sign. @throws store-unavailable - the key could not be adopted */
export async function startSigner(options: SignerOptions): Promise<Signer> {
  const { store, checkpoints, signed, opened, signing, everyMs, halted } = options;
  await adopted(options);
  let turn: Promise<void> = Promise.resolve();
  const signOnce = async () => {
    const { size } = store.log.head();
    if (halted() || size <= (signed.newest?.checkpoint.size ?? 0)) return;
    const root = rootOfFirst(store.log, size, primitives.sha256);
    const note = signNote(formatCheckpoint({ origin: opened.origin, size, root }), signing.key, signing.sign);
    await checkpoints.publish(note);
    await signed.consider(note);
  };
  const sign = () => {
    const mine = turn.then(signOnce);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const later = () => {
    // An outage of the store passes, and the next one stands for those between.
    void sign().catch((error: unknown) => {
      if (!isLedgerError(error)) throw error;
    });
  };
  await sign();
  const timer = setInterval(later, everyMs);
  timer.unref();
  return {
    sign,
    stop: async () => {
      clearInterval(timer);
      const last = sign().catch((error: unknown) => {
        if (!isLedgerError(error)) throw error;
      });
      await Promise.race([last, new Promise(resolve => setTimeout(resolve, LAST_MS).unref())]);
    },
  };
}

async function adopted({ store, opened, signing, actor }: SignerOptions): Promise<void> {
  const parts = { data: { key: verifierKeyText(signing.key) }, words: {} };
  const written = await write(
    store,
    {
      stream: 'ledger-main',
      evolution: {
        initial: [] as readonly string[],
        evolve: (keys, event) => (event.type === 'SigningKeyAdopted' ? [...keys, event.data.key] : keys),
      },
      decide: (keys): Decision =>
        keys.includes(parts.data.key) ? 'nothing-changes' : { type: 'SigningKeyAdopted', ...parts },
      commandId: randomUUID(),
      commandHash: identity(opened.idSalt).commandHash({ command: 'AdoptSigningKey', ...parts }),
      actor,
      correlationId: randomUUID(),
      ledger: opened.ledger,
    },
    primitives,
  );
  if (isRefusal(written)) throw new Error(written.detail);
  if (written.outcome === 'unknown')
    throw new LedgerError('store-unavailable', 'whether the signing key was adopted is not known: start again');
}
