import { nextPage } from '../options/again.js';
import { pageOptions, readOptions } from '../options/common.js';
import { pageOf } from '../options/page.js';
import { shortReference } from '../screen/names.js';
import { footer } from '../screen/pins.js';
import { table } from '../screen/table.js';
import { cleaned } from '../screen/text.js';
import type { SourceAnswer } from '@credence/views';
import type { Verb } from '../verb.js';

/** Sources, newest first. */
export const verb: Verb = {
  define: command => pageOptions(readOptions(command)),
  examples: ['credence source list', 'credence source list --json --limit 500'],
  run: async call => {
    const body = await (await call.ledger('read')).sources({ ...call.pins, ...pageOf(call.options) });
    return {
      body,
      screen: screen => {
        const { items, next, pins } = cleaned(body);
        if (items.length === 0) return `No source is in the ledger.\n${footer(pins, screen)}`;
        const columns = [
          { title: 'KIND' },
          { title: 'JUDGED', most: 12 },
          { title: 'SOURCE', most: 26 },
          { title: '' },
        ];
        const rows = items.map(item => [
          { text: item.kind },
          { text: judged(item) },
          { text: shortReference(item), style: 'dim' as const },
          { text: nameOf(item) },
        ]);
        return [table(columns, rows, screen), footer(pins, screen, ...nextPage(call, next))].join('\n');
      },
    };
  },
};

/** Beside the name of a person no grade is shown: whether there is one, says enough here. */
function judged({ kind, grade, gradeReason }: SourceAnswer): string {
  if (gradeReason === undefined) return 'not judged';
  return kind === 'person' ? 'judged' : `grade ${grade}`;
}

function nameOf({ name, named, describedAs, retractions }: SourceAnswer): string {
  const to = named === 'publicly' ? '' : ' (not named to readers)';
  const gone = retractions.some(({ liftedBy }) => liftedBy === undefined) ? ' · retracted' : '';
  return `${name}${describedAs === undefined ? '' : `, ${describedAs}`}${to}${gone}`;
}
