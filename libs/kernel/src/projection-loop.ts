import { isLedgerError, LedgerError } from '@credence/contracts';
import type { EventStore, Position, StoredEvent } from './event-store.js';
import { present } from './events.js';
import type { Delivered } from './events.js';
import type { Checkpoint, ReadTables, Tables, ViewShape, ViewState } from './view-store.js';

/** A read model: a pure fold of events into tables. A rise of `version` means: rebuild from the first event. */
export interface View extends ViewShape {
  /** Applies one event; the same event never comes twice. @throws if it cannot: then the view stops before this event */
  apply(event: Delivered, tables: Tables): void;
  /**
   * Does up to `most` pieces of work that events left to be done later, and that reads can do without; called after each
   * page in the same transaction, then in slices while the feed is idle. When nothing is left, the tables are the same
   * whatever the slices were.
   *
   * @returns whether some is left
   */
  settle?(tables: Tables, most: number): boolean;
  /** How much `settle` has left, for people who wait. */
  left?(tables: ReadTables): number;
}

export interface StoppedAt {
  readonly seq: number;
  readonly type: string;
  readonly error: string;
}

/** One view being kept up to date. */
export interface Projection {
  readonly view: View;
  readonly state: ViewState;
  /** The event that the view could not apply; it stays before it until the event is set aside. */
  stopped: StoppedAt | undefined;
  /** Whether `settle` has work left. */
  unsettled: boolean;
}

export const projection = (view: View, state: ViewState): Projection => ({
  view,
  state,
  stopped: undefined,
  unsettled: view.settle !== undefined,
});

export interface ProjectionOptions {
  /**
   * Whether a named person set the event aside (EventSetAside). A view that cannot apply it then passes over it; one that
   * can has applied it before, and does so again: a rebuild comes to the same as the live view.
   */
  isSetAside?(seq: number): boolean;
  /** Called after each page, with the seq of its last event. */
  onProgress?(seq: number): void;
}

