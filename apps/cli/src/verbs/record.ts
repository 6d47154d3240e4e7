import { writeOptions } from '../options/common.js';
import { byPlaceOr, send, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const RecordClaim = theCommand('RecordClaim');

/** Enters a claim. */
export const verb: Verb = {
  define: command => writeOptions(command.argument('[text]', 'the claim in one sentence; or --text')),
  commands: [RecordClaim],
  examples: ['credence record "The paper had two pages." --form state --holds-during 2017-01-16/.. --topics length'],
  run: async call => send(call, RecordClaim, undefined, byPlaceOr('text', 'the text of the claim', call)),
};
