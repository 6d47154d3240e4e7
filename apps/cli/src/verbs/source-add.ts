import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import { UsageError } from '../usage-error.js';
import type { Verb } from '../verb.js';

const RegisterSource = theCommand('RegisterSource');

/** Enters a person, an organisation, a group or a record. */
export const verb: Verb = {
  define: command => writeOptions(command.argument('[name]', 'what it is called; or --name')),
  commands: [RegisterSource],
  examples: [
    'credence source add "The Tidewater Gazette" --kind organisation --grade B --grade-reason "corrects itself in print"',
    'credence source add "Report, Volume I" --kind record --cite.title "Report" --cite.issued 2019-04-18',
  ],
  run: async call => {
    const [name] = call.args;
    if (name === undefined && !call.fields.some(({ path }) => path[0] === 'name'))
      throw new UsageError('the name of the source is missing');
    return send(call, RegisterSource, undefined, name === undefined ? [] : [{ path: ['name'], raw: name }]);
  },
};
