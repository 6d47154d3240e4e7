import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { KurrentEventStoreOptions } from '@credence/event-store-kurrentdb';
import type { Clock, EventStore } from '@credence/kernel';
import { idOf, sha256 } from '@credence/kernel/testing';
import type { EventStoreSubject } from '@credence/kernel/testing';
import { openKurrentEventStore } from '@credence/event-store-kurrentdb';
import { kurrentDouble } from './kurrent-double/index.js';
import { inNamespace, temporaryFolder } from './live-kurrent.js';

/** As the tests open it: the ledger of the kits, the clock that they set, the machine's clock for the server's. */
export const openStore = (
  url: string,
  folder: string,
  clock: Clock = Date.now,
  more: Partial<KurrentEventStoreOptions> = {},
) =>
  openKurrentEventStore({
    url,
    file: join(folder, 'log.sqlite'),
    clock,
    wallClock: Date.now,
    sha256,
    random: Math.random,
    ledger: idOf('ledger'),
    ...more,
  });

/** The adapter over a double of its own for each store, or over streams of its own on a live server. */
export function kurrentSubject(live?: string): EventStoreSubject {
  interface Stand {
    readonly url: string;
    readonly folder: string;
    stop(): Promise<void>;
  }
  const stands = new Map<EventStore, Stand>();
  const openAt = async (stand: Stand, clock: Clock): Promise<EventStore> => {
    const store = await openStore(stand.url, stand.folder, clock);
    stands.set(store, stand);
    return store;
  };
  const standOf = (store: EventStore) => stands.get(store) as Stand;
  return {
    histories: 6,
    open: async ({ clock }) => {
      const folder = temporaryFolder();
      if (live !== undefined) return openAt({ url: inNamespace(live), folder, stop: async () => undefined }, clock);
      const double = await kurrentDouble();
      return openAt({ url: double.url, folder, stop: double.stop }, clock);
    },
    reopen: async (store, { clock }) => {
      await store.close();
      return openAt(standOf(store), clock);
    },
    discard: async store => {
      const { folder, stop } = standOf(store);
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
