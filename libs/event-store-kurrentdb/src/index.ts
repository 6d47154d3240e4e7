export { openKurrentEventStore } from './event-store.js';
export type { KurrentEventStore, KurrentEventStoreOptions } from './event-store.js';
export { addressOf, isAt, SCHEMES } from './address.js';
export type { Address } from './address.js';
export { serverInfo } from './server-info.js';
export type { ServerInfo } from './server-info.js';
export type { Migration, MigrationState } from './migration.js';
