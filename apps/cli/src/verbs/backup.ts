import { EXIT } from '../exit.js';
import { ledgerOptions } from '../options/common.js';
import { backupText } from '../screen/backup.js';
import { progressOn } from '../screen/progress.js';
import type { Verb } from '../verb.js';

/** Copies the ledger as it is at one moment, also while a server holds its folder, and checks the copy. */
export const verb: Verb = {
  define: command => ledgerOptions(command.argument('<folder>', 'a folder that is not there yet')),
  examples: ['credence backup ./backup-2026-11-24', 'credence backup /mnt/safe/ledger --ledger sqlite:./credence-data'],
  run: async call => {
    // Works on the folder itself: a server that holds it goes on.
    const { backup } = await import('../../../../libs/runtime/src/backup.js');
    const { tell, end } = progressOn(call.io);
    const body = await backup(call.url, call.args[0] as string, tell).finally(end);
    return {
      body,
      exit: body.missing.length === 0 ? EXIT.done : EXIT.refused,
      screen: () => backupText('Backed up', body),
    };
  },
};