/** Keeps views up to date with a store's feed. */
export interface Projections {
  readonly all: readonly Projection[];
  /** Resolves when every view that is not stopped holds the effects of event `seq`. */
  caughtUp(seq: number, timeoutMs?: number): Promise<void>;
  /** Resolves when, besides, no view has work left to settle. */
  settled(): Promise<void>;
  /** Starts stopped views again at the event that each stopped at; resolves when they have caught up or stopped again. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

/** How long a read waits for its views (WIRE.md, `after`). */
export const MAX_WAIT_MS = 5000;

/** Pieces of settling at a time: some milliseconds, so that writes and reads come between. */
const SLICE = 200;

/**
 * Applies a page of events to a view: effects and checkpoint in one transaction. Delivery is at least once, so events at
 * or before the checkpoint are passed over. Where an event does not apply, those before it are kept and the view stops.
 *
 * @throws store-unavailable - the view store refused: that says nothing about the events, and the view does not stop
 */
export function applyPage(projection: Projection, page: readonly StoredEvent[], options: ProjectionOptions = {}): void {
  if (projection.stopped !== undefined) return;
  const { view, state } = projection;
  const done = seqOf(projection);
  const fresh = page.filter(event => event.seq > done);
  const last = fresh.at(-1);
  // A view that was started again is behind the feed until it has caught up: a page beyond its next event is not for it.
  if (last === undefined || fresh[0]?.seq !== done + 1) return;
  const passed = new Set<number>();
  for (;;) {
    let failing: StoredEvent | undefined;
    let unsettled = false;
    try {
      state.write(checkpointOf(last), tables => {
        for (const event of fresh) {
          failing = event;
          if (!passed.has(event.seq)) view.apply(present(event), tables);
        }
        failing = fresh[0]; // what goes wrong from here on is not one event's doing: the page waits
        if (view.settle !== undefined) unsettled = view.settle(tables, SLICE);
      });
      projection.unsettled = unsettled;
      return;
    } catch (error) {
      if (failing === undefined || isLedgerError(error, 'store-unavailable')) throw error;
      const { seq, type } = failing;
      if (options.isSetAside?.(seq) === true && !passed.has(seq)) {
        passed.add(seq); // again without it: of its effects none may stay
        continue;
      }
      const before = fresh.filter(event => event.seq < seq);
      applyPage(projection, before, options);
      projection.stopped ??= { seq, type, error: messageOf(error) };
      return;
    }
  }
}

/** By shape: an error of another realm is no `instanceof Error` here. */
const messageOf = (error: unknown): string => (error as Partial<Error> | null)?.message ?? String(error);

/** One slice of work left for later. */
export function settleSlice(projection: Projection): void {
  const { view, state, stopped } = projection;
  const checkpoint = state.checkpoint();
  if (stopped !== undefined || checkpoint === null || view.settle === undefined)
    return void (projection.unsettled = false);
  state.write(checkpoint, tables => {
    projection.unsettled = view.settle?.(tables, SLICE) ?? false;
  });
}

const seqOf = (projection: Projection) => projection.state.checkpoint()?.seq ?? -1;
const checkpointOf = ({ seq, position }: StoredEvent): Checkpoint => ({ seq, position });

/** Follows the store and applies what comes, to all views in one go: a reader never sees two of them at different events. */
export function project(
  store: EventStore,
  views: readonly { readonly view: View; readonly state: ViewState }[],
  options: ProjectionOptions = {},
): Projections {
  const all: Projection[] = views.map(({ view, state }) => projection(view, state));
  const waiting = new Set<() => void>();
  const abort = new AbortController();
  let failure: Error | undefined;
  /** The last event that the feed has handed out. */
  let delivered = Math.min(...all.map(seqOf));

  const running = () => all.filter(p => p.stopped === undefined);
  const applied = () => Math.min(...running().map(seqOf));
  const wake = () => {
    for (const check of [...waiting]) check();
  };

  const fail = (error: unknown) => {
    failure ??= error as Error;
    wake();
  };

  const run = async (): Promise<void> => {
    for await (const page of store.follow(earliest(all), { signal: abort.signal })) {
      checkGapless(page, delivered);
      delivered = Math.max(delivered, page.at(-1)?.seq ?? -1);
      for (const projection of all) applyPage(projection, page, options);
      options.onProgress?.(page.at(-1)?.seq ?? -1);
      wake();
      settleLater();
    }
  };

  let slicing: ReturnType<typeof setTimeout> | undefined;
  const settleLater = () => {
    if (slicing !== undefined || abort.signal.aborted || !all.some(p => p.unsettled)) return;
    slicing = setTimeout(() => {
      slicing = undefined;
      const next = all.find(p => p.unsettled);
      if (next === undefined || abort.signal.aborted) return;
      try {
        settleSlice(next);
      } catch (error) {
        if (isLedgerError(error, 'store-unavailable')) return void fail(error);
        next.stopped = { seq: seqOf(next) + 1, type: 'settle', error: messageOf(error) };
        next.unsettled = false;
      }
      wake();
      settleLater();
    }, 0);
  };
  const following = run().catch(fail);

  return {
    all,
    caughtUp: (seq, timeoutMs = MAX_WAIT_MS) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (failure === undefined && applied() < seq) return;
          waiting.delete(check);
          clearTimeout(timer);
          if (failure === undefined) resolve();
          else reject(failure);
        };
        const timer = setTimeout(() => {
          waiting.delete(check);
          const at = applied();
          reject(new LedgerError('view-behind', `views are at event ${String(at)}, and ${String(seq)} was asked for`));
        }, timeoutMs);
        waiting.add(check);
        check();
      }),
    settled: () =>
      new Promise(resolve => {
        const check = () => {
          if (all.some(p => p.unsettled) && failure === undefined) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        settleLater();
        check();
      }),
    resume: async () => {
      for (const projection of all) projection.stopped = undefined;
      // Pages that the feed hands out meanwhile are beyond these views: they read on until they have come so far.
      for (let before = NaN; applied() < delivered && applied() !== before;) {
        before = applied();
        for await (const page of store.readAll(earliest(running()))) for (const p of all) applyPage(p, page, options);
      }
      wake();
      settleLater();
    },
    stop: async () => {
      abort.abort();
      clearTimeout(slicing);
      await following;
      fail(new LedgerError('store-unavailable', 'the views are no longer kept up to date: the ledger is closing'));
    },
  };
}

/** @throws Error if the feed left out an event: no view may go on as if it had not been there (promise 5) */
function checkGapless(page: readonly StoredEvent[], delivered: number): void {
  const [first, last] = [page[0]?.seq, page.at(-1)?.seq];
  if (first === undefined || last === undefined) return;
  if (first > delivered + 1 || last - first + 1 !== page.length)
    throw new Error(`the feed is not without gaps: ${String(first)} to ${String(last)} after ${String(delivered)}`);
}

/** Where the view that is furthest behind goes on. */
function earliest(all: readonly Projection[]): Position | null {
  const checkpoints = all.map(p => p.state.checkpoint());
  if (checkpoints.some(c => c === null)) return null;
  return (checkpoints as Checkpoint[]).reduce((a, b) => (a.seq <= b.seq ? a : b)).position;
}
