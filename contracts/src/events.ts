import type { Static } from '@sinclair/typebox';
import type { Envelope } from './envelope.js';
import * as assertion from './events/assertion.js';
import * as claim from './events/claim.js';
import * as ledger from './events/ledger.js';
import * as policy from './events/policy.js';
import * as source from './events/source.js';
import * as unit from './events/unit.js';
import type { EventDefinition } from './schema.js';

/** The events that a stream of each category can hold. Assertions live in the stream of their claim. */
export const EVENTS_OF = { ledger, source, claim: { ...claim, ...assertion }, unit, policy } as const;

/** Every event of the ledger in its present version, by type. */
export const EVENTS = {
  ...EVENTS_OF.ledger,
  ...EVENTS_OF.source,
  ...EVENTS_OF.claim,
  ...EVENTS_OF.unit,
  ...EVENTS_OF.policy,
} as const;

export type EventType = keyof typeof EVENTS;
export type EventTypeOf<C extends keyof typeof EVENTS_OF> = keyof (typeof EVENTS_OF)[C] & EventType;
export type DataOf<T extends EventType> = Static<(typeof EVENTS)[T]['data']>;
export type WordsOf<T extends EventType> = Static<(typeof EVENTS)[T]['words']>;

/** What a decider answers: an event before it has its envelope. */
export type Fact<T extends EventType = EventType> = {
  [K in T]: { readonly type: K; readonly data: DataOf<K>; readonly words: WordsOf<K> };
}[T];

/** A stored event with its payload: what folds read. */
export type LedgerEvent<T extends EventType = EventType> = {
  [K in T]: Envelope & { readonly type: K; readonly data: DataOf<K>; readonly words: WordsOf<K> };
}[T];

export function definitionOf(type: string): EventDefinition | undefined {
  return Object.hasOwn(EVENTS, type) ? EVENTS[type as EventType] : undefined;
}

/** The id of the thing that an event made (claim, source, assertion, retraction, …; of a capture its SHA-256). */
export function madeBy(event: { readonly type: string; readonly data: unknown; readonly stream: string }): string {
  const field = definitionOf(event.type)?.makes;
  return field === undefined
    ? event.stream.slice(event.stream.indexOf('-') + 1)
    : ((event.data as Record<string, unknown>)[field] as string);
}
