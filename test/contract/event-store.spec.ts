import { describe, it } from '@jest/globals';
import type { Clock, EventStore } from '@credence/kernel';
import { assertSame, eventStoreKit } from '@credence/kernel/testing';
import type { EventStoreSubject } from '@credence/kernel/testing';
import { ADAPTERS } from '@credence/runtime';
import type { Adapter } from '@credence/runtime';
import { placeFor } from '../support/ledgers.js';
import type { Place } from '../support/ledgers.js';

/** An event store as the runtime opens it: whoever is in its table is held to the kit. */
function subjectOf(adapter: Adapter): EventStoreSubject {
  const places = new Map<EventStore, Place>();
  const openAt = async (place: Place, clock: Clock): Promise<EventStore> => {
    const media = await adapter.open(place.url, { clock, create: true });
    const store = { ...media.events, close: () => media.close() };
    places.set(store, place);
    return store;
  };
  const placeOf = (store: EventStore) => places.get(store) as Place;
  return {
    open: ({ clock }) => openAt(placeFor(adapter.scheme), clock),
    ...(adapter.persists
      ? {
          reopen: async (store: EventStore, { clock }: { clock: Clock }) => {
            await store.close();
            return openAt(placeOf(store), clock);
          },
        }
      : {}),
    discard: async store => {
      placeOf(store).remove();
    },
  };
}

// What needs a server has a file of its own.
const SUBJECTS = ADAPTERS.filter(({ remote }) => remote !== true).map(
  adapter => [adapter.scheme.slice(0, -1), subjectOf(adapter)] as const,
);
for (const [name, subject] of SUBJECTS) eventStoreKit(name, subject);

describe('any two event stores', () => {
  const [memory, ...others] = SUBJECTS;
  for (const [name, subject] of others)
    it(`come to the same after any history, in every byte of the log: memory and ${name}`, () =>
      assertSame((memory as (typeof SUBJECTS)[0])[1], subject));
});
