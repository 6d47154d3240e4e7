import { isLedgerError, LedgerError, meant } from '@credence/contracts';
import { verify } from '@credence/kernel';
import type { Damage, EventStore, Projections, Rebuilt, StoppedAt } from '@credence/kernel';
import { primitives } from './primitives.js';

/** Told now and then how far a long work has come: what is being done, how much is done, and of how much. */
export type Progress = (what: string, done: number, total: number) => void;

/** What the log came to when every event was read and every hash recomputed. */
export interface VerifyAnswer {
  readonly ok: boolean;
  /** Events that were found whole, from the first on. */
  readonly size: number;
  /** Root of the tree over them, in hexadecimal. */
  readonly root: string;
  /** The first event that is not what was recorded. */
  readonly damage?: Damage;
}

export async function verifyLog(store: EventStore, progress: Progress = () => undefined): Promise<VerifyAnswer> {
  const total = store.log.head().size;
  let read = 0;
  try {
    const { size, root, damage } = await verify(store, primitives.sha256, done => {
      read = done;
      progress('events verified', done, total);
    });
    return { ok: damage === undefined, size, root, ...(damage === undefined ? {} : { damage }) };
  } catch (error) {
    if (!isLedgerError(error, 'store-unavailable')) throw error;
    return { ok: false, size: read, root: '', damage: { seq: read, detail: error.message } };
  }
}

/** A view that was rebuilt, or why it was not. */
export interface RebuildItem {
  readonly view: string;
  readonly version: number;
  /** The last event that it holds. */
  readonly seq: number;
  /** Of the new generation. */
  readonly fingerprint?: string;
  /** Whether the old generation had the same fingerprint at this event. Absent: it had stopped before. */
  readonly same?: boolean;
  /** The event that the new generation could not apply: the old one stays. */
  readonly stopped?: string;
}

export interface RebuildAnswer {
  /** Every view was rebuilt, and came to what it was. */
  readonly ok: boolean;
  readonly items: readonly RebuildItem[];
}

/**
 * Rebuilds one view, or all, beside those that are read.
 *
 * @throws invalid-parameter - no view is called that
 */
export async function rebuildViews(
  { all, rebuild }: Projections,
  name: string | undefined,
  head: () => number,
  progress: Progress = () => undefined,
): Promise<RebuildAnswer> {
  const names = all.map(({ view }) => view.name);
  if (name !== undefined && !names.includes(name)) {
    const detail = `found "${name}", wanted ${names.join(', ')}${meant(name, names)}`;
    throw new LedgerError('invalid-parameter', `view: ${detail}`, [{ pointer: 'view', code: 'invalid', detail }]);
  }
  const items: RebuildItem[] = [];
  for (const { view, seq } of all) {
    if (name !== undefined && view.name !== name) continue;
    const came = await rebuild(view.name, primitives.sha256, done => {
      progress(`view ${view.name}: events`, done + 1, head() + 1);
    });
    items.push(itemOf(came, view.name, view.version, seq));
  }
  return { ok: items.every(({ stopped, same }) => stopped === undefined && same !== false), items };
}

function itemOf(came: Rebuilt | StoppedAt, view: string, version: number, seq: number): RebuildItem {
  if ('error' in came) return { view, version, seq, stopped: stoppedText(came) };
  const { fingerprint, before } = came;
  return {
    view,
    version,
    seq: came.seq,
    fingerprint,
    ...(before === undefined ? {} : { same: before === fingerprint }),
  };
}

export const stoppedText = ({ seq, type, error }: StoppedAt): string => `event ${String(seq)} (${type}): ${error}`;
