export { openLedger } from './open-ledger.js';
export type { LedgerConfig } from './open-ledger.js';
export { bearingOf, collide } from './bearing.js';
export type { Bearing } from './bearing.js';
export { openAny } from './open-any.js';
export type { AnyLedgerConfig } from './open-any.js';
export { httpLedger } from './http-ledger.js';
export { COMMAND_ROUTES } from './routes.js';
export type { CommandRoute } from './routes.js';
export { localLedger } from './local-ledger.js';
export type { LocalLedger } from './local-ledger.js';
export { jsonOf } from './kept-answers.js';
export { ADAPTERS, adapterFor, DEFAULT_URL, folderOf } from './stores.js';
export type { Adapter, Media, MediaOptions } from './stores.js';
export { primitives } from './primitives.js';
export type { MigrateAnswer } from './migrate.js';
export { MAX_CAPTURE_BYTES } from './capturing.js';
export type {
  AnchorAnswer,
  AnchorQuestion,
  AroundAnswer,
  ReanchoredItem,
  ReanchoringAnswer,
} from './capture-answers.js';
export type { BackupAnswer } from './backup.js';
export type { DoctorAnswer } from './doctor.js';
export type { Finding } from './finding.js';
export type { Progress, RebuildAnswer, RebuildItem, VerifyAnswer } from './operations.js';
export type {
  BlameParameters,
  ChangesAnswer,
  ChangesParameters,
  AroundParameters,
  CapturedBytes,
  CaptureParameters,
  CaptureRequest,
  CitationParameters,
  ClaimList,
  ClaimsParameters,
  CommandRequest,
  DiffAnswer,
  Done,
  EventAnswer,
  Health,
  ImpactParameters,
  ImportRequest,
  Ledger,
  List,
  ListParameters,
  Pinned,
  Pins,
  PassagesParameters,
  ReadParameters,
  SpanParameters,
  TimelineParameters,
  ReanchoringParameters,
} from './ledger.js';
