import { writeOptions } from '../options/common.js';
import { sendByKind, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const KINDS = { claims: 'RetractClaim', sources: 'RetractSource', assertions: 'RetractAssertion' };

/** Withdraws a claim, a source or an assertion: by its speaker, its publisher, or us. */
export const verb: Verb = {
  define: command =>
    writeOptions(
      command.argument('<reference>', 'a claim, a source or an assertion; <section>/<reference> says which'),
    ),
  commands: Object.values(KINDS).map(theCommand),
  examples: [
    'credence retract in-appendix.bulletin --by publisher --asserted-at 2019-04-26 --reason "withdrawn in print"',
    'credence retract sources/bulletin --by ledger --reason "it had not opened the volume"',
  ],
  run: call => sendByKind(call, call.args[0] ?? '', KINDS),
};
