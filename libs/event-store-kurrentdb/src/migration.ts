import { LedgerError } from '@credence/contracts';
import { canonicalize } from '@credence/integrity';
import type { SealedEvent, StoredEvent } from '@credence/kernel';
import type { Feed } from './feed.js';
import type { NodeIndex, Place } from './node-index.js';
import type { SideStream } from './side-stream.js';

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
  readonly feed: Feed;
  readonly index: NodeIndex;
  /** The migration's. */
  readonly stream: SideStream;
  readonly shown: string;
  /** Appends at a number of the cluster, until it is known what came of it. */
  send(stream: string, first: number, sealed: readonly SealedEvent[], recordedAt: readonly string[]): Promise<Place>;
}

/** A node that reads slowly gets so long for a page. */
const PATIENCE_MS = 120_000;

export function migrationOver(options: MigrationOptions): Migration {
  const { feed, index, stream, shown } = options;

  return {
    state: async () => {
      const [last] = await stream.last(1);
      return last === undefined ? undefined : ({ type: last.type, ...(last.data as object) } as MigrationState);
    },
    note: (type, facts) => stream.append(type, facts, last => last.type === type),
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
