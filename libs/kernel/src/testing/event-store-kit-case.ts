import assert from 'node:assert/strict';
import { isLedgerError } from '@credence/contracts';
import type { ProblemCode } from '@credence/contracts';
import type { Clock } from '../clock.js';
import type { EventStore, Pages, Position, StoredEvent } from '../event-store.js';
import { setClock } from './build.js';

/** What an adapter tells the kit. */
export interface EventStoreSubject {
  /** A new store without events. */
  open(options: { readonly clock: Clock }): Promise<EventStore>;
  /** Closes `store` and opens again what it left. Absent where nothing outlives the process. */
  reopen?(store: EventStore, options: { readonly clock: Clock }): Promise<EventStore>;
  /** Throws away what the store left; it is closed. */
  discard?(store: EventStore): Promise<void>;
  /** How many random histories it goes through, a store each; fewer where opening one takes long. Default 40. */
  readonly histories?: number;
}

/** The stores of one case; closed for it when it ends. */
export interface Stand {
  readonly histories: number;
  open(clock?: Clock): Promise<EventStore>;
  /** Of a store that keeps nothing: the store itself. */
  reopen(store: EventStore, clock?: Clock): Promise<EventStore>;
}

/** One promise of the port, as a sentence and a check that throws where it is broken. */
export interface EventStoreCase {
  readonly name: string;
  /** Says something only of stores that outlive the process. */
  readonly reopens?: true;
  readonly run: (stand: Stand) => Promise<void>;
}

/** @throws whatever the case finds wrong */
export async function runCase(kitCase: EventStoreCase, subject: EventStoreSubject): Promise<void> {
  const stores = new Set<EventStore>();
  const keep = (store: EventStore) => {
    stores.add(store);
    return store;
  };
  try {
    await kitCase.run({
      histories: subject.histories ?? 40,
      open: async (clock = setClock()) => keep(await subject.open({ clock })),
      reopen: async (store, clock = setClock()) => {
        if (subject.reopen === undefined) return store;
        stores.delete(store);
        return keep(await subject.reopen(store, { clock }));
      },
    });
  } finally {
    for (const store of stores) {
      await store.close();
      await subject.discard?.(store);
    }
  }
}

export async function all(pages: Pages): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of pages) events.push(...page);
  return events;
}

export const ids = (events: readonly { readonly id: string }[]): string[] => events.map(event => event.id);

/** @throws if `attempt` does not fail with `code` */
export async function refusedWith(code: ProblemCode, attempt: Promise<unknown>): Promise<void> {
  try {
    await attempt;
  } catch (error) {
    if (isLedgerError(error, code)) return;
    throw error;
  }
  assert.fail(`expected ${code}, and it went well`);
}

/** After so long without a page a feed has lost an event. */
const PATIENCE_MS = 2000;

/** The first `count` events that a follower is given; `between` runs after each of its pages. */
export async function followed(
  store: EventStore,
  count: number,
  options: {
    readonly after?: Position | null;
    readonly pageSize?: number;
    readonly between?: (events: readonly StoredEvent[]) => Promise<void> | void;
  } = {},
): Promise<StoredEvent[]> {
  const { after = null, between, ...rest } = options;
  const abort = new AbortController();
  const patience = setTimeout(() => {
    abort.abort();
  }, PATIENCE_MS);
  const events: StoredEvent[] = [];
  try {
    for await (const page of store.follow(after, { signal: abort.signal, ...rest })) {
      patience.refresh();
      events.push(...page);
      await between?.(events);
      if (events.length >= count) break;
    }
  } finally {
    clearTimeout(patience);
  }
  assert.equal(events.length, count, 'events that a follower was given');
  return events;
}

/** Lets everything else that waits have its turn. */
export const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Something that goes on beside the case, which awaits it later; if the case fails before, so may this. */
export function meanwhile<T>(going: Promise<T>): Promise<T> {
  going.catch(() => undefined);
  return going;
}
