import { randomBytes, randomUUID } from 'node:crypto';
import { isRefusal } from '@credence/contracts';
import type { LedgerEvent } from '@credence/contracts';
import { base32 } from '@credence/integrity';
import { each, present, write } from '@credence/kernel';
import type { Decision, EventStore } from '@credence/kernel';
import { identity } from './identity.js';
import { primitives } from './primitives.js';

/** Who a ledger is: its id, and the salt under which its ids are made. */
export interface Opened {
  readonly ledger: string;
  readonly idSalt: Uint8Array;
}

const STREAM = 'ledger-main';

/**
 * Reads the ledger's first event; a store without one becomes a new ledger.
 *
 * @param actor - who opens a new ledger
 */
export async function openedOrNew(store: EventStore, actor: string): Promise<Opened> {
  const existing = await opened(store);
  if (existing !== undefined) return existing;
  const ledger = base32(randomBytes(16));
  const idSalt = randomBytes(32);
  const parts = { data: { ledger, origin: `credence/${ledger}` }, words: {} };
  const written = await write(
    store,
    {
      stream: STREAM,
      evolution: { initial: false, evolve: () => true },
      decide: (exists): Decision => (exists ? 'nothing-changes' : { type: 'LedgerOpened', ...parts }),
      commandId: randomUUID(),
      commandHash: identity(idSalt).commandHash({ command: 'OpenLedger', ...parts }),
      actor,
      correlationId: randomUUID(),
      ledger,
      idSalt,
    },
    primitives,
  );
  if (isRefusal(written)) throw new Error(written.detail);
  return (await opened(store)) as Opened;
}

/** Undefined: the store has no event yet. */
export async function opened(store: EventStore): Promise<Opened | undefined> {
  for await (const stored of each(store.readStream(STREAM, { pageSize: 1 }))) {
    const { ids } = stored.salts;
    if (ids === undefined) throw new Error('the first event of the ledger has lost the salt of its ids');
    return { ledger: (present(stored) as LedgerEvent<'LedgerOpened'>).data.ledger, idSalt: ids };
  }
  return undefined;
}
