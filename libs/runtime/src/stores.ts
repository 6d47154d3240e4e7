import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LedgerError } from '@credence/contracts';
import { memoryCaptureStore, memoryEventStore, memoryViewStore } from '@credence/kernel';
import type { CaptureStore, Clock, EventStore, ViewStore } from '@credence/kernel';
import type { FolderReport } from './folder-report.js';
import { primitives } from './primitives.js';

/** The media of one ledger. */
export interface Media {
  /** As messages name it. */
  readonly url: string;
  readonly events: EventStore;
  readonly views: ViewStore;
  readonly captures: CaptureStore;
  /** Says where this process serves the ledger, so that other processes find it. */
  announce(url: string): void;
  /** What lies where it is kept, for whoever looks after it. Absent where nothing is kept. */
  inspect?(): Promise<FolderReport>;
  close(): Promise<void>;
}

export interface MediaOptions {
  readonly clock: Clock;
  /** Make the store if it is not there; else a store that does not exist is an error. */
  readonly create: boolean;
}

/** A kind of store, by the scheme of its URL. A new store is a folder under libs/ and a line here. */
export interface Adapter {
  readonly scheme: string;
  readonly example: string;
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
        announce: () => undefined,
        close: () => events.close(),
      };
    },
  },
  { scheme: 'sqlite:', example: 'sqlite:./credence-data', persists: true, open: openSqlite },
];

export const DEFAULT_URL = 'sqlite:./credence-data';

/** @throws invalid-parameter - no adapter has the scheme */
export function adapterFor(url: string): Adapter {
  const adapter = ADAPTERS.find(({ scheme }) => url.startsWith(scheme));
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
  const { lockFolder, openSqliteEventStore } = await import('../../event-store-sqlite/src/index.js');
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
    const events = await openSqliteEventStore({ folder, clock, sha256: primitives.sha256, lock });
    const views = openSqliteViewStore({ file: join(folder, 'views.sqlite') });
    const captures = fsCaptureStore({ folder: join(folder, 'captures') });
    return {
      url: `sqlite:${folder}`,
      events,
      views,
      captures,
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
