export { given, stored } from './given.js';
export type { Decider, Outcome } from './given.js';
export {
  claimStream,
  commandIdOf,
  confirmation,
  contentHashOf,
  counting,
  countingPrimitives,
  idOf,
  NOON,
  sealed,
  sealer,
  setClock,
  sha1,
  sha256,
} from './build.js';
export type { EventDraft, SetClock } from './build.js';
export { all, followed, ids, refusedWith, runCase } from './event-store-kit-case.js';
export type { EventStoreCase, EventStoreSubject, Stand } from './event-store-kit-case.js';
export { assertSame, histories, play } from './event-store-kit-histories.js';
export type { Step } from './event-store-kit-histories.js';
export { assertLog, entryOf, naiveRoot } from './event-store-kit-log.js';
export { EVENT_STORE_CASES, eventStoreKit } from './event-store-kit.js';
export { runViewStoreCase } from './view-store-kit-case.js';
export type { ViewStand, ViewStoreCase, ViewStoreSubject } from './view-store-kit-case.js';
export { assertSameViews } from './view-store-kit-model.js';
export { VIEW_STORE_CASES, viewStoreKit } from './view-store-kit.js';
export { runCaptureStoreCase } from './capture-store-kit-case.js';
export type { CaptureStand, CaptureStoreCase, CaptureStoreSubject } from './capture-store-kit-case.js';
export { CAPTURE_STORE_CASES, captureStoreKit } from './capture-store-kit.js';
