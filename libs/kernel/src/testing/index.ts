export { given, stored } from './given.js';
export type { Decider, Outcome } from './given.js';
