import { writeOptions } from '../options/common.js';
import { sendByKind, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const KINDS = { claims: 'ReinstateClaim', sources: 'ReinstateSource', assertions: 'ReinstateAssertion' };

/** Lifts one retraction, or a supersession: the one that --retraction names. */
export const verb: Verb = {
  define: command =>
    writeOptions(
      command.argument('<reference>', 'a claim, a source or an assertion; <section>/<reference> says which'),
    ),
  commands: Object.values(KINDS).map(theCommand),
  examples: [
    'credence reinstate gave-bannon.report-p7 --retraction drop-summary --reason "a place of its own after all"',
  ],
  run: call => sendByKind(call, call.args[0] ?? '', KINDS),
};
