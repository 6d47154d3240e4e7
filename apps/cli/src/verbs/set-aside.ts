import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import { UsageError } from '../usage-error.js';
import type { Verb } from '../verb.js';

const SetEventAside = theCommand('SetEventAside');

/** Lets every view pass an event that one of them cannot apply; the event itself stays in the log. */
export const verb: Verb = {
  define: command => writeOptions(command.argument('<seq>', 'the event, as credence doctor names it')),
  commands: [SetEventAside],
  examples: ['credence set-aside 41 --reason "written by a later release" --authority "the managing editor"'],
  run: call => {
    const [seq = ''] = call.args;
    if (!/^\d{1,15}$/.test(seq)) throw new UsageError(`"${seq}" is no number of an event; wanted one like 41`);
    return send(call, SetEventAside, undefined, [{ path: ['event'], raw: seq }]);
  },
};
