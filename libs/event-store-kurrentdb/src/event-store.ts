import { LedgerError } from '@credence/contracts';
import type { Sha256 } from '@credence/integrity';
import type { CheckpointStore, Clock, EventStore, Position, StoredEvent } from '@credence/kernel';
import { addressOf } from './address.js';
import { appender } from './appends.js';
import { checkpointsIn } from './checkpoints.js';
import { BUDGETS, clusterOver } from './cluster.js';
import type { Budgets, Cluster } from './cluster.js';
import { connect } from './connection.js';
import { decoded, storedOf } from './encoding.js';
import type { Decoded, Raw } from './encoding.js';
import { meaningOf, outage } from './failure.js';
import { startFeed } from './feed.js';
import { migrationOver } from './migration.js';
import type { Migration } from './migration.js';
import { namesIn } from './names.js';
import { openNodeIndex, stopped } from './node-index.js';
import type { NodeIndex, Row } from './node-index.js';
import { serverClock } from './server-clock.js';
import { sideStream } from './side-stream.js';
import { aclIsOpen, serverInfo } from './server-info.js';
import type { ServerInfo } from './server-info.js';
import { streamCache } from './stream-cache.js';

const PAGE_SIZE = 500;

export interface KurrentEventStoreOptions {
  /** `kurrentdb://…`, see `addressOf`. */
  readonly url: string;
  /** Where the node keeps its order and tree of the cluster's events; made if it is not there, rebuilt if it is deleted. */
  readonly file: string;
  readonly clock: Clock;
  /** This machine's clock, to compare with the server's: milliseconds since 1970. */
  readonly wallClock: Clock;
  readonly sha256: Sha256;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  /** The ledger whose events count; default: the one that `ledger-main` of the cluster names. */
  readonly ledger?: string;
  readonly budgets?: Partial<Budgets>;
  /** Told, while a node that is new or was away reads the cluster, how many events count so far. */
  readonly onProgress?: (size: number) => void;
}

/** A store over a cluster, and what looks after it. */
export interface KurrentEventStore extends EventStore {
  readonly cluster: Cluster;
  readonly index: NodeIndex;
  /** Why this node has stopped, if it has. */
  readonly failure: LedgerError | undefined;
  /** Resolves with why this node has stopped, when it does. */
  readonly failed: Promise<LedgerError>;
  /** What the server says of itself: its release, and how far its clock is off this machine's, in milliseconds. */
  server(): Promise<ServerInfo>;
  readonly migration: Migration;
  readonly checkpoints: CheckpointStore;
  /** Whether users without any right of their own may write to the ledger's streams. */
  openToAll(): Promise<boolean>;
}

/**
 * Opens the event store of a cluster: reads what is new to this node, then follows.
 *
 * @throws invalid-parameter - the URL is unreadable
 * @throws store-unavailable - the cluster cannot be reached or refuses; its history is not whole; or what this node knows
 *   is of another cluster, or further than this one goes (a backup was put back)
 */
