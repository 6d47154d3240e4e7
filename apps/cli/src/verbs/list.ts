import type { ClaimItem } from '@credence/views';
import { pageOptions, readOptions } from '../options/common.js';
import { pageOf } from '../options/page.js';
import { shortReference } from '../screen/names.js';
import { statusStyle } from '../screen/paint.js';
import { footer } from '../screen/pins.js';
import { table } from '../screen/table.js';
import type { Cell } from '../screen/table.js';
import { cleaned } from '../screen/text.js';
import type { Verb } from '../verb.js';

/** Claims, newest first: status, how often mentioned, from how many origins. */
export const verb: Verb = {
  define: command => pageOptions(readOptions(command)),
  examples: ['credence list', 'credence list --as-of 2026-06-30 --limit 10'],
  run: async call => {
    const body = await (await call.ledger('read')).claims({ ...call.pins, ...pageOf(call.options) });
    return {
      body,
      screen: screen => {
        const { items, next, pins } = cleaned(body);
        if (items.length === 0) return `No claim is in the ledger.\n${footer(pins, screen)}`;
        const columns = [
          { title: 'STATUS' },
          { title: 'MENTIONS', right: true },
          { title: 'ORIGINS', right: true, most: 11 },
          { title: 'CLAIM', most: 26 },
          { title: '' },
        ];
        const more = next === null ? [] : [`more: credence list --cursor ${next}`];
        return [table(columns, items.map(row), screen), footer(pins, screen, ...more)].join('\n');
      },
    };
  },
};

const row = (item: ClaimItem): readonly Cell[] => [
  { text: item.belief.status.code, style: statusStyle(item.belief.status.code) },
  { text: String(item.mentions) },
  { text: originsText(item.origins) },
  { text: shortReference(item), style: 'dim' },
  { text: item.text.replaceAll('\n', ' ') },
];

/** "2", or "1 against 1" where somebody speaks against it. */
const originsText = ({ for: pro, against }: ClaimItem['origins']) =>
  against === 0 ? String(pro) : `${String(pro)} against ${String(against)}`;
