import { mustBeActor } from './actor.js';
import { localLedger } from './local-ledger.js';
import type { LocalLedger } from './local-ledger.js';
import { adapterFor } from './stores.js';
import type { MediaOptions } from './stores.js';
import type { Clock } from '@credence/kernel';

export interface LedgerConfig extends Pick<MediaOptions, 'data' | 'captures' | 'onProgress'> {
  /** `memory:`, `sqlite:<folder>`, `kurrentdb://…`. */
  readonly url: string;
  /** Who opens the ledger, if it is new. */
  readonly actor: string;
  /** Make it if it is not there; default true. */
  readonly create?: boolean;
  /** Milliseconds since 1970; default the machine's clock. */
  readonly clock?: Clock;
  /** Sign checkpoints, with the key in the ledger's own folder; it is made and adopted if there is none. */
  readonly sign?: boolean;
  /** Told, in words, of each view that comes to an event which it cannot apply. */
  readonly onViewStopped?: (detail: string) => void;
}

/**
 * Opens a ledger on media of this process.
 *
 * @throws invalid-parameter - no store has the URL's scheme
 * @throws actor-required - it may be made, by somebody whose name is none
 * @throws store-unavailable - another process holds it (the message names it), it is not ours, or it does not exist and
 *   `create` is false
 */
export async function openLedger(config: LedgerConfig): Promise<LocalLedger> {
  const { url, actor, create = true, clock = Date.now, sign = false, onViewStopped, ...node } = config;
  if (create) mustBeActor(actor);
  const media = await adapterFor(url).open(url, { clock, create, ...node });
  try {
    return await localLedger(media, { clock, actor, sign, ...(onViewStopped === undefined ? {} : { onViewStopped }) });
  } catch (error) {
    await media.close();
    throw error;
  }
}
