import { EXIT } from '../exit.js';
import { ledgerOptions } from '../options/common.js';
import { progressOn } from '../screen/progress.js';
import { cleaned, counted } from '../screen/text.js';
import type { Verb } from '../verb.js';

/** Reads every event and recomputes every hash; names the first event that is not what was recorded. */
export const verb: Verb = {
  define: ledgerOptions,
  examples: ['credence verify', 'credence verify --ledger sqlite:./credence-data --json'],
  run: async call => {
    const ledger = await call.ledger('read');
    const { tell, end } = progressOn(call.io);
    const body = await ledger.verify(tell).finally(end);
    return {
      body,
      exit: body.ok ? EXIT.done : EXIT.refused,
      screen: screen => {
        const { size, root, damage } = cleaned(body);
        if (damage === undefined) return `${counted(size, 'event')}, every one as it was recorded.\nroot ${root}`;
        return [
          screen.paint.as('red', `Event ${String(damage.seq)} is not what was recorded.`),
          screen.paragraph(damage.detail, 2),
          `${counted(size, 'event')} before it ${size === 1 ? 'is' : 'are'} whole.`,
        ].join('\n');
      },
    };
  },
};
