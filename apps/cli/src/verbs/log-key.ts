import { ledgerOptions, nodeOptions } from '../options/common.js';
import type { Verb } from '../verb.js';

/** The key that checkpoints are verified with. */
export const verb: Verb = {
  define: command => nodeOptions(ledgerOptions(command)),
  examples: ['credence log key', 'credence log key > ledger.vkey'],
  run: async call => {
    call.io.out(`${await (await call.ledger('read')).logKey()}\n`);
    return undefined;
  },
};
