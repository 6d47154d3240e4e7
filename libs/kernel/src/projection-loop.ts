import { isLedgerError, LedgerError } from '@credence/contracts';
import type { Sha256 } from '@credence/integrity';
import type { EventStore, Position, StoredEvent } from './event-store.js';
import { fingerprintInSteps } from './fingerprint.js';
import { applyPage, messageOf, projection, setAsideBy, settleSlice } from './projection.js';
import type { Projection, ProjectionOptions, StoppedAt, View } from './projection.js';
import type { Checkpoint, ViewState } from './view-store.js';

/** What a rebuild came to. */
export interface Rebuilt {
  readonly view: string;
  readonly version: number;
  /** The last event that the new generation holds. */
  readonly seq: number;
  /** Fingerprint of the new generation. */
  readonly fingerprint: string;
  /** Of the old one at the same event; absent where it had stopped before. */
  readonly before?: string;
}

/** Keeps views up to date with a store's feed. */
export interface Projections {
  readonly all: readonly Projection[];
  /**
   * Resolves when every view holds the effects of event `seq`, apart from those that are stopped and, unless `every` is
   * said, from those that are being built.
   */
  caughtUp(seq: number, timeoutMs?: number, which?: 'every'): Promise<void>;
  /** Resolves when, besides, no view has work left to settle. */
  settled(): Promise<void>;
  /** Starts stopped views again at the event that each stopped at; resolves when they have caught up or stopped again. */
  resume(): Promise<void>;
  /**
   * Fills a second generation of a view from the first event, compares the two at one event, and puts it in the place of
   * the old one, which answers until then. Nothing is applied to any view while they are compared.
   *
   * @returns what it came to; or the event at which the new generation stopped: then the old one stays
   */
  rebuild(view: string, sha256: Sha256, onProgress?: (seq: number) => void): Promise<Rebuilt | StoppedAt>;
  stop(): Promise<void>;
}

/** How long a read waits for its views (WIRE.md, `after`). */
export const MAX_WAIT_MS = 5000;

/** How often a new generation is brought up to the feed before views have to rest for it. */
const ROUNDS = 5;

/**
 * Follows the store and applies what comes, to all views in one go: a reader never sees two of them at different events. A
 * view that is behind the others, because its version rose, is filled apart, while they go on.
 */
