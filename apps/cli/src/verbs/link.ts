import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import { UsageError } from '../usage-error.js';
import type { Verb } from '../verb.js';

const [LinkClaims, RemoveClaimLink] = [theCommand('LinkClaims'), theCommand('RemoveClaimLink')];

/** Says how the opinions on one claim bear on another; or takes such a link out. */
export const verb: Verb = {
  define: command =>
    writeOptions(command.argument('[claim]', 'the claim that the link goes from')).option(
      '--remove <link>',
      'take this link out of the record',
    ),
  commands: [LinkClaims, RemoveClaimLink],
  examples: [
    'credence link copy-to-nader --to two-recipients --kind narrower --reason "Nader is one of the two"',
    'credence link --remove given-is-here-tillerson --reason "two different papers"',
  ],
  run: async call => {
    const [claim] = call.args;
    const ended = call.options['remove'] as string | undefined;
    if ((claim === undefined) === (ended === undefined))
      throw new UsageError('wanted a claim, or --remove with a link');
    return ended === undefined ? send(call, LinkClaims, claim) : send(call, RemoveClaimLink, ended);
  },
};
