import { writeOptions } from '../options/common.js';
import { sendByKind, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const KINDS = { claims: 'ReviseClaim', assertions: 'ReviseAssertion' };

/** The world or the speaker changed: of a claim, when it holds; of an assertion, what the source says from a date on. */
export const verb: Verb = {
  define: command =>
    writeOptions(command.argument('<reference>', 'a claim or an assertion; <section>/<reference> says which')),
  commands: Object.values(KINDS).map(theCommand),
  examples: [
    'credence revise gazette-has-five --holds-during 2019-04-20/2019-04-23 --reason "the page was changed"',
    'credence revise five-pages.gazette --stance denies --asserted-at 2019-04-23 --reason "correction printed on p. 2"',
  ],
  run: call => sendByKind(call, call.args[0] ?? '', KINDS),
};
