import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const ReanchorPassage = theCommand('ReanchorPassage');

/** Takes over another place for the quotation of an assertion; the quotation stays as it is. */
export const verb: Verb = {
  define: command => writeOptions(command.argument('<assertion>', 'a reference to an assertion')),
  commands: [ReanchorPassage],
  examples: [
    'credence quotes reanchor gave-kushner.gazette --capture d5ef4d95705a --start 763 --end 811 --reason "read in the page as changed later"',
  ],
  run: call => send(call, ReanchorPassage, call.args[0]),
};
