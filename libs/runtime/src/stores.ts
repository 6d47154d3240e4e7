import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LedgerError } from '@credence/contracts';
import { memoryCaptureStore, memoryCheckpointStore, memoryEventStore, memoryViewStore } from '@credence/kernel';
import type { CaptureStore, CheckpointStore, Clock, EventStore, ViewStore } from '@credence/kernel';
import type { Finding } from './finding.js';
import type { FolderReport } from './folder-report.js';
import { refuseMoved } from './moved.js';
import { primitives } from './primitives.js';

/** What the details of an outage say where there is nothing to serve, or not yet. */
export const NO_LEDGER = 'no-ledger';
export const UNFINISHED_MOVE = 'unfinished-move';

/** The media of one ledger. */
export interface Media {
  /** As messages name it. */
  readonly url: string;
  readonly events: EventStore;
  readonly views: ViewStore;
  readonly captures: CaptureStore;
  readonly checkpoints: CheckpointStore;
  /** Where a key to sign checkpoints with is kept; absent: nowhere. */
  readonly keyFile?: string;
  /** Says where this process serves the ledger, so that other processes find it. */
  announce(url: string): void;
  /** What lies where it is kept, for whoever looks after it. Absent where nothing is kept. */
  inspect?(): Promise<FolderReport>;
  /** What whoever looks after a cluster should know of it. */
  findings?(): Promise<readonly Finding[]>;
  /** @throws store-unavailable - what stopped this node: nothing that it could answer would be the ledger */
  check?(): void;
  /** Resolves with what stopped this node, when it does. */
  readonly failed?: Promise<LedgerError>;
  /** Told which ledger this is, once that is known. @throws store-unavailable - what is shared belongs to another one */
  belongsTo?(ledger: string): void;
  close(): Promise<void>;
}

export interface MediaOptions {
  readonly clock: Clock;
  /** Make the store if it is not there; else a store that does not exist is an error. */
  readonly create: boolean;
  /** Of a node on a cluster: the folder for what it can rebuild, its own. Default `./credence-node`. */
  readonly data?: string;
  /** Of a node on a cluster: the folder with the captures, which all nodes share. Default: `captures` below its own. */
  readonly captures?: string;
  /** Told how many events a node that is new, or was away, has read so far. */
  readonly onProgress?: (events: number) => void;
}

export const DEFAULT_DATA = './credence-node';

/** A kind of store, by the scheme of its URL. A new store is a folder under libs/ and a line here. */
export interface Adapter {
  readonly scheme: string;
  /** Other schemes that mean the same. */
  readonly aliases?: readonly string[];
  readonly example: string;
  /** Needs a server that somebody else runs. */
  readonly remote?: true;
  /** Whether a second opening finds what the first one wrote. */
  readonly persists: boolean;
  open(address: string, options: MediaOptions): Promise<Media>;
}

export const ADAPTERS: readonly Adapter[] = [
  {
    scheme: 'memory:',
    example: 'memory:',
    persists: false,
    open: async (_address, { clock }) => {
      const events = memoryEventStore({ clock, sha256: primitives.sha256 });
      return {
        url: 'memory:',
        events,
        views: memoryViewStore(),
        captures: memoryCaptureStore(primitives),
        checkpoints: memoryCheckpointStore(),
        announce: () => undefined,
        close: () => events.close(),
      };
    },
  },
  { scheme: 'sqlite:', example: 'sqlite:./credence-data', persists: true, open: openSqlite },
  {
    scheme: 'kurrentdb:',
    aliases: [
      'kurrentdb+discover:',
      'kurrent:',
      'kurrent+discover:',
      'kdb:',
      'kdb+discover:',
      'esdb:',
      'esdb+discover:',
    ],
    example: 'kurrentdb://user:password@host:2113',
    remote: true,
    persists: true,
    open: openKurrent,
  },
];

export const DEFAULT_URL = 'sqlite:./credence-data';

/** @throws invalid-parameter - no adapter has the scheme */
export function adapterFor(url: string): Adapter {
  const adapter = ADAPTERS.find(({ scheme, aliases = [] }) => [scheme, ...aliases].some(one => url.startsWith(one)));
  if (adapter === undefined) {
    const known = ADAPTERS.map(({ example }) => example).join(', ');
    throw new LedgerError(
      'invalid-parameter',
      `no store has the scheme of "${url}"; wanted one like ${known}, http://127.0.0.1:3000`,
    );
  }
  return adapter;
}

/** The folder of a `sqlite:` URL. */
export const folderOf = (url: string): string => resolve(url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '') || '.');

