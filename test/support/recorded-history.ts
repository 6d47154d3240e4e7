import type { EventStore, LogReader, Position, StoredEvent } from '@credence/kernel';
import { EMPTY_TIP, extend } from '../../libs/kernel/src/log.js';
import { sha256 } from '../../libs/kernel/src/testing/build.js';

type Line = Omit<StoredEvent, 'salts' | 'position' | 'effectiveAt' | 'bytes'> & {
  readonly salts: Readonly<Record<string, string>>;
};

const PAGE = 500;

/** A store that holds a history as recorded, event for event, and takes nothing more. Its events
 * have their members as those of a store on disk may: to be taken by name, lost by a spread. @param ndjson - as scripts/freeze.mjs writes it */
export function recordedHistory(ndjson: string): EventStore {
  const events: StoredEvent[] = [];
  const nodes: Uint8Array[] = [];
  let tip = EMPTY_TIP;
  for (const line of ndjson.split('\n').filter(Boolean)) {
    const { salts, ...event } = JSON.parse(line) as Line;
    const { data: _d, words: _w, ...envelope } = event;
    const entry = extend(tip, envelope, Date.parse(event.recordedAt), sha256);
    tip = entry.tip;
    nodes.push(entry.nodes);
    const read: StoredEvent = {
      ...event,
      position: String(event.seq) as Position,
      effectiveAt: tip.effectiveAt,
      bytes: entry.envelopeBytes + JSON.stringify(event.data).length + JSON.stringify(event.words).length,
      salts: Object.fromEntries(Object.entries(salts).map(([part, hex]) => [part, Buffer.from(hex, 'hex')])) as never,
    };
    events.push(Object.create(read) as StoredEvent);
  }
  const log: LogReader = {
    head: () => ({ size: tip.size, effectiveAt: tip.effectiveAt }),
    nodes: seq => nodes[seq] as Uint8Array,
    effectiveAt: seq => (events[seq] as StoredEvent).effectiveAt,
  };
  async function* pages(some: readonly StoredEvent[]) {
    for (let from = 0; from < some.length; from += PAGE) yield some.slice(from, from + PAGE);
  }
  const after = (position: Position | null) => pages(events.slice(position === null ? 0 : Number(position) + 1));
  return {
    append: () => Promise.reject(new Error('a recorded history takes nothing more')),
    readStream: (stream, { from = 0 } = {}) =>
      pages(events.filter(event => event.stream === stream && event.revision >= from)),
    readAll: after,
    follow: async function* (position, { signal }) {
      yield* after(position);
      if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve));
    },
    readEvent: async seq => events[seq],
    log,
    close: async () => undefined,
  };
}
