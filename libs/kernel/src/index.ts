export type { Clock, RandomBytes } from './clock.js';
export { MAX_CLOCK_SKEW_MS, nextRecordedAt } from './clock.js';
export type { Expected, EventStore, Pages, Placed, Position, Salts, SealedEvent, StoredEvent } from './event-store.js';
export { EMPTY_TIP, extend, rootOfFirst, seqAt } from './log.js';
export type { LogEntry, LogHead, LogReader, LogTip } from './log.js';
export { place } from './place.js';
export type { Place } from './place.js';
export type { CaptureStore } from './capture-store.js';
export { memoryCheckpointStore } from './checkpoint-store.js';
export type { CheckpointStore } from './checkpoint-store.js';
export type {
  Checkpoint,
  Document,
  FindOptions,
  Index,
  Key,
  KeyPart,
  KeyType,
  RangeOptions,
  ReadIndex,
  ReadTable,
  ReadTables,
  Row,
  Table,
  Tables,
  TableShape,
  ViewShape,
  ViewState,
  ViewStore,
} from './view-store.js';
export { checkedIndex, viewTables } from './view-tables.js';
export type { ViewPart } from './view-tables.js';
export { eventId, seal } from './seal.js';
export type { EventHead, Primitives } from './seal.js';
export { once, onceFor } from './once.js';
export { each, present } from './events.js';
export type { Delivered } from './events.js';
export { fold, isFact, NOTHING } from './decider.js';
export type { Decision, Evolution } from './decider.js';
export { MAX_REDECISIONS, write } from './write-loop.js';
export type { Receipt, Write, Written } from './write-loop.js';
export { applyPage, projection, setAsideBy, settleSlice } from './projection.js';
export type { Projection, ProjectionOptions, StoppedAt, View } from './projection.js';
export { MAX_WAIT_MS, project } from './projection-loop.js';
export type { Projections, Rebuilt } from './projection-loop.js';
export { asOf, remembering } from './past.js';
export type { RememberingView } from './past.js';
export type { Past, TablePast } from './past-shape.js';
export { memoryEventStore } from './memory-event-store.js';
export { memoryViewStore } from './memory-view-store.js';
export { MemoryTable } from './memory-table.js';
export {
  boundsOf,
  checkDocument,
  checkForward,
  checkKey,
  checkShape,
  checkSwap,
  compareKeys,
  shapeText,
  viewName,
} from './keys.js';
export { termsOf, wordsOf } from './search.js';
export type { Term } from './search.js';
export type { Bounds } from './keys.js';
export { fingerprint, fingerprintInSteps } from './fingerprint.js';
export { memoryCaptureStore } from './memory-capture-store.js';
export { verify } from './verify.js';
export type { Damage, Verification } from './verify.js';
