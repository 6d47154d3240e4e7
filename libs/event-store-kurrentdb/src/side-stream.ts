import { randomUUID } from 'node:crypto';
import { jsonEvent, NO_STREAM } from '@kurrent/kurrentdb-client';
import { LedgerError } from '@credence/contracts';
import type { Budgets, Talking } from './cluster.js';
import type { Raw } from './encoding.js';
import { backOffMs, meaningOf, outage, within } from './failure.js';

/** A stream beside the ledger's, without seq: what nodes tell each other. */
export interface SideStream {
  /** The last events, the last one first. @throws store-unavailable */
  last(count: number): Promise<Raw[]>;
  /**
   * Appends an event, unless the last one is it already.
   *
   * @param isThere - whether the stream's last event says the same
   * @throws store-unavailable - the cluster refuses, or does not answer
   */
  append(type: string, data: object, isThere: (last: Raw) => boolean): Promise<void>;
}

export interface SideStreamOptions extends Talking {
  readonly budgets: Budgets;
}

const TRIES = 20;

export function sideStream(name: string, options: SideStreamOptions): SideStream {
  const { cluster, connection, shown, budgets, random, sleep } = options;
  const last = (count: number) =>
    cluster.lastFewOf(name, count).catch((error: unknown) => {
      throw outage(shown, error);
    });
  return {
    last,
    append: async (type, data, isThere) => {
      const event = jsonEvent({ id: randomUUID(), type, data: { ...data } });
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const [before] = await last(1);
        if (before !== undefined && isThere(before)) return;
        const { client } = connection;
        const appended = client.appendToStream(name, event, {
          streamState: before?.number ?? NO_STREAM,
          requiresLeader: true,
          deadline: budgets.call,
        });
        try {
          await within(budgets.call + 500, `${shown}: ${type}`, appended);
          return;
        } catch (error) {
          if (meaningOf(error) === 'refused') throw outage(shown, error);
          connection.renew(client);
          await sleep(backOffMs(attempt, random));
        }
      }
      throw new LedgerError('store-unavailable', `${shown}: ${type} could not be noted`);
    },
  };
}
