import type { PassageItem } from '@credence/views';
import { EXIT } from '../exit.js';
import { nextPage } from '../options/again.js';
import { pageOptions, readOptions } from '../options/common.js';
import { pageOf } from '../options/page.js';
import { readerName, shortReference } from '../screen/names.js';
import { differenceText, isSilent, stateWords } from '../screen/passages.js';
import { footer } from '../screen/pins.js';
import type { Screen } from '../screen/screen.js';
import { cleaned } from '../screen/text.js';
import type { Verb } from '../verb.js';

const DOUBTFUL = 'moved,altered,ambiguous,lost';

/** Every quotation that is not found as it stands: found wrong, unless what it stands in is retracted. */
export const verb: Verb = {
  define: command =>
    pageOptions(readOptions(command))
      .option('--source <source>', 'only what this source says, or what is quoted from it')
      .option('--state <states>', `divided by commas (default ${DOUBTFUL}; also exact, normalised, none: no text)`),
  examples: ['credence quotes check', 'credence quotes check --source report', 'credence quotes check --state lost'],
  run: async call => {
    const { source, state = DOUBTFUL } = call.options as { source?: string; state?: string };
    const ledger = await call.ledger('read');
    const body = await ledger.passages({
      ...call.pins,
      ...pageOf(call.options),
      state,
      ...(source === undefined ? {} : { source }),
    });
    const wrong = body.items.some(({ state: found, retracted }) => !isSilent(found) && !retracted);
    return {
      body,
      exit: wrong ? EXIT.refused : EXIT.done,
      screen: screen => {
        const { items, next, pins } = cleaned(body);
        const none =
          state === DOUBTFUL ? 'Every quotation stands where it is said to stand.' : 'No quotation is like that.';
        return [
          ...(items.length === 0 ? [screen.paragraph(none)] : items.flatMap(item => lines(item, screen))),
          footer(pins, screen, ...nextPage(call, next)),
        ].join('\n');
      },
    };
  },
};

function lines(item: PassageItem, screen: Screen): string[] {
  const { assertion, key, claim, claimKey, source, exact, retracted } = item;
  const name = shortReference({ id: assertion, ...(key === undefined ? {} : { key }) });
  const on = shortReference({ id: claim, ...(claimKey === undefined ? {} : { key: claimKey }) });
  const difference = item.state === 'altered' ? differenceText(item) : '';
  return [
    screen.paragraph(`${name} · ${readerName(source)}, on ${on}${retracted ? ' · retracted' : ''}`),
    screen.paint.as('yellow', screen.paragraph(stateWords(item) ?? item.state ?? 'no text was extracted', 2)),
    screen.paragraph(difference === '' ? exact.replaceAll(/\s+/g, ' ') : difference, 2),
    '',
  ];
}
