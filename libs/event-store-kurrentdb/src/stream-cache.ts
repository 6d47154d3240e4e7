import type { StoredEvent } from '@credence/kernel';

/** The beginnings of streams that were read last, in memory: a stream only grows, so of what is known its end alone is asked for. */
export interface StreamCache {
  /** Events of the stream from its first on, without a gap; none if it is not kept. */
  of(stream: string): readonly StoredEvent[];
  /** Puts events at the end of what is kept; where they do not follow it, nothing happens. */
  extend(stream: string, events: readonly StoredEvent[]): void;
}

const MAX_BYTES = 16 * 1024 * 1024;
/** One long stream is not to push out all others. */
const MAX_BYTES_OF_ONE = MAX_BYTES / 4;

interface Kept {
  readonly events: StoredEvent[];
  bytes: number;
}

export function streamCache(maxBytes = MAX_BYTES, maxBytesOfOne = MAX_BYTES_OF_ONE): StreamCache {
  /** The one that was used last is the last. */
  const streams = new Map<string, Kept>();
  let bytes = 0;
  const drop = (stream: string, kept: Kept) => {
    streams.delete(stream);
    bytes -= kept.bytes;
  };
  return {
    of: stream => {
      const kept = streams.get(stream);
      if (kept === undefined) return [];
      streams.delete(stream);
      streams.set(stream, kept);
      return kept.events;
    },
    extend: (stream, events) => {
      const kept = streams.get(stream) ?? { events: [], bytes: 0 };
      // Two readers may bring the same.
      const fresh = events.filter(({ revision }) => revision >= kept.events.length);
      if (fresh[0]?.revision !== kept.events.length) return;
      const more = fresh.reduce((sum, event) => sum + event.bytes, 0);
      kept.events.push(...fresh);
      kept.bytes += more;
      bytes += more;
      streams.set(stream, kept);
      if (kept.bytes > maxBytesOfOne) drop(stream, kept);
      for (const [oldest, old] of streams) {
        if (bytes <= maxBytes) break;
        drop(oldest, old);
      }
    },
  };
}
