import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const ConfirmClaim = theCommand('ConfirmClaim');

/** A claim was checked again, and nothing is to be changed. */
export const verb: Verb = {
  define: command => writeOptions(command.argument('<claim>', 'a reference to a claim')),
  commands: [ConfirmClaim],
  examples: ['credence confirm gave-tillerson --reason "page and footnote agree"'],
  run: call => send(call, ConfirmClaim, call.args[0]),
};
