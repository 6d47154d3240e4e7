import { writeOptions } from '../options/common.js';
import { send, theCommand } from '../sending.js';
import { UsageError } from '../usage-error.js';
import type { Verb } from '../verb.js';

const RecordClaim = theCommand('RecordClaim');

/** Enters a claim. */
export const verb: Verb = {
  define: command => writeOptions(command.argument('[text]', 'the claim in one sentence; or --text')),
  commands: [RecordClaim],
  examples: ['credence record "The paper had two pages." --form state --holds-during 2017-01-16/.. --topics length'],
  run: async call => {
    const [text] = call.args;
    if (text === undefined && !call.fields.some(({ path }) => path[0] === 'text'))
      throw new UsageError('the text of the claim is missing');
    return send(call, RecordClaim, undefined, text === undefined ? [] : [{ path: ['text'], raw: text }]);
  },
};
