import { BACKWARDS, END, START, streamNameFilter } from '@kurrent/kurrentdb-client';
import type { AllStreamSubscription, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { rawOf } from './encoding.js';
import type { Raw } from './encoding.js';
import { backOffMs, meaningOf, outage, textOf, within } from './failure.js';
import type { Connection } from './connection.js';
import type { Names } from './names.js';
import type { Place } from './node-index.js';

/** Reads of the cluster, bounded: each page has its deadline, each failure a few more tries with a client that may be new. */
export interface Cluster {
  /** Events of a stream from a number on, as the leader has them; none if it does not exist. @throws as `Meaning` says */
  readStream(name: string, from: number, count: number): Promise<Raw[]>;
  /** The stream's last event. */
  lastOf(name: string): Promise<Raw | undefined>;
  /** The stream's last events, the last one first. */
  lastFewOf(name: string, count: number): Promise<Raw[]>;
  /** Events of our streams from a place on, which is included; null: from the first. */
  readAll(from: Place | null, count: number): Promise<Raw[]>;
  /** Whatever stands at this place. */
  at(place: Place): Promise<Raw | undefined>;
  /** Where the last event of all stands. */
  head(): Promise<Place | undefined>;
  /** Events of our streams after a place, and what comes later. It ends in an error, or in silence, when it is dropped. */
  subscribe(after: Place | null): { readonly subscription: AllStreamSubscription; readonly client: KurrentDBClient };
}

/** What calls the server: over which connection, and how it waits before it tries again. */
interface Calling {
  readonly connection: Connection;
  /** As messages call it. */
  readonly shown: string;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface ClusterOptions extends Calling {
  readonly names: Names;
  readonly budgets: Budgets;
}

/** What reads the cluster, and calls it besides. */
export interface Talking extends Calling {
  readonly cluster: Cluster;
}

/** How long what may take, in milliseconds. */
export interface Budgets {
  /** One call, until it is answered. */
  readonly call: number;
  /** One read with all its tries. */
  readonly read: number;
  /** One append with all its tries. */
  readonly append: number;
  /** Until the node's feed passes an event that is there. */
  readonly feed: number;
}

export const BUDGETS: Budgets = { call: 5000, read: 12_000, append: 20_000, feed: 5000 };

/** `checkpointReached` is not used: it runs ahead of events that are yet to be delivered. */
const WINDOW = 32;

export function clusterOver({ connection, names, shown, random, sleep, budgets }: ClusterOptions): Cluster {
  const filter = () => streamNameFilter({ prefixes: names.prefixes, checkpointInterval: WINDOW });

  const collected = async (events: AsyncIterable<Parameters<typeof rawOf>[0]>): Promise<Raw[]> => {
    const found: Raw[] = [];
    for await (const event of events) {
      const raw = rawOf(event);
      if (raw !== undefined) found.push(raw);
    }
    return found;
  };

  const reading = async (
    what: string,
    read: (client: KurrentDBClient) => AsyncIterable<Parameters<typeof rawOf>[0]>,
  ): Promise<Raw[]> => {
    const until = performance.now() + budgets.read;
    for (let attempt = 0; ; attempt++) {
      const { client } = connection;
      try {
        return await within(budgets.call, `${shown}: ${what}`, collected(read(client)));
      } catch (error) {
        const meaning = meaningOf(error);
        if (meaning === 'not-found') return [];
        if (meaning === 'deleted' || meaning === 'refused') throw error;
        connection.renew(client);
        if (performance.now() > until) throw outage(shown, new Error(`${what}: ${textOf(error)}`));
        await sleep(backOffMs(attempt, random));
      }
    }
  };

  const lastFewOf = (name: string, count: number) =>
    reading(name, client =>
      client.readStream(name, { fromRevision: END, direction: BACKWARDS, maxCount: count, requiresLeader: true }),
    );

  return {
    readStream: (name, from, count) =>
      reading(name, client =>
        client.readStream(name, { fromRevision: BigInt(from), maxCount: count, requiresLeader: true }),
      ),
    lastOf: async name => (await lastFewOf(name, 1))[0],
    lastFewOf,
    readAll: (from, count) =>
      reading('$all', client => client.readAll({ fromPosition: from ?? START, maxCount: count, filter: filter() })),
    at: async place =>
      (await reading('$all', client => client.readAll({ fromPosition: place, maxCount: 1 }))).find(
        ({ commit }) => commit === place.commit,
      ),
    head: async () => {
      const [last] = await reading('$all', client =>
        client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }),
      );
      return last === undefined ? undefined : { commit: last.commit, prepare: last.prepare };
    },
    subscribe: after => {
      const { client } = connection;
      return {
        subscription: client.subscribeToAll({ fromPosition: after ?? START, filter: filter() }, { highWaterMark: 500 }),
        client,
      };
    },
  };
}
