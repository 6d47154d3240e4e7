import type { RebuildItem } from '@credence/runtime';
import { EXIT } from '../exit.js';
import { ledgerOptions } from '../options/common.js';
import { progressOn } from '../screen/progress.js';
import type { Screen } from '../screen/screen.js';
import { cleaned } from '../screen/text.js';
import type { Verb } from '../verb.js';

/** Builds read models anew beside those that are read, compares the two, and swaps them. Of a held folder, its server does it. */
export const verb: Verb = {
  define: command => ledgerOptions(command.argument('[view]', 'one view, as credence doctor names them; else all')),
  examples: ['credence rebuild', 'credence rebuild search'],
  run: async call => {
    const ledger = await call.ledger('read');
    const { tell, end } = progressOn(call.io);
    const body = await ledger.rebuild(call.args[0], tell).finally(end);
    return {
      body,
      exit: body.ok ? EXIT.done : EXIT.refused,
      screen: screen =>
        cleaned(body)
          .items.map(item => lineOf(item, screen))
          .join('\n'),
    };
  },
};

function lineOf({ view, seq, fingerprint = '', same, stopped }: RebuildItem, { paint }: Screen): string {
  if (stopped !== undefined) return paint.as('red', `${view}: the old one stays; the new one stopped at ${stopped}`);
  const short = paint.dim(fingerprint.slice(0, 16));
  const at = `${view}: rebuilt to event ${String(seq)}, ${short}`;
  if (same === undefined) return `${at}; it had stopped before`;
  return same ? `${at}, as before` : paint.as('yellow', `${at}, and not what it was before`);
}
