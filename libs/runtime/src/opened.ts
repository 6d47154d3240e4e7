import type { LedgerEvent } from '@credence/contracts';
import { each, present } from '@credence/kernel';
import type { EventStore } from '@credence/kernel';

/** Who a ledger is: its id, and the salt under which its ids are made. */
export interface Opened {
  readonly ledger: string;
  /** Under which its checkpoints are signed. */
  readonly origin: string;
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
  // Loaded for a ledger that is new: whoever reads one needs nothing of what writes.
  const { openNew } = await import('./new-ledger.js');
  await openNew(store, STREAM, actor);
  return (await opened(store)) as Opened;
}

/** Undefined: the store has no event yet. */
export async function opened(store: EventStore): Promise<Opened | undefined> {
  for await (const stored of each(store.readStream(STREAM, { pageSize: 1 }))) {
    const { ids } = stored.salts;
    if (ids === undefined) throw new Error('the first event of the ledger has lost the salt of its ids');
    const { ledger, origin } = (present(stored) as LedgerEvent<'LedgerOpened'>).data;
    return { ledger, origin, idSalt: ids };
  }
  return undefined;
}
