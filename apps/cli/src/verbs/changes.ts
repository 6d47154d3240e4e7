import type { ChangesAnswer } from '@credence/runtime';
import type { ChangeItem } from '@credence/views';
import { nextPage } from '../options/again.js';
import { pageOptions, readOptions, spanOptions } from '../options/common.js';
import { spanOf } from '../options/moments.js';
import { pageOf } from '../options/page.js';
import { causeText } from '../screen/causes.js';
import { changeCell } from '../screen/change.js';
import { momentText } from '../screen/moments.js';
import { shortReference } from '../screen/names.js';
import { footer } from '../screen/pins.js';
import type { Screen } from '../screen/screen.js';
import { tableRows } from '../screen/table.js';
import { cleaned, counted } from '../screen/text.js';
import type { Verb } from '../verb.js';

/** What changed in what we believe, over the whole ledger: other statuses first, then the weightiest. */
export const verb: Verb = {
  define: command => pageOptions(spanOptions(readOptions(command), 'yesterday, at its end in UTC')),
  examples: ['credence changes', 'credence changes --from 7d', 'credence changes --from 2026-06 --to 2026-07'],
  run: async call => {
    const span = spanOf({ from: 'yesterday', ...call.options }, Date.now());
    const body = await (await call.ledger('read')).changes({ ...call.pins, ...span, ...pageOf(call.options) });
    return { body, screen: screen => changesScreen(cleaned(body), nextPage(call, body.next, span), screen) };
  },
};

function changesScreen(
  { from, to, items, total, pins }: ChangesAnswer,
  more: readonly string[],
  screen: Screen,
): string {
  const begin = from.seq === null ? 'the beginning' : momentText(from);
  const head = `${counted(total, 'claim')} changed between ${begin} and ${momentText(to)}.`;
  return [
    screen.paint.bold(screen.paragraph(head)),
    ...(items.length === 0 ? [] : ['', ...changeLines(items, screen)]),
    '',
    footer(pins, screen, ...more),
  ].join('\n');
}

/** A row for each claim, and under it what changed it. */
function changeLines(items: readonly ChangeItem[], screen: Screen): string[] {
  const rows = items.map(({ claim, key, text, before, after }) => [
    changeCell(before, after),
    { text: shortReference({ id: claim, ...(key === undefined ? {} : { key }) }), style: 'dim' as const },
    { text: text.replaceAll('\n', ' ') },
  ]);
  const { titles, lines } = tableRows([{ title: 'BELIEF' }, { title: 'CLAIM', most: 26 }, { title: '' }], rows, screen);
  return [...titles, ...lines.flatMap((line, i) => [line, ...causeLines(items[i] as ChangeItem, screen)])];
}

const MOST_CAUSES = 3;

function causeLines({ causes }: ChangeItem, screen: Screen): string[] {
  const left = causes.length - MOST_CAUSES;
  const shown = causes
    .slice(0, left > 0 ? MOST_CAUSES : undefined)
    .map(cause => `@${String(cause.seq)} ${cause.actor}: ${causeText(cause)}`);
  return [...shown, ...(left > 0 ? [`and ${counted(left, 'event')} more`] : [])].map(line =>
    screen.paint.dim(screen.paragraph(line, 4)),
  );
}