/** Loaded when such a store is opened: whoever talks to a server over HTTP needs none of it. */
async function openSqlite(address: string, { clock, create }: MediaOptions): Promise<Media> {
  const { checkpointFile, lockFolder, openSqliteEventStore } = await import('../../event-store-sqlite/src/index.js');
  const { openSqliteViewStore } = await import('../../view-store-sqlite/src/index.js');
  const { fsCaptureStore } = await import('../../capture-store-fs/src/index.js');
  const folder = folderOf(address);
  if (!create && !existsSync(join(folder, 'events.sqlite')))
    throw new LedgerError(
      'store-unavailable',
      `there is no ledger in ${folder}; a first record, import or serve makes one`,
    );
  const lock = lockFolder(folder, { startedAt: new Date(clock()).toISOString() });
  try {
    refuseMoved(folder);
    const events = await openSqliteEventStore({ folder, clock, sha256: primitives.sha256, lock });
    const views = openSqliteViewStore({ file: join(folder, 'views.sqlite') });
    const captures = fsCaptureStore({ folder: join(folder, 'captures') });
    return {
      url: `sqlite:${folder}`,
      events,
      views,
      captures,
      checkpoints: checkpointFile(folder),
      keyFile: join(folder, 'key'),
      announce: url => {
        lock.announce(url);
      },
      inspect: async () => (await import('./folder-report.js')).folderReport(folder),
      close: async () => {
        await events.close();
        views.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The client has a native part, which is there for some machines only. */
function unloadable(error: unknown): never {
  throw new LedgerError(
    'store-unavailable',
    `the client of KurrentDB cannot be loaded on this machine: ${(error as Error).message.split('\n')[0] ?? ''}; every other store works without it`,
  );
}

/** Loaded when such a store is opened: every other one works where the client's native part does not. */
async function openKurrent(url: string, options: MediaOptions): Promise<Media> {
  const { clock, create, data = DEFAULT_DATA, captures, onProgress } = options;
  const { addressOf, openKurrentEventStore } = await import('../../event-store-kurrentdb/src/index.js').catch(
    unloadable,
  );
  const { lockFolder } = await import('../../event-store-sqlite/src/index.js');
  const { openSqliteViewStore } = await import('../../view-store-sqlite/src/index.js');
  const { fsCaptureStore } = await import('../../capture-store-fs/src/index.js');
  const { markShared } = await import('./shared-captures.js');
  const address = addressOf(url);
  const folder = resolve(data);
  const shared = resolve(captures ?? join(folder, 'captures'));
  const lock = lockFolder(folder, { startedAt: new Date(clock()).toISOString() });
  const file = join(folder, 'log.sqlite');
  const { sha256 } = primitives;
  const random = Math.random;
  const progress = onProgress === undefined ? {} : { onProgress };
  try {
    const events = await openKurrentEventStore({ url, file, clock, wallClock: Date.now, sha256, random, ...progress });
    try {
      if (!create && events.index.ledger === undefined)
        throw new LedgerError(
          'store-unavailable',
          `there is no ledger in ${address.shown}; a first record, import, serve or migrate makes one`,
          [{ pointer: 'ledger', code: NO_LEDGER, detail: 'it holds none' }],
        );
      const migration = await events.migration.state();
      if (migration?.type === 'MigrationBegan')
        throw new LedgerError(
          'store-unavailable',
          `a migration into ${address.shown} is not finished: ${String(events.log.head().size)} of ${String(migration.size)} events are there, not verified; run credence migrate again`,
          [{ pointer: 'ledger', code: UNFINISHED_MOVE, detail: 'a migration into it is not finished' }],
        );
      const views = openSqliteViewStore({ file: join(folder, 'views.sqlite') });
      return {
        url: address.shown,
        events,
        views,
        captures: fsCaptureStore({ folder: shared }),
        checkpoints: events.checkpoints,
        keyFile: join(folder, 'key'),
        failed: events.failed,
        announce: served => {
          lock.announce(served);
        },
        inspect: async () => (await import('./folder-report.js')).folderReport(folder),
        findings: async () =>
          (await import('./cluster-findings.js')).clusterFindings(events, {
            address,
            shared,
            given: captures !== undefined,
          }),
        check: () => {
          if (events.failure !== undefined) throw events.failure;
        },
        belongsTo: ledger => {
          markShared(shared, ledger);
        },
        close: async () => {
          await events.close();
          views.close();
          lock.release();
        },
      };
    } catch (error) {
      await events.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}
