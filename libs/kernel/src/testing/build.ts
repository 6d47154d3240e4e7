import { hash } from 'node:crypto';
import type { Fact } from '@credence/contracts';
import { base32, utf8, uuid8 } from '@credence/integrity';
import type { Sha1, Sha256 } from '@credence/integrity';
import type { Evolution } from '../decider.js';
import type { SealedEvent } from '../event-store.js';
import { seal } from '../seal.js';
import type { Primitives } from '../seal.js';
import type { Write } from '../write-loop.js';

/*
 * The past that a test needs, built from events. Everything follows from names and counters: no test here is different
 * on another day.
 */

export const sha256: Sha256 = bytes => hash('sha256', bytes, 'buffer');
export const sha1: Sha1 = bytes => hash('sha1', bytes, 'buffer');

/** A moment to count from: 2026-03-01T12:00:00.000Z. */
export const NOON = Date.UTC(2026, 2, 1, 12);

/** A clock that stands still until it is set. */
export interface SetClock {
  (): number;
  now: number;
}

export function setClock(now = NOON): SetClock {
  const clock = Object.assign(() => clock.now, { now });
  return clock;
}

/** Bytes that are the same in every run, and never twice the same within one. */
export function countingPrimitives(seed = 'credence'): Primitives {
  let calls = 0;
  const random = (count: number) => sha256(utf8(`${seed} ${String(calls++)}`)).slice(0, count);
  return { sha256, sha1, random };
}

/** The id that `name` stands for, wherever it is used. */
export const idOf = (name: string): string => base32(sha256(utf8(name)).slice(0, 16));
export const claimStream = (name: string): string => `claim-${idOf(name)}`;
export const commandIdOf = (name: string): string => uuid8(sha256(utf8(name)));
export const contentHashOf = (name: string): string => hash('sha256', name);

/** What a test says of an event; the rest is filled in. */
export interface EventDraft {
  readonly type?: string;
  readonly data?: unknown;
  readonly words?: unknown;
  readonly actor?: string;
  readonly correlationId?: string;
  readonly idSalt?: Uint8Array;
}

/** A sealed event of command `name`. */
export function sealed(stream: string, name: string, primitives: Primitives, draft: EventDraft = {}): SealedEvent {
  const { type = 'ClaimRecorded', data = { form: 'event' }, words = { text: name }, actor = 'tester' } = draft;
  return seal(
    stream,
    {
      type,
      schemaVersion: 1,
      actor,
      commandId: commandIdOf(name),
      commandHash: contentHashOf(name),
      correlationId: draft.correlationId ?? 'test',
      ledger: idOf('ledger'),
    },
    { data, words, ...(draft.idSalt === undefined ? {} : { idSalt: draft.idSalt }) },
    primitives,
  );
}

/** Makes one new event after another, each of a command of its own. */
export function sealer(primitives: Primitives = countingPrimitives()) {
  let made = 0;
  const one = (stream: string, draft: EventDraft = {}) => sealed(stream, `event ${String(made++)}`, primitives, draft);
  return { one, some: (stream: string, count: number) => Array.from({ length: count }, () => one(stream)) };
}

/** Counts the events of a stream. */
export const counting: Evolution<number> = { initial: 0, evolve: count => count + 1 };

/** A command that confirms a claim, and so says the same every time. */
export function confirmation(stream: string, name: string, content = name): Write<number> {
  const fact: Fact = { type: 'ClaimConfirmed', data: {}, words: { reason: content } };
  return {
    stream,
    evolution: counting,
    decide: () => fact,
    commandId: commandIdOf(name),
    commandHash: contentHashOf(content),
    actor: 'tester',
    correlationId: 'test',
    ledger: idOf('ledger'),
  };
}
