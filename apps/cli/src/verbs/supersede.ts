import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const SupersedeClaim = theCommand('SupersedeClaim');

/** Replaces a claim by another. */
export const verb: Verb = {
  define: command => writeOptions(command.argument('<claim>', 'the claim that is replaced')),
  commands: [SupersedeClaim],
  examples: ['credence supersede came-to-bannon --successor gave-bannon --reason "names the giver"'],
  run: call => send(call, SupersedeClaim, call.args[0]),
};
