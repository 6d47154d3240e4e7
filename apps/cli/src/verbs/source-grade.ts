import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const GradeSource = theCommand('GradeSource');

/** Grades how reliable a source is, from now on. */
export const verb: Verb = {
  define: command => writeOptions(command.argument('<source>', 'a reference to a source')),
  commands: [GradeSource],
  examples: ['credence source grade gazette --grade C --reason "did not correct the number of pages"'],
  run: call => send(call, GradeSource, call.args[0]),
};
