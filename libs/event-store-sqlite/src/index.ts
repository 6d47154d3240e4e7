export { openSqliteEventStore, type SqliteEventStoreOptions } from './open.js';
export { checkpointFile } from './checkpoint-file.js';
export { copyEvents } from './copy-events.js';
export { holderOf, lockFolder, type FolderLock, type Holder } from './folder-lock.js';
