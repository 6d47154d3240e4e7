import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import { UsageError } from '../usage-error.js';
import type { Verb } from '../verb.js';

const [DeclareUnit, ChangeUnitMembers, DissolveUnit] = [
  theCommand('DeclareUnit'),
  theCommand('ChangeUnitMembers'),
  theCommand('DissolveUnit'),
];

/** Declares sources to be under one control, so that they count once; or changes or dissolves such a unit. */
export const verb: Verb = {
  define: command =>
    writeOptions(command.argument('[unit]', 'an existing unit, to change it')).option(
      '--dissolve',
      'its members count as sources of their own again',
    ),
  commands: [DeclareUnit, ChangeUnitMembers, DissolveUnit],
  examples: [
    'credence unit --members gazette --members newsbarrel --reason "one text, copied once"',
    'credence unit gazette-and-copies --add digest --reason "it copied the text too"',
    'credence unit gazette-and-copies --dissolve --reason "the newsletter wrote its own"',
  ],
  run: async call => {
    const [unit] = call.args;
    const dissolve = call.options['dissolve'] === true;
    if (unit === undefined && dissolve) throw new UsageError('which unit is to be dissolved?');
    if (unit === undefined) return send(call, DeclareUnit);
    return send(call, dissolve ? DissolveUnit : ChangeUnitMembers, unit);
  },
};
