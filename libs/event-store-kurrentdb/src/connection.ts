import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { Address } from './address.js';

/**
 * The client to talk to the cluster with, and a new one when it is spoilt: after a failed first connection or discovery
 * this client package never recovers, reads included, though the server is back.
 */
export interface Connection {
  readonly client: KurrentDBClient;
  /** A fresh client in the place of `spoilt`, unless somebody was faster. */
  renew(spoilt: KurrentDBClient): void;
  close(): Promise<void>;
}

/** An append that is not answered by then is sent again. */
export const DEADLINE_MS = 5000;
/** Calls in flight on a client that was replaced have so long to end. */
const LINGER_MS = 30_000;
/** Many calls fail at once, and one new client is enough for them. */
const RENEW_EVERY_MS = 200;

export function connect(address: Address): Connection {
  const make = () => {
    const client = KurrentDBClient.connectionString(address.connection);
    // Appends go one call each, with a deadline and a word to the leader; batched ones have neither.
    client.setCredentialsProvider(() => address.credentials);
    return client;
  };
  let client = make();
  let renewedAt = performance.now();
  const lingering = new Map<NodeJS.Timeout, KurrentDBClient>();
  return {
    get client() {
      return client;
    },
    renew: spoilt => {
      if (spoilt !== client || performance.now() - renewedAt < RENEW_EVERY_MS) return;
      client = make();
      renewedAt = performance.now();
      const timer = setTimeout(() => {
        lingering.delete(timer);
        void spoilt.dispose();
      }, LINGER_MS);
      timer.unref();
      lingering.set(timer, spoilt);
    },
    close: async () => {
      for (const timer of lingering.keys()) clearTimeout(timer);
      await Promise.all([client, ...lingering.values()].map(one => one.dispose()));
    },
  };
}
