import { isLedgerError } from '@credence/contracts';
import type { DataOf } from '@credence/contracts';
import type { StoredEvent } from './event-store.js';
import { present } from './events.js';
import type { Delivered } from './events.js';
import type { Past } from './past-shape.js';
import type { Checkpoint, ReadTables, Tables, ViewShape, ViewState, ViewStore } from './view-store.js';

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
  /** How its tables are read as of an earlier event (`remembering`). */
  readonly past?: Past;
  /** How much `settle` has left, for people who wait. */
  left?(tables: ReadTables): number;
}

export interface StoppedAt {
  readonly seq: number;
  readonly type: string;
  readonly error: string;
  /** The event sets aside one whose effects the view holds: it is begun anew without it. */
  readonly outdated?: true;
}

/** One view being kept up to date. */
export interface Projection {
  readonly view: View;
  readonly state: ViewState;
  /** The last event whose effects it holds, or that was set aside; -1 before the first. */
  seq: number;
  /** The event that the view could not apply; it stays before it until the event is set aside. */
  stopped: StoppedAt | undefined;
  /** Whether `settle` has work left. */
  unsettled: boolean;
  /** It is filled apart, for it was begun behind the others: until it has come to where they are nobody waits for it. */
  building: boolean;
  /** Events that it passed over, as far as this process knows. */
  readonly passed: Set<number>;
}

export const projection = (view: View, state: ViewState): Projection => ({
  view,
  state,
  seq: state.checkpoint()?.seq ?? -1,
  stopped: undefined,
  unsettled: view.settle !== undefined,
  building: false,
  passed: new Set(),
});

export interface ProjectionOptions {
  /**
   * Events that a named person set aside (EventSetAside): every view passes over them, whether it could apply them or not.
   * What the feed brings is added. A view that holds the effects of one stops before the event that sets it aside.
   */
  readonly setAside?: Set<number>;
  /** Where second generations are filled: for `rebuild`. */
  readonly generations?: Pick<ViewStore, 'beside' | 'swap'>;
  /** Called after each page, with the seq of its last event. */
  onProgress?(seq: number): void;
}

/** Pieces of settling at a time: some milliseconds, so that writes and reads come between. */
const SLICE = 32;

/**
 * Applies a page of events to a view: effects and checkpoint in one transaction. Delivery is at least once, so events at
 * or before the checkpoint are passed over. Where an event does not apply, those before it are kept and the view stops.
 *
 * @throws store-unavailable - the view store refused: that says nothing about the events, and the view does not stop
 */
export function applyPage(projection: Projection, page: readonly StoredEvent[], options: ProjectionOptions = {}): void {
  if (projection.stopped !== undefined) return;
  const { view, state } = projection;
  const isNext = page[0]?.seq === projection.seq + 1;
  const fresh = isNext ? page : page.filter(event => event.seq > projection.seq);
  const last = fresh.at(-1);
  // A view that was started again is behind the feed until it has caught up: a page beyond its next event is not for it.
  if (last === undefined || fresh[0]?.seq !== projection.seq + 1) return;
  const passed = passedIn(fresh, options.setAside);
  let failing: StoredEvent | undefined;
  let unsettled = false;
  try {
    state.write(checkpointOf(last), tables => {
      for (const event of fresh) {
        failing = event;
        if (passed.includes(event.seq)) continue;
        const held = heldBy(projection, event, passed);
        if (held !== undefined) throw new Outdated(held);
        view.apply(present(event), tables);
      }
      failing = fresh[0]; // what goes wrong from here on is not one event's doing: the page waits
      if (view.settle !== undefined) unsettled = view.settle(tables, SLICE);
    });
    projection.unsettled = unsettled;
    projection.seq = last.seq;
    for (const seq of passed) projection.passed.add(seq);
  } catch (error) {
    if (failing === undefined || isLedgerError(error, 'store-unavailable')) throw error;
    const { seq, type } = failing;
    const before = fresh.filter(event => event.seq < seq);
    applyPage(projection, before, options);
    const outdated = error instanceof Outdated ? { outdated: true as const } : {};
    projection.stopped ??= { seq, type, error: messageOf(error), ...outdated };
  }
}

const NONE: readonly number[] = [];

function passedIn(page: readonly StoredEvent[], setAside: ReadonlySet<number> = new Set()): readonly number[] {
  if (setAside.size === 0) return NONE;
  return page.filter(event => setAside.has(event.seq)).map(event => event.seq);
}

/** The event that this one sets aside, if the view holds its effects. */
function heldBy({ passed }: Projection, event: StoredEvent, passedNow: readonly number[]): number | undefined {
  const seq = setAsideBy(event);
  return seq === undefined || seq >= event.seq || passed.has(seq) || passedNow.includes(seq) ? undefined : seq;
}

/** The event that an EventSetAside names. Of any other the data are not even read. */
export const setAsideBy = (event: Pick<StoredEvent, 'type' | 'data'>): number | undefined =>
  event.type === 'EventSetAside' ? (event.data as DataOf<'EventSetAside'>).event : undefined;

class Outdated extends Error {
  constructor(seq: number) {
    super(`it holds event ${String(seq)}, which is set aside: it is begun anew without it`);
  }
}

/** By shape: an error of another realm is no `instanceof Error` here. */
export const messageOf = (error: unknown): string => (error as Partial<Error> | null)?.message ?? String(error);

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

const checkpointOf = ({ seq, position }: StoredEvent): Checkpoint => ({ seq, position });
