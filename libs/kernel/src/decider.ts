import { isRefusal } from '@credence/contracts';
import type { Fact, LedgerEvent, Refusal } from '@credence/contracts';

/** State of one stream, folded from its events. `evolve` is total: no throwing, no I/O; it trusts the log. */
export interface Evolution<S> {
  readonly initial: S;
  evolve(state: S, event: LedgerEvent): S;
}

/** What a command comes to: one event, a refusal, or nothing because nothing would change. */
export type Decision = Fact | Refusal | typeof NOTHING;

export const NOTHING = 'nothing-changes';

export const isFact = (decision: Decision): decision is Fact => decision !== NOTHING && !isRefusal(decision);

export const fold = <S>(evolution: Evolution<S>, events: Iterable<LedgerEvent>): S => {
  let state = evolution.initial;
  for (const event of events) state = evolution.evolve(state, event);
  return state;
};