export function project(
  store: EventStore,
  views: readonly { readonly view: View; readonly state: ViewState }[],
  options: ProjectionOptions = {},
): Projections {
  const all: Projection[] = views.map(({ view, state }) => projection(view, state));
  const { setAside = new Set<number>() } = options;
  const noting = { ...options, setAside };
  const waiting = new Set<() => void>();
  const abort = new AbortController();
  let failure: Error | undefined;
  /** The last event that the feed has handed out. */
  let delivered = Math.max(...all.map(p => p.seq));
  for (const p of all) p.building = p.seq < delivered;

  const running = (which?: 'every') => all.filter(p => p.stopped === undefined && (which === 'every' || !p.building));
  const applied = (which?: 'every') => Math.min(...running(which).map(p => p.seq));
  const wake = () => {
    for (const check of [...waiting]) check();
  };

  const fail = (error: unknown) => {
    failure ??= error as Error;
    wake();
  };

  /** One at a time: what applies events, and what needs them to rest. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  const take = (page: readonly StoredEvent[]) => {
    for (const event of page) {
      const seq = setAsideBy(event);
      if (seq !== undefined) setAside.add(seq);
    }
    for (const projection of all) applyPage(projection, page, noting);
  };

  /** Pages that the feed hands out meanwhile are beyond these views: they read on until they have come so far. */
  const readOn = async () => {
    for (let before = NaN; applied() < delivered && applied() !== before && !abort.signal.aborted;) {
      before = applied();
      for await (const page of store.readAll(earliest(running()))) {
        take(page);
        wake();
        if (abort.signal.aborted) return;
      }
    }
  };

  /** Views that wait before an event which is set aside now go on; those that hold its effects are begun anew. */
  const passOver = async () => {
    const due = ({ stopped }: Projection) => stopped?.outdated === true || setAside.has(stopped?.seq ?? -1);
    while (all.some(due) && !abort.signal.aborted) {
      for (const p of all.filter(due)) {
        if (p.stopped?.outdated === true) {
          p.state.reset();
          p.seq = -1;
          p.passed.clear();
        }
        p.stopped = undefined;
      }
      await readOn();
    }
  };

  const run = async (): Promise<void> => {
    const from = earliest(all.filter(p => !p.building));
    for await (const page of store.follow(from, { signal: abort.signal }))
      await inTurn(async () => {
        checkGapless(page, delivered);
        delivered = Math.max(delivered, page.at(-1)?.seq ?? -1);
        take(page);
        await passOver();
        options.onProgress?.(page.at(-1)?.seq ?? -1);
        wake();
        settleLater();
      });
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
        next.stopped = { seq: next.seq + 1, type: 'settle', error: messageOf(error) };
        next.unsettled = false;
      }
      wake();
      settleLater();
    }, 0);
  };
  /** Fills the views that are behind, a page at a time: between two the feed gets its turn. */
  const build = async (): Promise<void> => {
    const behind = () => all.filter(p => p.building);
    while (behind().length > 0 && !abort.signal.aborted)
      for await (const page of store.readAll(earliest(behind()))) {
        if (abort.signal.aborted || behind().length === 0) return;
        await inTurn(async () => {
          for (const p of behind()) {
            applyPage(p, page, noting);
            p.building = p.stopped === undefined && p.seq < delivered;
          }
          await passOver();
          wake();
          settleLater();
        });
      }
  };

  const following = Promise.all([run(), build()]).catch(fail);

  /** Applies what is there, up to event `last`, to a generation that nobody reads yet. */
  const fill = async (next: Projection, last: number, onProgress?: (seq: number) => void) => {
    if (next.seq >= last) return;
    for await (const page of store.readAll(next.state.checkpoint()?.position ?? null)) {
      if (abort.signal.aborted) throw closing();
      applyPage(
        next,
        page.filter(event => event.seq <= last),
        noting,
      );
      onProgress?.(next.seq);
      if (next.stopped !== undefined || next.seq >= last) return;
    }
  };

  /** The fingerprint of a view that rests, when nothing is left to settle; others get their turn meanwhile. */
  const fingerprinted = async (p: Projection, sha256: Sha256): Promise<string> => {
    const pause = async () => {
      if (abort.signal.aborted) throw closing();
      await new Promise(resume => setTimeout(resume, 0));
    };
    for (; p.unsettled && p.seq >= 0; await pause()) settleSlice(p);
    const steps = fingerprintInSteps(p.view, p.state, sha256);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      await pause();
    }
  };

  return {
    all,
    caughtUp: (seq, timeoutMs = MAX_WAIT_MS, which) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (failure === undefined && applied(which) < seq) return;
          waiting.delete(check);
          clearTimeout(timer);
          if (failure === undefined) resolve();
          else reject(failure);
        };
        const timer = setTimeout(() => {
          waiting.delete(check);
          const at = applied(which);
          reject(new LedgerError('view-behind', `views are at event ${String(at)}, and ${String(seq)} was asked for`));
        }, timeoutMs);
        waiting.add(check);
        check();
      }),
    settled: () =>
      new Promise(resolve => {
        const check = () => {
          if (running().some(p => p.unsettled) && failure === undefined) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        settleLater();
        check();
      }),
    resume: () =>
      inTurn(async () => {
        for (const projection of all) projection.stopped = undefined;
        await readOn();
        await passOver();
        wake();
        settleLater();
      }),
    rebuild: async (name, sha256, onProgress) => {
      const current = all.find(p => p.view.name === name);
      const { generations } = options;
      if (current === undefined || generations === undefined) throw new Error(`view ${name} cannot be rebuilt here`);
      const { view } = current;
      for (;;) {
        const next = projection(view, generations.beside(view));
        // Never beyond what the feed has handed out: the two are compared at one event. A few times, for it goes on meanwhile.
        for (let i = 0; i < ROUNDS && next.seq < delivered && next.stopped === undefined; i++)
          await fill(next, delivered, onProgress);
        const rebuilt = await inTurn(async () => {
          const stopped = current.stopped?.seq;
          await fill(next, stopped === undefined ? current.seq : Math.max(delivered, current.seq), onProgress);
          if (next.stopped?.outdated === true) return undefined;
          if (next.stopped !== undefined && next.stopped.seq !== stopped) return next.stopped;
          // One that had stopped, or is being built, may be at another event.
          const before = next.seq === current.seq ? await fingerprinted(current, sha256) : undefined;
          const fingerprint = await fingerprinted(next, sha256);
          generations.swap(view);
          current.passed.clear();
          for (const seq of next.passed) current.passed.add(seq);
          Object.assign(current, { seq: next.seq, stopped: next.stopped, unsettled: false });
          wake();
          const { version } = view;
          return { view: name, version, seq: next.seq, fingerprint, ...(before === undefined ? {} : { before }) };
        });
        // Undefined: an event was set aside meanwhile that it had applied.
        if (rebuilt !== undefined) return rebuilt;
      }
    },
    stop: async () => {
      abort.abort();
      clearTimeout(slicing);
      await following;
      fail(closing());
    },
  };
}

const closing = () =>
  new LedgerError('store-unavailable', 'the views are no longer kept up to date: the ledger is closing');

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
