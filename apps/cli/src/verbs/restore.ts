import { ledgerOptions } from '../options/common.js';
import { backupText } from '../screen/backup.js';
import { progressOn } from '../screen/progress.js';
import type { Verb } from '../verb.js';

/** Makes a ledger's folder from a backup, once everything in it has been checked. */
export const verb: Verb = {
  define: command => ledgerOptions(command.argument('<folder>', 'the backup')),
  examples: ['credence restore ./backup-2026-11-24 --ledger sqlite:./restored'],
  run: async call => {
    const { restore } = await import('../../../../libs/runtime/src/backup.js');
    const { tell, end } = progressOn(call.io);
    const body = await restore(call.args[0] as string, call.url, tell).finally(end);
    return { body, screen: () => backupText('Restored', body) };
  },
};
