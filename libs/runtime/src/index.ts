export { openLedger } from './open-ledger.js';
export type { LedgerConfig } from './open-ledger.js';
export { localLedger } from './local-ledger.js';
export type { LocalLedger } from './local-ledger.js';
export { ADAPTERS, adapterFor, DEFAULT_URL, folderOf } from './stores.js';
export type { Adapter, Media, MediaOptions } from './stores.js';
export { primitives } from './primitives.js';
export type {
  CommandRequest,
  Done,
  EventAnswer,
  Health,
  ImportRequest,
  Ledger,
  List,
  ListParameters,
  Pinned,
  Pins,
  ReadParameters,
} from './ledger.js';