export async function openKurrentEventStore(options: KurrentEventStoreOptions): Promise<KurrentEventStore> {
  const { url, file, clock, sha256, random } = options;
  const address = addressOf(url);
  const names = namesIn(address.namespace);
  const budgets = { ...BUDGETS, ...options.budgets };
  const index = openNodeIndex({
    file,
    names,
    sha256,
    ...(options.ledger === undefined ? {} : { ledger: options.ledger }),
  });
  const connection = connect(address);
  const abort = new AbortController();
  const sleep = (ms: number) =>
    new Promise<void>(resolve => {
      const done = () => {
        clearTimeout(timer);
        abort.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      abort.signal.addEventListener('abort', done);
    });
  const common = { connection, names, shown: address.shown, random, sleep, budgets };
  const cluster = clusterOver(common);
  const server = serverClock(options.wallClock);
  const appends = { onTheirWay: 0 };
  const checkpoints = checkpointsIn(sideStream(names.checkpoints, { ...common, cluster }), index);
  const { promise: failed, resolve: fail } = Promise.withResolvers<LedgerError>();
  const feed = startFeed({
    ...common,
    cluster,
    index,
    onTheirWay: () => appends.onTheirWay,
    onFailure: fail,
    onTaken: raw => {
      if (raw.stream === names.checkpoints) checkpoints.arrived(raw);
    },
    onRead: ({ id, createdMs }) => {
      server.read(id, createdMs);
    },
  });
  const { append, send, idle } = appender({
    ...common,
    cluster,
    feed,
    index,
    clock,
    sha256,
    offServer: server.off,
    onSent: server.sent,
    onAnswered: server.answered,
  });
  const migration = migrationOver({
    feed,
    index,
    send,
    shown: address.shown,
    stream: sideStream(names.migration, { ...common, cluster }),
  });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await idle();
    abort.abort();
    await feed.stop();
    index.close();
    await connection.close();
  };
  try {
    await checkPlace(cluster, index, file);
    await feed.begin(options.onProgress);
  } catch (error) {
    await close();
    throw outage(address.shown, error);
  }

  const open = () => {
    if (closed) throw new LedgerError('store-unavailable', `${address.shown} is closed`);
    if (feed.failure !== undefined) throw feed.failure;
  };

  /** The events of these rows, from memory if they are all there. */
  const recentOf = async (rows: readonly Row[]): Promise<StoredEvent[]> => {
    const known = rows.map(({ seq }) => feed.recent(seq));
    return known.every(event => event !== undefined) ? known : eventsOf(rows);
  };

  /** The events of these rows, as the cluster has them now. */
  const eventsOf = async (rows: readonly Row[]): Promise<StoredEvent[]> => {
    const found: StoredEvent[] = [];
    let from = rows[0] as Row;
    while (found.length < rows.length) {
      const page = await cluster.readAll(from, rows.length - found.length + 1);
      for (const raw of page) {
        const row = rows[found.length];
        if (row === undefined || raw.commit < row.commit) continue;
        if (raw.commit > row.commit || raw.id !== row.id || hashIn(raw) !== row.dataHash) throw missing(row);
        found.push(storedOf(read(raw, row), row.stream, row));
      }
      const next = rows[found.length];
      if (next === undefined) break;
      if (page.length === 0 || next === from) throw missing(next);
      from = next;
    }
    return found;
  };

  const missing = ({ seq, stream }: Row): LedgerError => {
    const stop = stopped(
      `event ${String(seq)} of ${stream} is no longer in ${address.shown}: retention, a delete, a scavenge, or an older backup that was put back`,
    );
    feed.fail(stop);
    return stop;
  };

  const read = (raw: Raw, row: Row): Decoded => {
    const event = decoded(raw, row.stream);
    if (typeof event === 'string') throw missing(row);
    return event;
  };

  async function* pages(from: number, to: number, { size = PAGE_SIZE, read = eventsOf } = {}) {
    for (let start = from; start < to; start += size) {
      if (start > from) await turn();
      open();
      yield await read(index.rows(start, Math.min(start + size, to)));
    }
  }

  const streams = streamCache();

  /** What is known of the stream, then what the leader has beyond it; the last event known has to be there still. */
  async function* streamPages(stream: string, from: number, size: number) {
    const known = streams.of(stream);
    const begin = Math.max(from, known.length);
    for (let start = from; start < begin; start += size) {
      if (start > from) await turn();
      open();
      yield known.slice(start, Math.min(start + size, begin));
    }
    // The cluster's numbers run ahead of ours where others wrote, and never behind.
    const first = from < begin ? begin - 1 : from;
    for (let number = index.numberOf(stream, first) ?? first; ;) {
      open();
      // Asked before the read: what the feed brings meanwhile need not be in the answer.
      const { number: end } = index.end(stream);
      const found = await cluster.readStream(names.of(stream), number, size).catch((error: unknown) => {
        if (meaningOf(error) !== 'deleted') throw outage(address.shown, error);
        const stop = stopped(`${stream} was tombstoned: its history is gone`);
        feed.fail(stop);
        throw stop;
      });
      const last = found.at(-1);
      if (last === undefined) {
        if (number < end) throw hidden(stream);
        return;
      }
      if (found[0]?.number !== BigInt(number)) throw hidden(stream);
      if (!(await feed.passes(last, budgets.feed)))
        throw new LedgerError(
          'view-behind',
          `${address.shown}: this node is at event ${String(index.tip.size)} and has not come to the end of ${stream}: try again`,
        );
      open();
      const page: StoredEvent[] = [];
      for (const raw of found) {
        const row = index.numbered(stream, Number(raw.number));
        if (row !== undefined && row.revision >= begin) page.push(storedOf(read(raw, row), stream, row));
      }
      streams.extend(stream, page);
      if (page.length > 0) yield page;
      if (found.length < size) return;
      number = Number(last.number) + 1;
      await turn();
    }
  }

  const hidden = (stream: string): LedgerError => {
    const stop = stopped(
      `events of ${stream} that were there can no longer be read: retention, a delete or a scavenge hides them`,
    );
    feed.fail(stop);
    return stop;
  };

  return {
    append: async (stream, expected, events) => {
      open();
      if (events.length === 0) throw new Error(`${stream}: an append of no events`);
      appends.onTheirWay++;
      try {
        return await append(stream, expected, events);
      } finally {
        appends.onTheirWay--;
      }
    },
    readStream: (stream, { from = 0, pageSize = PAGE_SIZE } = {}) => {
      open();
      return streamPages(stream, from, pageSize);
    },
    readAll: (after, { pageSize } = {}) => {
      open();
      // Never from memory: who verifies, or rebuilds, wants to know what is there.
      return pages(seqAfter(after), index.tip.size, pageSize === undefined ? {} : { size: pageSize });
    },
    follow: async function* (after, { signal, pageSize }) {
      for (let from = seqAfter(after); !signal.aborted;) {
        open();
        if (from >= index.tip.size) await feed.news(signal);
        if (signal.aborted) return;
        open();
        const size = pageSize === undefined ? {} : { size: pageSize };
        for await (const page of pages(from, index.tip.size, { ...size, read: recentOf })) {
          if (signal.aborted) return;
          yield page;
          from += page.length;
        }
      }
    },
    readEvent: async seq => {
      open();
      const row = index.row(seq);
      return row === undefined ? undefined : (await recentOf([row]))[0];
    },
    log: {
      head: () => ({ size: index.tip.size, effectiveAt: index.tip.effectiveAt }),
      nodes: index.nodes,
      effectiveAt: index.effectiveAt,
    },
    server: () => serverInfo(address, options.wallClock),
    openToAll: async () =>
      aclIsOpen(
        await cluster.lastOf('$settings').catch((error: unknown) => {
          throw outage(address.shown, error);
        }),
      ),
    migration,
    checkpoints,
    failed,
    cluster,
    index,
    get failure() {
      return feed.failure;
    },
    close,
  };
}

/** @throws store-unavailable - the last event that this node knows is not where it was */
async function checkPlace(cluster: Cluster, index: NodeIndex, file: string): Promise<void> {
  const { at, tip } = index;
  if (at === undefined) return;
  const head = await cluster.head();
  if (head === undefined || head.commit < at.commit)
    throw new LedgerError(
      'store-unavailable',
      `this node has read further than the cluster goes: an older backup was put back, or it is another cluster; what this node knows is in ${file}: see docs/how-to/kurrentdb.md before you delete it`,
    );
  const row = index.row(tip.size - 1);
  const there = row === undefined ? undefined : await cluster.at(row);
  if (row !== undefined && (there?.id !== row.id || hashIn(there) !== row.dataHash))
    throw new LedgerError(
      'store-unavailable',
      `event ${String(row.seq)} is not where this node found it: it is another cluster, or its history was changed; what this node knows is in ${file}: see docs/how-to/kurrentdb.md before you delete it`,
    );
}

const hashIn = ({ metadata }: Raw) => (metadata as { dataHash?: string } | undefined)?.dataHash;

const turn = () => new Promise(resolve => setImmediate(resolve));

const seqAfter = (position: Position | null) => (position === null ? 0 : Number(position) + 1);
