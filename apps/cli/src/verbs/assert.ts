import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const RecordAssertion = theCommand('RecordAssertion');

/** Enters that a source asserts, denies or relays a claim. */
export const verb: Verb = {
  define: command => writeOptions(command.argument('<claim>', 'a reference to a claim')),
  commands: [RecordAssertion],
  examples: [
    'credence assert gave-tillerson --source kushner --stance asserts --basis first-hand --asserted-at 2018-04-11',
    'credence assert gave-tillerson --source gazette --relays gave-tillerson.report --locator "p. 3"',
    `credence assert gave-tillerson --source digest --relays '{"assertion":"gave-tillerson.report","fidelity":"weaker"}'`,
  ],
  run: call => send(call, RecordAssertion, call.args[0]),
};
