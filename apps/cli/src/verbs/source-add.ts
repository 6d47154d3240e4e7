import { writeOptions } from '../options/common.js';
import { byPlaceOr, send, theCommand } from '../sending.js';
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
  run: async call => send(call, RegisterSource, undefined, byPlaceOr('name', 'the name of the source', call)),
};
