import { EVENTS_OF } from '@credence/contracts';
import type { EventTypeOf, LedgerEvent } from '@credence/contracts';
import type { Evolution } from '@credence/kernel';

type Category = keyof typeof EVENTS_OF;

/**
 * The fold of one category of streams. `evolve` sees the events of that category alone, so its switch can be exhaustive:
 * an event added to the contracts does not compile until it is folded here. Other events leave the state as it is.
 */
export const evolution = <const C extends Category, S>(
  category: C,
  initial: S,
  evolve: (state: S, event: LedgerEvent<EventTypeOf<C>>) => S,
): Evolution<S> => ({
  initial,
  evolve: (state, event) =>
    Object.hasOwn(EVENTS_OF[category], event.type) ? evolve(state, event as LedgerEvent<EventTypeOf<C>>) : state,
});
