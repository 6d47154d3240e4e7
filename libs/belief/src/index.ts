export { believe, memoOf } from './believe.js';
export type { Memo } from './believe.js';
export { coreHash } from './core.js';
export type { Belief, Core, CoreHop, CoreOrigin, CoreSide } from './core.js';
export type * from './facts.js';
export { p1 } from './policy.js';
export type { Policy } from './policy.js';
