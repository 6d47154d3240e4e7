import assert from 'node:assert/strict';
import { isLedgerError } from '@credence/contracts';
import { canonicalize } from '@credence/integrity';
import type { Position } from '../event-store.js';
import type { Checkpoint, Key, RangeOptions, ReadTable, ViewShape, ViewState, ViewStore } from '../view-store.js';

/** What an adapter tells the kit. */
export interface ViewStoreSubject {
  /** A new store without views. */
  open(): ViewStore;
  /** Closes `store` and opens again what it left. Absent where nothing outlives the process. */
  reopen?(store: ViewStore): ViewStore;
  /** What a new process would find if this one were killed now; `store` stays open. Absent where nothing is found. */
  afterCrash?(store: ViewStore): ViewStore;
  /** Throws away what the store left; it is closed. */
  discard?(store: ViewStore): void;
}

/** The stores of one case; closed for it when it ends. */
export interface ViewStand {
  readonly open: () => ViewStore;
  /** Of a store that keeps nothing: the store itself. */
  readonly reopen: (store: ViewStore) => ViewStore;
  /** Of a store that keeps nothing: undefined. */
  readonly afterCrash: (store: ViewStore) => ViewStore | undefined;
}

/** One promise of the port, as a sentence and a check that throws where it is broken. */
export interface ViewStoreCase {
  readonly name: string;
  /** Says something only of stores that outlive the process. */
  readonly reopens?: true;
  run(stand: ViewStand): Promise<void> | void;
}

/** @throws whatever the case finds wrong */
export async function runViewStoreCase(kitCase: ViewStoreCase, subject: ViewStoreSubject): Promise<void> {
  const stores = new Set<ViewStore>();
  const keep = (store: ViewStore) => {
    stores.add(store);
    return store;
  };
  try {
    await kitCase.run({
      open: () => keep(subject.open()),
      reopen: store => {
        if (subject.reopen === undefined) return store;
        stores.delete(store);
        return keep(subject.reopen(store));
      },
      afterCrash: store => {
        const left = subject.afterCrash?.(store);
        return left && keep(left);
      },
    });
  } finally {
    for (const store of stores) {
      store.close();
      subject.discard?.(store);
    }
  }
}

/** A view with a table of each kind. */
export const SHAPE: ViewShape = {
  name: 'kit',
  version: 1,
  tables: {
    texts: { key: ['text'] },
    integers: { key: ['integer'] },
    pairs: { key: ['text', 'integer'] },
    inThree: { key: ['integer', 'text', 'text'] },
  },
};

export const at = (seq: number): Checkpoint => ({ seq, position: `place ${String(seq)}` as Position });

/** Puts rows in one write; the key is the value too. */
export function putAll(state: ViewState, table: string, keys: readonly Key[], seq = 0): void {
  state.write(at(seq), tables => {
    for (const key of keys) tables(table).put(key, { of: key });
  });
}

export const keysOf = (table: ReadTable, options?: RangeOptions): Key[] =>
  [...table.range(options)].map(({ key }) => key);

/** Everything in a view, by table. */
export const contents = ({ tables }: ViewShape, state: ViewState): unknown =>
  Object.fromEntries(Object.keys(tables).map(name => [name, [...state.tables(name).range()]]));

/** @throws if the two are not the same JSON */
export function same(found: unknown, wanted: unknown, what: string): void {
  const text = (value: unknown) => (value === undefined ? 'nothing' : canonicalize(value));
  assert.equal(text(found), text(wanted), what);
}

export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error ?? 'nothing';
  }
  return undefined;
}

/** @throws if `act` does not throw an error of this name, or of this code */
export function refuses(act: () => unknown, wanted: 'TypeError' | 'Error' | 'store-unavailable', what: string): void {
  const error = thrownBy(act);
  const fits =
    wanted === 'store-unavailable' ? isLedgerError(error, wanted) : error instanceof Error && error.name === wanted;
  assert(fits, `${what}: expected ${wanted}, found ${String(error)}`);
}
