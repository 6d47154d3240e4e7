export * as fields from './fields.js';
export * as vocabulary from './vocabulary.js';
export { CATEGORIES, SECTIONS } from './vocabulary.js';
export type { Category, Section } from './vocabulary.js';
export {
  Clearable,
  Closed,
  DOSSIER_PATTERN,
  Entry,
  Fraction,
  Id,
  ID_PATTERN,
  KEY_PATTERN,
  OneOf,
  Reason,
  Ref,
  Sha256Hex,
  Short,
  Text,
} from './schema.js';
export type { EventDefinition } from './schema.js';
export type { DateData, Relay, Stance } from './fields.js';
export { p1 } from './policy-p1.js';
export type { Policy, PolicyNumbers } from './policy-p1.js';
export { definitionOf, EVENTS, EVENTS_OF, madeBy } from './events.js';
export type { DataOf, EventType, EventTypeOf, Fact, LedgerEvent, WordsOf } from './events.js';
export {
  ACTOR_PATTERN,
  IDEMPOTENCY_KEY_PATTERN,
  Envelope,
  EVENT_NAMESPACE,
  MAX_ENVELOPE_BYTES,
  MAX_PAYLOAD_BYTES,
  STREAM_PATTERN,
} from './envelope.js';
export { MAX_DOSSIER_BYTES, MAX_DOSSIER_ENTRIES } from './limits.js';
export { brokenFreezes, definitionHashes, today } from './frozen.js';
export type { DefinitionHashes, Frozen } from './frozen.js';
export { mediaTypeOf } from './media-types.js';
export { jsonSchemas } from './json-schemas.js';
export { upcast, UPCASTS } from './upcasts.js';
export type { Upcast, VersionedPayload } from './upcasts.js';
export { pointerTo } from './pointer.js';
export { check, checkEvent } from './validate.js';
export { meant, shown } from './words.js';
export { isLedgerError, isRefusal, LedgerError, problemOf, PROBLEMS, refuse } from './problems.js';
export type { ProblemCode, ProblemDocument, ProblemItem, Refusal } from './problems.js';
