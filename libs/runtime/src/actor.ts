import { ACTOR_PATTERN, LedgerError, refuse } from '@credence/contracts';
import type { Refusal } from '@credence/contracts';

const ACTOR = new RegExp(ACTOR_PATTERN);
const WANTED = 'an actor is 1 to 128 visible ASCII characters; name who makes this change';

/** Whoever makes a change is named in every proof for ever, so a name that is none is refused before anything is written. */
export const noActor = (actor: string): Refusal | undefined =>
  ACTOR.test(actor) ? undefined : refuse('actor-required', WANTED);

/** @throws actor-required */
export function mustBeActor(actor: string): void {
  if (noActor(actor) !== undefined) throw new LedgerError('actor-required', WANTED);
}
