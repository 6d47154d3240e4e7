import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import { UsageError } from '../usage-error.js';
import type { Verb } from '../verb.js';

const [RecordDecision, ReverseDecision] = [theCommand('RecordDecision'), theCommand('ReverseDecision')];

/** Puts down an editorial decision on a claim, or takes one back. It stands beside the belief, never in it. */
export const verb: Verb = {
  define: command =>
    writeOptions(command.argument('[claim]', 'a reference to a claim')).option(
      '--reverse <decision>',
      'take this decision back',
    ),
  commands: [RecordDecision, ReverseDecision],
  examples: [
    'credence decide gave-tillerson --by desk-editor --verdict "attribute it to Kushner" --reason "one witness"',
    'credence decide --reverse how-to-print-tillerson --reason "the transcript is public"',
  ],
  run: async call => {
    const [claim] = call.args;
    const ended = call.options['reverse'] as string | undefined;
    if ((claim === undefined) === (ended === undefined))
      throw new UsageError('wanted a claim, or --reverse with a decision');
    return ended === undefined ? send(call, RecordDecision, claim) : send(call, ReverseDecision, ended);
  },
};
