import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const SetEventAside = theCommand('SetEventAside');

/** Lets every view pass an event that one of them cannot apply; the event itself stays in the log. */
export const verb: Verb = {
  define: command => writeOptions(command.argument('<seq>', 'the event, as credence doctor names it')),
  commands: [SetEventAside],
  examples: ['credence set-aside 41 --reason "written by a later release" --authority "the managing editor"'],
  run: call => send(call, SetEventAside, undefined, [{ path: ['event'], raw: call.args[0] as string }]),
};
