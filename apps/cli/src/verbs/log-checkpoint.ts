import { ledgerOptions, nodeOptions } from '../options/common.js';
import type { Verb } from '../verb.js';

/** The newest signed checkpoint, as the note that it is: its blanks and line feeds are signed. */
export const verb: Verb = {
  define: command => nodeOptions(ledgerOptions(command)),
  examples: ['credence log checkpoint', 'credence log checkpoint > checkpoint.txt'],
  run: async call => {
    call.io.out(await (await call.ledger('read')).logCheckpoint());
    return undefined;
  },
};
