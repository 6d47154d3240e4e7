import { writeOptions } from '../options/common.js';
import { sendByKind, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const KINDS = { claims: 'CorrectClaim', sources: 'DescribeSource', assertions: 'CorrectAssertion' };

/** Our record was wrong: corrects it. What was recorded before stays in the history. */
export const verb: Verb = {
  define: command =>
    writeOptions(
      command.argument('<reference>', 'a claim, a source or an assertion; <section>/<reference> says which'),
    ),
  commands: Object.values(KINDS).map(theCommand),
  examples: [
    'credence correct investment-stalled --text "It was getting nowhere." --code entry-error --reason "the page says so"',
    'credence correct assertions/copy-to-nader.messages-nader --locator "11:11:56 a.m." --reason "the hour of another note"',
  ],
  run: call => sendByKind(call, call.args[0] ?? '', KINDS),
};
