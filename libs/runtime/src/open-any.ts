import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLedgerError, LedgerError } from '@credence/contracts';
import type { Ledger } from './ledger.js';
import { FOR_EVER_MS } from './read-models.js';
import { adapterFor, DEFAULT_DATA, folderOf } from './stores.js';
import type { MediaOptions } from './stores.js';

export interface AnyLedgerConfig extends Pick<MediaOptions, 'data' | 'captures' | 'onProgress'> {
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
export async function openAny({ patienceMs = PATIENCE_MS, ...config }: AnyLedgerConfig): Promise<Ledger> {
  const { url } = config;
  if (/^https?:/.test(url)) {
    const { httpLedger } = await import('./http-ledger.js');
    return httpLedger(url);
  }
  adapterFor(url);
  const until = Date.now() + patienceMs;
  for (;;) {
    const holder = await holderOfStore(config);
    if (holder?.url !== undefined) {
      const { httpLedger } = await import('./http-ledger.js');
      return httpLedger(holder.url);
    }
    if (holder === undefined)
      try {
        const { openLedger } = await import('./open-ledger.js');
        const ledger = await openLedger(config);
        // What keeps them from being built the verb will say, if it needs them.
        await ledger.built(FOR_EVER_MS).catch(() => undefined);
        return ledger;
      } catch (error) {
        // Somebody may have come between the question and the lock.
        if (!isLedgerError(error, 'store-unavailable') || (await holderOfStore(config)) === undefined) throw error;
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
async function holderOfStore({ url, data = DEFAULT_DATA }: Pick<AnyLedgerConfig, 'url' | 'data'>) {
  if (url.startsWith('memory:')) return undefined;
  const folder = url.startsWith('sqlite:') ? folderOf(url) : resolve(data);
  if (!existsSync(folder)) return undefined;
  const { holderOf } = await import('../../event-store-sqlite/src/index.js');
  return holderOf(folder);
}
