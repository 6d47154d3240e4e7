import { isLedgerError, LedgerError } from '@credence/contracts';
import { asOf, project } from '@credence/kernel';
import type { EventStore, Projection, Projections, ReadTables, StoppedAt, View, ViewStore } from '@credence/kernel';
import { ORIGIN, originOf } from './views-origin.js';

/** The tables of every view as of one seq. */
export type TablesOf<V extends Record<string, View>> = { readonly [N in keyof V]: ReadTables };

/** The views of an open ledger: live, and as of earlier events. */
export interface ReadModels<V extends Record<string, View>> {
  readonly projections: Projections;
  /** Tables of the live views. Those of a view that has stopped, or is being built, throw `view-behind` and say why. */
  readonly live: TablesOf<V>;
  /** The last event whose effects the live views hold; -1 before the first. */
  at(): number;
  /**
   * The same as of an event, whatever is recorded later; null: before the first. Of a view that does not hold it they
   * throw `view-behind`.
   */
  asOf(seq: number | null): TablesOf<V>;
  /**
   * Resolves once the views hold what was recorded when the ledger was opened: before that no reader may see them.
   *
   * @throws view-behind - they do not within `timeoutMs`
   */
  built(timeoutMs?: number): Promise<void>;
  /**
   * Resolves when reads can begin: as `built`, but for no view that will be built for long while others are whole. Those
   * answer; its own tables throw `view-behind`, and say how far they are.
   *
   * @throws view-behind - not within the time that a read waits
   */
  readable(): Promise<void>;
  /** Names of the views that wait before the event with this seq. */
  stoppedAt(seq: number): readonly string[];
  /** Whether views pass over the event. */
  isSetAside(seq: number): boolean;
  /** How many events views pass over. */
  passedOver(): number;
  /** Stops the projections. */
  close(): Promise<void>;
}

/** A view that is so many events behind will be whole in a moment: reads wait for it. */
const SOON = 1000;

/** Long enough for any ledger, and as long as a timer can wait. */
export const FOR_EVER_MS = 2 ** 31 - 1;

/**
 * Opens the views and follows the store. What an older release left is dropped once the new generation is whole.
 *
 * @param onStopped - told of each view that comes to an event which it cannot apply
 */
export async function readModels<V extends Record<string, View>>(
  views: V,
  store: EventStore,
  generations: ViewStore,
  onStopped: (view: string, stopped: StoppedAt) => void = () => undefined,
): Promise<ReadModels<V>> {
  const states = Object.values(views).map(view => ({ view, state: generations.open(view) }));
  const origin = originOf(store, generations);
  origin.forgetForeign(states.map(({ state }) => state));
  const setAside = await origin.setAside();
  const opened = store.log.head().size - 1;
  const told = new Set<StoppedAt>();
  const onProgress = () => {
    for (const { view, stopped } of projections.all) {
      if (stopped === undefined || told.has(stopped)) continue;
      told.add(stopped);
      onStopped(view.name, stopped);
    }
  };
  const projections = project(store, states, { setAside, generations, onProgress });
  const { all } = projections;
  const at = () => {
    let furthest = -1;
    for (const { stopped, seq } of all) if (stopped === undefined && seq > furthest) furthest = seq;
    return furthest;
  };
  const guarded = (p: Projection): ReadTables => {
    const check = () => {
      if (p.stopped !== undefined || p.seq < at() || p.seq < opened) throw behind(p, Math.max(at(), opened));
    };
    return Object.assign(
      <R>(table: string) => {
        check();
        return p.state.tables<R>(table);
      },
      {
        index: (name: string) => {
          check();
          return p.state.tables.index(name);
        },
      },
    );
  };
  let whole: Promise<void> | undefined;
  const built = async (timeoutMs?: number) => {
    try {
      await (whole ?? projections.caughtUp(opened, timeoutMs, 'every'));
      whole ??= Promise.resolve();
    } catch (error) {
      const late = all.find(p => p.stopped === undefined && p.seq < opened);
      throw isLedgerError(error, 'view-behind') && late !== undefined ? behind(late, opened) : error;
    }
  };
  const readable = async () => {
    const running = all.filter(p => p.stopped === undefined);
    const late = running.filter(p => p.seq < opened);
    if (late.length === running.length || late.every(p => opened - p.seq <= SOON)) await built();
  };
  void projections
    .caughtUp(opened, FOR_EVER_MS, 'every')
    .then(() => {
      dropOthers(views, generations);
    })
    .catch(() => undefined); // closed before: the next start drops them
  const past = (p: Projection, seq: number): ReadTables => {
    const then = asOf(p.view, p.state.tables, seq);
    const check = () => {
      if (p.seq < seq || p.stopped?.outdated === true) throw behind(p, seq);
    };
    return Object.assign(
      <R>(table: string) => {
        check();
        return then<R>(table);
      },
      {
        index: (name: string) => {
          check();
          return then.index(name);
        },
      },
    );
  };
  return {
    projections,
    live: Object.fromEntries(all.map(p => [p.view.name, guarded(p)])) as TablesOf<V>,
    at,
    asOf: seq => Object.fromEntries(all.map(p => [p.view.name, past(p, seq ?? -1)])) as TablesOf<V>,
    built,
    readable,
    stoppedAt: seq => all.filter(p => p.stopped?.seq === seq).map(p => p.view.name),
    isSetAside: seq => setAside.has(seq),
    passedOver: () => setAside.size,
    close: async () => {
      await projections.stop();
      try {
        origin.note();
      } catch (error) {
        if (!isLedgerError(error, 'store-unavailable')) throw error; // else what was noted before stays true
      }
    },
  };
}

function dropOthers(views: Record<string, View>, generations: ViewStore): void {
  for (const { name, version } of generations.list())
    if (name !== ORIGIN.name && views[name]?.version !== version) generations.drop(name, version);
}

function behind({ view, seq, stopped }: Projection, wanted: number): LedgerError {
  if (stopped === undefined)
    return new LedgerError(
      'view-behind',
      `view ${view.name} is being built: it is at event ${String(seq)} of ${String(wanted)}`,
    );
  const { seq: at, type, error } = stopped;
  return new LedgerError('view-behind', `view ${view.name} stopped at event ${String(at)} (${type}): ${error}`);
}
