import { LedgerError, MAX_ENVELOPE_BYTES } from '@credence/contracts';
import { EMPTY_FRONTIER } from '@credence/integrity';
import type { Clock } from '../clock.js';
import { nextRecordedAt } from '../clock.js';
import type { EventStore, Expected, Placed, Position, SealedEvent, StoredEvent } from '../event-store.js';
import { extend } from '../log.js';
import type { LogTip } from '../log.js';
import { place } from '../place.js';
import { sha256 } from './build.js';

/** The mistakes that event stores are known for. Each breaks one promise, and the kit must say so. */
export const BUGS = [
  /** A stream that exists is created again: its events start over. */
  'create-only not enforced',
  /** The revision is compared, but only for streams that the caller says exist at a later one. */
  'stale revision accepted',
  /** The revision is read before the commit and written after it: two writers who read the same one both win. */
  'lost update',
  /** The events of a batch become readable one by one. */
  'half-visible batch',
  /** Readers are shown events that the commit may still refuse. */
  'visible before the commit',
  /** The end of the log moves before its events are there. */
  'early checkpoint',
  /** A failed append gives its seq back, and one more: an event comes to stand where another one stood. */
  'reused seq',
  /** A failed append uses up its seq. */
  'gap in seq',
  /** What is appended between the last page of catching up and the live feed is passed over. */
  'event lost at the seam',
  /** What is appended around the seam comes twice. */
  'event repeated at the seam',
  /** One conflict fails all that share its commit. */
  'conflict fails its neighbours',
  /** recordedAt is whatever the clock says. */
  'clock followed backwards',
  /** The log keeps leaf hashes alone. */
  'interior nodes not kept',
  /** `readAll` goes on to events appended after it was called. */
  'read runs on',
] as const;
export type Bug = (typeof BUGS)[number];

const turn = () => new Promise(resolve => setImmediate(resolve));

