export { answering } from './answering.js';
export { compiledBeside, Overrun, threadOf, type Thread, type ThreadLimits } from './thread.js';
