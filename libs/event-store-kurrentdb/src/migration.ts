import { randomUUID } from 'node:crypto';
import { jsonEvent, NO_STREAM } from '@kurrent/kurrentdb-client';
import { LedgerError } from '@credence/contracts';
import { canonicalize } from '@credence/integrity';
import type { SealedEvent, StoredEvent } from '@credence/kernel';
import type { Budgets, Cluster } from './cluster.js';
import type { Connection } from './connection.js';
import { backOffMs, meaningOf, outage, within } from './failure.js';
import type { Feed } from './feed.js';
import type { NodeIndex, Place } from './node-index.js';

/** Where a migration into this cluster stands; it has a stream of its own, without seq, which every node reads at start. */
export interface MigrationState {
  readonly type: 'MigrationBegan' | 'MigrationVerified';
  readonly ledger: string;
  readonly size: number;
}

export interface Migration {
  state(): Promise<MigrationState | undefined>;
  note(type: MigrationState['type'], facts: { ledger: string; size: number; root?: string }): Promise<void>;
  /**
   * Appends events of another store as they are, `recordedAt` included, one after the other, and waits until this node has
   * given them the seq that they had.
   *
   * @throws store-unavailable - the cluster refused, or they came to stand elsewhere
   */
  copy(events: readonly StoredEvent[]): Promise<void>;
}

export interface MigrationOptions {
  readonly cluster: Cluster;
  readonly connection: Connection;
  readonly feed: Feed;
  readonly index: NodeIndex;
  /** Name of the migration's stream. */
  readonly stream: string;
  readonly shown: string;
  readonly budgets: Budgets;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Appends at a number of the cluster, until it is known what came of it. */
  send(stream: string, first: number, sealed: readonly SealedEvent[], recordedAt: readonly string[]): Promise<Place>;
}

/** A node that reads slowly gets so long for a page. */
const PATIENCE_MS = 120_000;

export function migrationOver(options: MigrationOptions): Migration {
  const { cluster, connection, feed, index, stream, shown, budgets, random, sleep } = options;

  const last = async () => {
    const raw = await cluster.lastOf(stream).catch((error: unknown) => {
      throw outage(shown, error);
    });
    return raw === undefined
      ? undefined
      : { number: raw.number, state: { type: raw.type, ...(raw.data as object) } as MigrationState };
  };

  return {
    state: async () => (await last())?.state,
    note: async (type, facts) => {
      const event = jsonEvent({ id: randomUUID(), type, data: { ...facts } });
      for (let attempt = 0; attempt < 20; attempt++) {
        const before = await last();
        if (before?.state.type === type) return;
        const { client } = connection;
        const appended = client.appendToStream(stream, event, {
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
    copy: async events => {
      let place: Place | undefined;
      for (const group of groupsOf(events)) {
        const [first] = group;
        if (first === undefined) continue;
        const moments = group.map(({ recordedAt }) => recordedAt);
        place = await options.send(first.stream, first.revision, group.map(sealedOf), moments);
      }
      const end = events.at(-1);
      if (place === undefined || end === undefined) return;
      if (!(await feed.passes(place, PATIENCE_MS)) || index.row(end.seq)?.id !== end.id)
        throw new LedgerError(
          'store-unavailable',
          `${shown}: event ${String(end.seq)} did not come to stand where it stood; somebody else writes to the cluster`,
        );
    },
  };
}

/** Neighbours of one stream go together, at most so many, of so many bytes. */
const GROUP_EVENTS = 200;
const GROUP_BYTES = 512 * 1024;

function* groupsOf(events: readonly StoredEvent[]): Generator<StoredEvent[]> {
  let group: StoredEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const fits = group[0]?.stream === event.stream && group.length < GROUP_EVENTS && bytes + event.bytes < GROUP_BYTES;
    if (!fits) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(event);
    bytes += event.bytes;
  }
  yield group;
}

function sealedOf(event: StoredEvent): SealedEvent {
  const { id, type, schemaVersion, actor, commandId, commandHash, correlationId, ledger, dataHash, wordsHash } = event;
  const head = { id, type, schemaVersion, actor, commandId, commandHash, correlationId, ledger, dataHash, wordsHash };
  const { salts, data, words } = event;
  return { ...head, salts, dataText: canonicalize(data), wordsText: canonicalize(words) };
}
