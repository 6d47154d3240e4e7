import { randomBytes, randomUUID } from 'node:crypto';
import { isRefusal } from '@credence/contracts';
import { base32 } from '@credence/integrity';
import { write } from '@credence/kernel';
import type { Decision, EventStore } from '@credence/kernel';
import { identity } from './identity.js';
import { primitives } from './primitives.js';

/** Records the first event of a ledger, unless somebody was first. */
export async function openNew(store: EventStore, stream: string, actor: string): Promise<void> {
  const ledger = base32(randomBytes(16));
  const idSalt = randomBytes(32);
  const parts = { data: { ledger, origin: `credence/${ledger}` }, words: {} };
  const written = await write(
    store,
    {
      stream,
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
}
