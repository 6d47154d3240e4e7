import type { Pinned } from '@credence/runtime';
import type { ImpactAnswer, ImpactItem } from '@credence/views';
import { readOptions } from '../options/common.js';
import { shortReference } from '../screen/names.js';
import { statusStyle } from '../screen/paint.js';
import { footer } from '../screen/pins.js';
import type { Screen } from '../screen/screen.js';
import { table } from '../screen/table.js';
import { cleaned, counted } from '../screen/text.js';
import type { Verb } from '../verb.js';

/** What rests on a source at any depth; with `--what-if`, what would change, and nothing is written. */
export const verb: Verb = {
  define: command =>
    readOptions(command.argument('<source>', 'a reference to a source')).option(
      '--what-if <change>',
      'retracted (by itself), dropped (by us), or grade:<A-G>: only what would change',
    ),
  examples: ['credence impact kushner', 'credence impact kushner --what-if retracted'],
  run: async call => {
    const [reference = ''] = call.args;
    const whatIf = call.options['whatIf'] as string | undefined;
    const ledger = await call.ledger('read');
    const body = await ledger.impact(reference, { ...call.pins, ...(whatIf === undefined ? {} : { whatIf }) });
    return { body, screen: screen => impactScreen(cleaned(body), whatIf, screen) };
  },
};

function impactScreen(
  { items, total, pins }: Pinned<ImpactAnswer>,
  whatIf: string | undefined,
  screen: Screen,
): string {
  const head =
    whatIf === undefined
      ? `${counted(total, 'claim')} ${total === 1 ? 'rests' : 'rest'} on it.`
      : `${counted(total, 'claim')} would change. Nothing was written.`;
  const rows = items.map(item => [
    { text: item.before.status.code, style: statusStyle(item.before.status.code) },
    { text: change(item), style: statusStyle(item.after.status.code) },
    {
      text: shortReference({ id: item.claim, ...(item.key === undefined ? {} : { key: item.key }) }),
      style: 'dim' as const,
    },
    { text: item.text.replaceAll('\n', ' ') },
  ]);
  const columns = [
    { title: 'NOW', named: true },
    { title: whatIf === undefined ? 'WITHOUT IT' : 'THEN', named: true },
    { title: 'CLAIM', most: 26 },
    { title: '' },
  ];
  return [
    screen.paint.bold(head),
    ...(items.length === 0 ? [] : ['', table(columns, rows, screen)]),
    ...(items.length < total ? [screen.paint.dim(`the first ${String(items.length)} of ${String(total)}`)] : []),
    '',
    footer(pins, screen),
  ].join('\n');
}

/** The status that it would have; of one that keeps it, whether anything moves. */
function change({ before, after }: ImpactItem): string {
  if (before.status.code !== after.status.code) return after.status.code;
  return before.coreHash === after.coreHash ? 'the same' : `${after.status.code}, on less`;
}
