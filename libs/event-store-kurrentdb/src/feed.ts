import { LedgerError } from '@credence/contracts';
import type { StoredEvent } from '@credence/kernel';
import { rawOf } from './encoding.js';
import type { Raw } from './encoding.js';
import type { Talking } from './cluster.js';
import { backOffMs, meaningOf, outage, textOf } from './failure.js';
import { isStop, stopped } from './node-index.js';
import type { NodeIndex, Place } from './node-index.js';

/** Brings the cluster's events to the node's index, in order: by reading until it has caught up, then by a subscription. */
export interface Feed {
  /** Resolves once everything that was in the cluster is in the index; then goes on by itself. @throws what stops the node */
  begin(onProgress?: (size: number) => void): Promise<void>;
  /** Whether the feed passes `place` within `ms`. @throws what stopped the node */
  passes(place: Place, ms: number): Promise<boolean>;
  /** Resolves at the next event that counts, when the feed stops, or at the abort. */
  news(signal: AbortSignal): Promise<void>;
  /** Why the node has stopped, if it has. */
  readonly failure: LedgerError | undefined;
  fail(error: LedgerError): void;
  /** What was fed last: the event, if it is still in memory. */
  recent(seq: number): StoredEvent | undefined;
  stop(): Promise<void>;
}

export interface FeedOptions extends Talking {
  readonly index: NodeIndex;
  /** How many appends of this node are on their way: with one or two, no event waits for another. */
  readonly onTheirWay?: () => number;
  /** Told of every event that was read, with the moment that the server gave it. */
  readonly onRead?: (raw: Raw) => void;
  /** Told of each once it, and all before it, are in the index. */
  readonly onTaken?: (raw: Raw) => void;
  /** Told once why the node has stopped. */
  readonly onFailure?: (error: LedgerError) => void;
}

const PAGE = 1000;
/** The longest that an event waits for others of appends that are on their way. */
const MAX_REST_MS = 25;
/** Kept in memory, so that whoever follows live does not read the cluster again. */
const RECENT_EVENTS = 2000;
const RECENT_BYTES = 16 * 1024 * 1024;

