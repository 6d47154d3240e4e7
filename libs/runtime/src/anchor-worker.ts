import { answering } from '@credence/threads';
import { answersFrom } from './answers-from.js';
import type { AnchorWork } from './answers-from.js';

/** UTF-16 code units of texts that are held ready at once. */
const HELD_READY = 8 * 1024 * 1024;

const answers = answersFrom(HELD_READY);

answering((work: AnchorWork) => answers(work));