/** An event store in memory with one known bug, or, to show that the kit finds nothing where nothing is, with none. */
export function faultyEventStore({ clock }: { readonly clock: Clock }, bug?: Bug): EventStore {
  const has = (name: Bug) => bug === name;
  let events: StoredEvent[] = [];
  let nodes: Uint8Array[] = [];
  let tip: LogTip = { size: 0, effectiveAt: -Infinity, frontier: EMPTY_FRONTIER };
  let ahead = 0;
  let skipped = 0;
  let closed = false;
  let commits: Promise<unknown> = Promise.resolve();
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const call of [...waiting]) call();
  };

  const open = () => {
    if (closed) throw new LedgerError('store-unavailable', 'closed');
  };
  const revisionOf = (stream: string) => events.filter(event => event.stream === stream).length - 1;

  const check = (stream: string, expected: Expected, found: number) => {
    const wanted = expected === 'no-stream' ? -1 : expected;
    if (wanted === found) return;
    if (has('create-only not enforced') && wanted === -1) return;
    if (has('stale revision accepted') && wanted < found && wanted !== -1) return;
    throw new LedgerError('wrong-expected-revision', `${stream}: expected ${String(expected)}, found ${String(found)}`);
  };

  interface Waiting {
    readonly run: () => Promise<readonly Placed[]>;
    readonly resolve: (placed: readonly Placed[]) => void;
    readonly reject: (reason: unknown) => void;
  }
  let queue: Waiting[] = [];

  const append: EventStore['append'] = async (stream, expected, sealed) => {
    open();
    if (sealed.length === 0) throw new Error('an append of no events');
    const early = has('lost update') ? revisionOf(stream) : undefined;
    return new Promise((resolve, reject) => {
      queue.push({ run: () => commit(stream, expected, sealed, early), resolve, reject });
      if (queue.length === 1) commits = commits.then(turn).then(commitQueued);
    });
  };

  const commitQueued = async () => {
    const group = queue;
    queue = [];
    const before = { events, nodes, tip };
    const outcomes = [];
    for (const { run } of group) outcomes.push(...(await Promise.allSettled([run()])));
    const failed = outcomes.find(outcome => outcome.status === 'rejected');
    if (has('conflict fails its neighbours') && failed !== undefined) {
      ({ events, nodes, tip } = before);
      for (const { reject } of group) reject(failed.reason);
      return;
    }
    outcomes.forEach((outcome, i) => {
      if (outcome.status === 'fulfilled') group[i]?.resolve(outcome.value);
      else group[i]?.reject(outcome.reason);
    });
  };

  const commit = async (stream: string, expected: Expected, sealed: readonly SealedEvent[], early?: number) => {
    const before = { events, nodes, tip };
    try {
      if (has('visible before the commit')) {
        const shown = rows(stream, sealed, revisionOf(stream), Math.max(clock(), tip.effectiveAt), false);
        events = [...events, ...shown.map(row => row.event)];
        wake();
        await turn();
        ({ events } = before);
      }
      const found = revisionOf(stream);
      check(stream, expected, early ?? found);
      const recordedAtMs = has('clock followed backwards') ? clock() : nextRecordedAt(clock(), tip.effectiveAt);
      if (recordedAtMs === undefined) throw new LedgerError('clock-skew', 'the clock is behind');
      const from = has('create-only not enforced') && expected === 'no-stream' ? -1 : found;
      const added = rows(stream, sealed, early ?? from, recordedAtMs, true);
      if (has('early checkpoint')) {
        ahead = sealed.length;
        await turn();
        ahead = 0;
      }
      if (has('half-visible batch'))
        for (const { event } of added) {
          events = [...events, event];
          await turn();
        }
      else events = [...events, ...added.map(({ event }) => event)];
      nodes = [
        ...nodes,
        ...added.map(({ entry }) => (has('interior nodes not kept') ? entry.nodes.subarray(0, 32) : entry.nodes)),
      ];
      tip = added.at(-1)?.entry.tip ?? tip;
      wake();
      return added.map(({ event: { id, revision, recordedAt, seq } }) => ({ id, revision, recordedAt, seq }));
    } catch (error) {
      ({ events, nodes, tip } = before);
      if (has('gap in seq')) skipped++;
      if (has('reused seq') && events.length > 0) skipped--;
      throw error;
    }
  };

  const rows = (
    stream: string,
    sealed: readonly SealedEvent[],
    found: number,
    recordedAtMs: number,
    strict: boolean,
  ) => {
    let end = tip;
    return sealed.map((event, i) => {
      const [revision, seq] = [found + 1 + i, end.size + skipped];
      const at = { stream, revision, seq, recordedAt: new Date(recordedAtMs).toISOString() };
      const envelope = place(strict ? event : { ...event, correlationId: event.correlationId.slice(0, 128) }, at);
      if (envelope.correlationId.length > MAX_ENVELOPE_BYTES) throw new LedgerError('event-too-large', 'too large');
      const entry = extend(end, envelope, recordedAtMs, sha256);
      end = entry.tip;
      const stored: StoredEvent = {
        ...envelope,
        position: String(end.size - 1) as Position,
        effectiveAt: end.effectiveAt,
        bytes: entry.envelopeBytes + Buffer.byteLength(event.dataText + event.wordsText),
        data: JSON.parse(event.dataText) as unknown,
        words: JSON.parse(event.wordsText) as unknown,
        salts: event.salts,
      };
      return { event: stored, entry };
    });
  };

  async function* pages(list: () => readonly StoredEvent[], from: number, pageSize = 500) {
    const to = list().length;
    const end = () => (has('read runs on') ? list().length : to);
    for (let start = from; start < end(); start += pageSize)
      yield list().slice(start, Math.min(start + pageSize, end()));
  }

  const after = (position: Position | null) => (position === null ? 0 : Number(position) + 1);

  return {
    append,
    readStream: (stream, { from = 0, pageSize } = {}) => {
      const list = events.filter(event => event.stream === stream);
      return pages(() => list, from, pageSize);
    },
    readAll: (position, { pageSize } = {}) => {
      const list = events;
      return pages(() => (has('read runs on') ? events : list), after(position), pageSize);
    },
    follow: async function* (position, { signal, pageSize }) {
      for (let from = after(position); !signal.aborted;) {
        open();
        const list = events;
        for await (const page of pages(() => list, from, pageSize)) {
          if (signal.aborted) return;
          yield page;
          from += page.length;
        }
        if (has('event lost at the seam')) from = events.length;
        if (from < events.length) continue;
        if (has('event repeated at the seam') && from > 100) from--;
        await new Promise<void>(resolve => {
          const call = () => {
            waiting.delete(call);
            resolve();
          };
          waiting.add(call);
          signal.addEventListener('abort', call);
        });
      }
    },
    readEvent: async seq => events[seq],
    log: {
      head: () => ({ size: events.length + ahead, effectiveAt: tip.effectiveAt }),
      nodes: seq => nodes[seq] ?? beyond(),
      effectiveAt: seq => events[seq]?.effectiveAt ?? beyond(),
    },
    close: async () => {
      await commits;
      closed = true;
      wake();
    },
  };
}

function beyond(): never {
  throw new RangeError('beyond the head');
}
