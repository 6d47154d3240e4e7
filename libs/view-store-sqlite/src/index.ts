export { openSqliteViewStore } from './sqlite-view-store.js';
export type { SqliteViewStoreOptions } from './sqlite-view-store.js';
