import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const DescribeSource = theCommand('DescribeSource');

/** Corrects what is on record about a source. */
export const verb: Verb = {
  define: command => writeOptions(command.argument('<source>', 'a reference to a source')),
  commands: [DescribeSource],
  examples: [
    'credence source describe gazette --described-as "a daily paper of the region" --reason "so that readers can place it"',
  ],
  run: call => send(call, DescribeSource, call.args[0]),
};
