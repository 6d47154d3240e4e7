import { LedgerError } from '@credence/contracts';
import type { Envelope } from '@credence/contracts';
import { utf8 } from '@credence/integrity';
import type { Sha256 } from '@credence/integrity';
import { nextRecordedAt } from './clock.js';
import type { Clock } from './clock.js';
import type { EventStore, Placed, Position, SealedEvent, StoredEvent } from './event-store.js';
import { EMPTY_TIP, extend } from './log.js';
import type { LogEntry, LogTip } from './log.js';
import { place } from './place.js';

const PAGE_SIZE = 500;

/**
 * The reference adapter: what it does is what the port means. Nothing outlives the process.
 *
 * @param recordedAt - as of a single writer, unless a test wants the log of several whose clocks differ
 */
export function memoryEventStore({
  clock,
  sha256,
  recordedAt: recordedAtOf = nextRecordedAt,
}: {
  readonly clock: Clock;
  readonly sha256: Sha256;
  readonly recordedAt?: typeof nextRecordedAt;
}): EventStore {
  const events: StoredEvent[] = [];
  const nodes: Uint8Array[] = [];
  const streams = new Map<string, StoredEvent[]>();
  const waiting = new Set<() => void>();
  let tip: LogTip = EMPTY_TIP;
  let closed = false;

  const at = <T>(list: readonly T[], seq: number): T => {
    const found = list[seq];
    if (found === undefined) throw new RangeError(`event ${String(seq)}: the log has ${String(list.length)}`);
    return found;
  };

  const open = () => {
    if (closed) throw new LedgerError('store-unavailable', 'the store is closed');
  };

  const append: EventStore['append'] = async (stream, expected, sealed) => {
    open();
    if (sealed.length === 0) throw new Error(`${stream}: an append of no events`);
    const past = streams.get(stream) ?? [];
    if ((expected === 'no-stream' ? 0 : expected + 1) !== past.length)
      throw new LedgerError(
        'wrong-expected-revision',
        `${stream}: expected ${expected === 'no-stream' ? 'no stream' : `revision ${String(expected)}`}, found ${past.length === 0 ? 'no stream' : `revision ${String(past.length - 1)}`}`,
      );
    const recordedAtMs = recordedAtOf(clock(), tip.effectiveAt);
    if (recordedAtMs === undefined)
      throw new LedgerError(
        'clock-skew',
        `the clock is at ${String(clock())} ms, and the ledger at ${String(tip.effectiveAt)} ms`,
      );
    const recordedAt = new Date(recordedAtMs).toISOString();
    const placed = sealed.map((event, i) =>
      place(event, { stream, revision: past.length + i, seq: events.length + i, recordedAt }),
    );
    let next = tip;
    const added = placed.map(envelope => {
      const entry = extend(next, envelope, recordedAtMs, sha256);
      next = entry.tip;
      return entry;
    });
    placed.forEach((envelope, i) => {
      const stored = read(envelope, sealed[i] as SealedEvent, added[i] as LogEntry);
      events.push(stored);
      past.push(stored);
    });
    for (const entry of added) nodes.push(entry.nodes);
    streams.set(stream, past);
    tip = next;
    for (const wake of waiting) wake();
    return placed.map(({ id, revision, recordedAt, seq }): Placed => ({ id, revision, recordedAt, seq }));
  };

  const read = (envelope: Envelope, event: SealedEvent, entry: LogEntry): StoredEvent => ({
    ...envelope,
    position: String(envelope.seq) as Position,
    effectiveAt: entry.tip.effectiveAt,
    bytes: entry.envelopeBytes + utf8(event.dataText).length + utf8(event.wordsText).length,
    data: JSON.parse(event.dataText) as unknown,
    words: JSON.parse(event.wordsText) as unknown,
    salts: event.salts,
  });

  const news = (signal: AbortSignal) =>
    new Promise<void>(resolve => {
      const wake = () => {
        waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      waiting.add(wake);
      signal.addEventListener('abort', wake);
    });

  async function* pages(list: readonly StoredEvent[], from: number, to: number, pageSize = PAGE_SIZE) {
    for (let start = from; start < to; start += pageSize) yield list.slice(start, Math.min(start + pageSize, to));
  }

  const after = (position: Position | null) => (position === null ? 0 : Number(position) + 1);

  return {
    append,
    readStream: (stream, { from = 0, pageSize } = {}) => {
      const list = streams.get(stream) ?? [];
      return pages(list, from, list.length, pageSize);
    },
    readAll: (position, { pageSize } = {}) => pages(events, after(position), events.length, pageSize),
    follow: async function* (position, { signal, pageSize }) {
      for (let from = after(position); !signal.aborted;) {
        open();
        if (from >= events.length) await news(signal);
        for await (const page of pages(events, from, events.length, pageSize)) {
          if (signal.aborted) return;
          yield page;
          from += page.length;
        }
      }
    },
    readEvent: async seq => events[seq],
    log: {
      head: () => ({ size: tip.size, effectiveAt: tip.effectiveAt }),
      nodes: seq => at(nodes, seq),
      effectiveAt: seq => at(events, seq).effectiveAt,
    },
    close: async () => {
      closed = true;
      for (const wake of waiting) wake();
    },
  };
}
