import { sql as events } from './001-events.js';

/** Forward only: a file is never changed once it was released, a new one is added. Its place is its `user_version`. */
export const SCHEMA: readonly string[] = [events];
