import { expect } from '@jest/globals';
import { checkEvent } from '@credence/contracts';
import type { Fact, LedgerEvent, ProblemCode } from '@credence/contracts';
import { fold, isFact, NOTHING } from '../decider.js';
import type { Decision, Evolution } from '../decider.js';

/** The triple under test: where a stream starts, how it is folded, and what commands come to. */
export interface Decider<S, C> extends Evolution<S> {
  decide(command: C, state: S): Decision;
}

/** What a command came to, as a sentence to finish. */
export interface Outcome {
  /** This event, and no other field; it is valid by its contract. */
  then(event: Fact): void;
  /** A refusal with this code; and with an error at `pointer`, if one is named. */
  thenRefused(code: ProblemCode, pointer?: string): void;
  /** Neither event nor refusal. */
  thenNothing(): void;
}

/**
 * `given(decider, ...past).when(command).then(event)`: a behaviour in one sentence. The past is made of events, so no
 * test depends on the shape of a state.
 */
export function given<S, C>(decider: Decider<S, C>, ...past: readonly Fact[]): { when(command: C): Outcome } {
  const state = fold(decider, past.map(stored));
  return { when: command => outcome(decider.decide(command, state)) };
}

function outcome(decision: Decision): Outcome {
  return {
    then: event => {
      expect(decision).toEqual(event);
      expect(isFact(decision) ? checkEvent(decision.type, decision.data, decision.words) : 'no event').toEqual([]);
    },
    thenRefused: (code, pointer) => {
      const at = pointer === undefined ? {} : { errors: [expect.objectContaining({ pointer })] };
      expect(decision).toMatchObject({ refused: code, ...at });
    },
    thenNothing: () => expect(decision).toBe(NOTHING),
  };
}

/** A fact in an envelope, as a fold meets it. Pure: the envelope depends on `revision` alone. */
export function stored(fact: Fact, revision: number): LedgerEvent {
  const hex = revision.toString(16).padStart(12, '0');
  return {
    ...fact,
    id: `00000000-0000-5000-8000-${hex}`,
    stream: 'claim-' + 'a'.repeat(26),
    revision,
    seq: revision,
    schemaVersion: 1,
    recordedAt: new Date(Date.UTC(2019, 3, 18) + revision * 1000).toISOString(),
    actor: 'anna',
    commandId: `00000000-0000-8000-8000-${hex}`,
    commandHash: '0'.repeat(64),
    correlationId: `test-${String(revision)}`,
    ledger: 'l'.repeat(26),
    dataHash: '0'.repeat(64),
    wordsHash: '0'.repeat(64),
  };
}
