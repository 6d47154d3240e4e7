import type { Pinned } from '@credence/runtime';
import type { FieldChange, HistoryAnswer, HistoryItem } from '@credence/views';
import { eventWords } from '../sending.js';
import { instant } from './dates.js';
import { footer } from './pins.js';
import type { Screen } from './screen.js';
import { table } from './table.js';
import { wrapped } from './text.js';

/** A table of events; under each change the fields that it changed, from what to what. */
export function historyScreen(
  { items, pins }: Pinned<HistoryAnswer>,
  names: ReadonlyMap<string, string>,
  screen: Screen,
): string {
  const columns = [
    { title: '' },
    { title: 'WHEN (UTC)' },
    { title: 'WHO', most: 16 },
    { title: 'WHAT', most: 22 },
    { title: 'WHY' },
  ];
  const [titles = '', ...rows] = rowsOf(items, names, columns, screen);
  return [titles, ...rows, '', footer(pins, screen)].join('\n');
}

function rowsOf(
  items: readonly HistoryItem[],
  names: ReadonlyMap<string, string>,
  columns: Parameters<typeof table>[0],
  screen: Screen,
): string[] {
  const cells = items.map(item => [
    { text: `@${String(item.seq)}` },
    { text: instant(item.recordedAt) },
    { text: item.actor },
    { text: eventWords(item.type), style: 'bold' as const },
    { text: [names.get(item.id), item.reason].filter(text => text !== undefined).join(': ') },
  ]);
  // One table, so that columns align; then every row gets its changes.
  const whole = table(columns, cells, screen).split('\n');
  const starts = whole.flatMap((line, i) => (/^(\u001b\[\d+m)?@/.test(line) ? [i] : []));
  return [
    whole.slice(0, starts[0] ?? whole.length).join('\n'),
    ...items.map((item, i) =>
      [...whole.slice(starts[i], starts[i + 1] ?? whole.length), ...changeLines(item, screen)].join('\n'),
    ),
  ];
}

/** Of what was just entered, what makes it out; of a change, everything that changed. */
function changeLines({ type, changes }: HistoryItem, screen: Screen): string[] {
  const entered = /^(ClaimRecorded|AssertionRecorded|SourceRegistered|CaptureTaken)$/.test(type);
  const shown = entered ? changes.filter(({ path }) => TELLING.includes(path)) : changes;
  return shown.flatMap(change =>
    wrapped(changeText(change, entered), screen.width - 6).map((line, i) =>
      screen.paint.dim(`${i === 0 ? '    ' : '      '}${line}`),
    ),
  );
}

const TELLING = ['/text', '/name', '/kind', '/stance', '/basis', '/locator', '/mediaType'];

function changeText({ path, from, to }: FieldChange, entered: boolean): string {
  const name = path.slice(1).replaceAll('/', '.');
  if (entered || from === undefined) return `${name}: ${valueText(to)}`;
  return to === undefined ? `${name}: ${valueText(from)} → nothing` : `${name}: ${valueText(from)} → ${valueText(to)}`;
}

function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return value;
  const { edtf } = (value ?? {}) as { edtf?: unknown };
  return typeof edtf === 'string' ? edtf : JSON.stringify(value);
}