export function startFeed(options: FeedOptions): Feed {
  const {
    cluster,
    connection,
    index,
    shown,
    random,
    sleep,
    onRead,
    onTaken,
    onFailure,
    onTheirWay = () => 0,
  } = options;
  const recent = new Map<number, StoredEvent>();
  let recentBytes = 0;
  const waiting = new Set<() => void>();
  let failure: LedgerError | undefined;
  let over = false;
  let live: (() => void) | undefined;
  /** Events of an append of which the rest is yet to come: an append is seen as a whole or not at all. */
  let pending: Raw[] = [];

  const wake = () => {
    for (const check of [...waiting]) check();
  };
  const fail = (error: LedgerError) => {
    if (failure === undefined) onFailure?.(error);
    failure ??= error;
    live?.();
    wake();
  };

  const keep = (event: StoredEvent) => {
    recent.set(event.seq, event);
    recentBytes += event.bytes;
    for (const [seq, old] of recent) {
      if (recent.size <= RECENT_EVENTS && recentBytes <= RECENT_BYTES) break;
      recent.delete(seq);
      recentBytes -= old.bytes;
    }
  };

  const take = (page: readonly Raw[]) => {
    for (const raw of page) onRead?.(raw);
    const all = pending.length === 0 ? page : [...pending, ...page];
    const whole = all.findLastIndex(raw => !(moreAfter(raw) > 0)) + 1;
    pending = all.slice(whole);
    if (whole === 0) return;
    const taken = all.slice(0, whole);
    for (const event of index.take(taken)) keep(event);
    wake();
    for (const raw of taken) onTaken?.(raw);
  };

  /** Reads until nothing comes any more. */
  const catchUp = async (onProgress?: (size: number) => void) => {
    for (;;) {
      const from = placeOf(pending.at(-1)) ?? index.at ?? null;
      const page = await cluster.readAll(from, PAGE);
      if (over) return;
      const fresh = from === null ? page : page.filter(({ commit }) => commit > from.commit);
      if (fresh.length > 0) take(fresh);
      onProgress?.(index.tip.size);
      if (page.length < PAGE) return;
    }
  };

  const checkRetention = () => {
    const [first] = index.retentions();
    if (first !== undefined)
      throw stopped(
        `stream ${first.stream} has ${first.hides} in its metadata, which takes events out of sight: remove it (docs/how-to/kurrentdb.md)`,
      );
  };

  /** Takes what a subscription brings until it is dropped, be it with an error or without one. */
  const follow = () =>
    new Promise<void>((resolve, reject) => {
      /** Events come one by one, and each page costs a transaction here and one in every view: many writers share them. */
      let arrived: Raw[] = [];
      let resting: NodeJS.Timeout | undefined;
      const { subscription, client } = cluster.subscribe(placeOf(pending.at(-1)) ?? index.at ?? null);
      const end = (error?: unknown) => {
        live = undefined;
        clearTimeout(resting);
        subscription.removeAllListeners('readable');
        subscription.on('error', () => undefined);
        void subscription.unsubscribe().catch(() => undefined);
        if (error === undefined || over) resolve();
        else {
          connection.renew(client);
          reject(error instanceof Error ? error : new Error(textOf(error)));
        }
      };
      live = () => {
        end();
      };
      subscription.on('error', end);
      subscription.on('end', () => {
        end(new Error('the subscription ended'));
      });
      const drain = () => {
        clearTimeout(resting);
        resting = undefined;
        const page = arrived;
        arrived = [];
        if (page.length === 0) return;
        take(page);
        checkRetention();
      };
      subscription.on('readable', () => {
        try {
          for (;;) {
            const event = subscription.read() as Parameters<typeof rawOf>[0] | null;
            if (event === null) break;
            const raw = rawOf(event);
            if (raw !== undefined) arrived.push(raw);
            if (arrived.length === PAGE) drain();
          }
          const enough = onTheirWay() / 2;
          if (arrived.length >= enough) drain();
          else
            resting ??= setTimeout(
              () => {
                try {
                  drain();
                } catch (error) {
                  end(error);
                }
              },
              Math.min(enough, MAX_REST_MS),
            );
        } catch (error) {
          end(error);
        }
      });
    });

  const run = async () => {
    // begin() has just caught up: whoever appends at once is told by the subscription.
    let caughtUp = true;
    for (let attempt = 0; !over && failure === undefined; attempt++) {
      const before = index.tip.size;
      try {
        if (!caughtUp) await catchUp();
        caughtUp = false;
        checkRetention();
        if (over) return;
        await follow();
      } catch (error) {
        if (over) return;
        const mended = !isStop(error) && !['refused', 'deleted'].includes(meaningOf(unwrapped(error)));
        if (!mended) {
          fail(outage(shown, error));
          return;
        }
      }
      pending = [];
      if (index.tip.size > before) attempt = 0;
      if (!over) await sleep(backOffMs(attempt, random));
    }
  };

  let running: Promise<void> | undefined;
  const check = () => {
    if (failure !== undefined) throw failure;
  };

  return {
    begin: async onProgress => {
      await catchUp(onProgress);
      checkRetention();
      running = run();
    },
    passes: (place, ms) => passes(place, ms),
    news: signal =>
      new Promise(resolve => {
        const size = index.tip.size;
        const look = () => {
          if (index.tip.size === size && failure === undefined && !over && !signal.aborted) return;
          waiting.delete(look);
          signal.removeEventListener('abort', look);
          resolve();
        };
        waiting.add(look);
        signal.addEventListener('abort', look);
        look();
      }),
    get failure() {
      return failure;
    },
    fail,
    recent: seq => recent.get(seq),
    stop: async () => {
      over = true;
      live?.();
      wake();
      await running;
    },
  };

  async function passes(place: Place, ms: number): Promise<boolean> {
    check();
    const there = () => (index.at?.commit ?? -1n) >= place.commit;
    if (there()) return true;
    return new Promise((resolve, reject) => {
      const settle = (result: boolean) => {
        waiting.delete(look);
        clearTimeout(timer);
        resolve(result);
      };
      const look = () => {
        if (failure !== undefined) {
          waiting.delete(look);
          clearTimeout(timer);
          reject(failure);
        } else if (there()) settle(true);
        else if (over) settle(false);
      };
      const timer =
        ms === Infinity
          ? undefined
          : setTimeout(() => {
              settle(false);
            }, ms);
      waiting.add(look);
    });
  }
}

const placeOf = (raw: Raw | undefined): Place | undefined => raw;

/** How many events of the same append follow; 0 where it does not say. */
function moreAfter({ metadata }: Raw): number {
  const more = (metadata as { more?: unknown } | undefined)?.more;
  return typeof more === 'number' ? more : 0;
}

/** What a read gave up on is an outage, which may end. */
const unwrapped = (error: unknown): unknown => (error instanceof LedgerError ? new Error(error.message) : error);
