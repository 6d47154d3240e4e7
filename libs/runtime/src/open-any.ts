import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLedgerError, LedgerError } from '@credence/contracts';
import type { Ledger } from './ledger.js';
import { FOR_EVER_MS } from './read-models.js';
import { adapterFor, folderOf } from './stores.js';

export interface AnyLedgerConfig {
  /** `http://…`, `https://…`, or a store of this machine. */
  readonly url: string;
  /** Who opens the ledger, if it is new. */
  readonly actor: string;
  /** Make it if it is not there. */
  readonly create: boolean;
  /** How long to wait for a process that holds the folder and serves nothing. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 5000;
const PAUSE_MS = 50;

/**
 * The ledger at `url`, wherever it is kept. A folder that a server holds is worked on through that server; one that a
 * passing process holds is waited for.
 *
 * @throws invalid-parameter - no store has the URL's scheme
 * @throws store-unavailable - not reachable, not there and `create` is false, or held all the while
 */
export async function openAny({ url, actor, create, patienceMs = PATIENCE_MS }: AnyLedgerConfig): Promise<Ledger> {
  if (/^https?:/.test(url)) {
    const { httpLedger } = await import('./http-ledger.js');
    return httpLedger(url);
  }
  adapterFor(url);
  const until = Date.now() + patienceMs;
  for (;;) {
    const holder = await holderOfStore(url);
    if (holder?.url !== undefined) {
      const { httpLedger } = await import('./http-ledger.js');
      return httpLedger(holder.url);
    }
    if (holder === undefined)
      try {
        const { openLedger } = await import('./open-ledger.js');
        const ledger = await openLedger({ url, actor, create });
        // What keeps them from being built the verb will say, if it needs them.
        await ledger.built(FOR_EVER_MS).catch(() => undefined);
        return ledger;
      } catch (error) {
        // Somebody may have come between the question and the lock.
        if (!isLedgerError(error, 'store-unavailable') || (await holderOfStore(url)) === undefined) throw error;
      }
    if (Date.now() > until)
      throw new LedgerError(
        'store-unavailable',
        `${url} is held by ${holder?.pid === undefined ? 'another process' : `process ${String(holder.pid)}`}, which serves nothing: try again when it is done`,
      );
    await sleep(PAUSE_MS);
  }
}

/** Who holds the folder of a store on this machine, if anybody does. */
async function holderOfStore(url: string) {
  if (!url.startsWith('sqlite:') || !existsSync(folderOf(url))) return undefined;
  const { holderOf } = await import('../../event-store-sqlite/src/index.js');
  return holderOf(folderOf(url));
}
