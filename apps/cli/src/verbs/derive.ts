import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import { UsageError } from '../usage-error.js';
import type { Verb } from '../verb.js';

const [RecordDerivation, RemoveDerivation] = [theCommand('RecordDerivation'), theCommand('RemoveDerivation')];

/** Infers for or against a claim from other claims; or takes such an inference out. */
export const verb: Verb = {
  define: command =>
    writeOptions(command.argument('[claim]', 'the conclusion')).option(
      '--remove <derivation>',
      'take this inference out of the record',
    ),
  commands: [RecordDerivation, RemoveDerivation],
  examples: [
    'credence derive two-recipients --premises gave-kushner --premises copy-to-nader --phi 0.9 --reason "two men on two days"',
    'credence derive --remove two-hand-overs --reason "it may have been one copy"',
  ],
  run: async call => {
    const [claim] = call.args;
    const ended = call.options['remove'] as string | undefined;
    if ((claim === undefined) === (ended === undefined))
      throw new UsageError('wanted a claim, or --remove with a derivation');
    return ended === undefined ? send(call, RecordDerivation, claim) : send(call, RemoveDerivation, ended);
  },
};
