import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const ReanchorPassage = theCommand('ReanchorPassage');

/** Takes over another place for the quotation of an assertion; the quotation stays as it is. */
export const verb: Verb = {
  define: command => writeOptions(command.argument('<assertion>', 'a reference to an assertion')),
  commands: [ReanchorPassage],
  examples: [
    'credence quotes reanchor gave-kushner.report --capture 0d9fb5f74e52 --start 1200 --end 1251 --reason "read in the new edition"',
  ],
  run: call => send(call, ReanchorPassage, call.args[0]),
};
