import type { Pinned } from '@credence/runtime';
import type { FieldChange, HistoryAnswer, HistoryItem } from '@credence/views';
import { eventWords } from './events.js';
import { instant } from './dates.js';
import { isSilent } from './passages.js';
import { footer } from './pins.js';
import type { Screen } from './screen.js';
import { tableRows } from './table.js';
import type { Column } from './table.js';
import { wrapped } from './text.js';
import { valueText } from './values.js';

/** A table of events; under each change the fields that it changed, from what to what. */
export function historyScreen(
  { items, pins }: Pinned<HistoryAnswer>,
  names: ReadonlyMap<string, string>,
  screen: Screen,
): string {
  const rows = items.map(item => [
    { text: `@${String(item.seq)}` },
    { text: instant(item.recordedAt) },
    { text: item.actor },
    { text: eventWords(item.type), style: 'bold' as const },
    { text: [names.get(item.id), item.reason].filter(text => text !== undefined).join(': ') },
  ]);
  const { titles, lines } = tableRows(COLUMNS, rows, screen);
  const told = lines.flatMap((event, i) => [event, ...changeLines(items[i] as HistoryItem, screen)]);
  return [...titles, ...told, '', footer(pins, screen)].join('\n');
}

const COLUMNS: readonly Column[] = [
  { title: '' },
  { title: 'WHEN (UTC)' },
  { title: 'WHO', most: 16 },
  { title: 'WHAT', most: 22 },
  { title: 'WHY' },
];

/** Of what was just entered, what makes it out; of a change, everything that changed. */
function changeLines({ type, changes }: HistoryItem, screen: Screen): string[] {
  const entered = /^(ClaimRecorded|AssertionRecorded|SourceRegistered|CaptureTaken)$/.test(type);
  const shown = entered ? changes.filter(isTelling) : changes.filter(({ path }) => !path.startsWith('/passage/found'));
  return shown.flatMap(change =>
    wrapped(changeText(change, entered), screen.width - 6).map((line, i) =>
      screen.paint.dim(`${i === 0 ? '    ' : '      '}${line}`),
    ),
  );
}

const SHORT_ID = 10;

const TELLING = ['/text', '/name', '/kind', '/stance', '/basis', '/locator', '/mediaType'];

const isTelling = ({ path, to }: FieldChange) =>
  TELLING.includes(path) || (path === '/passage/state' && !isSilent(to as string | undefined));

function changeText({ path, from, to }: FieldChange, entered: boolean): string {
  const name = fieldName(path);
  if (entered || from === undefined) return `${name}: ${valueText(to)}`;
  return to === undefined ? `${name}: ${valueText(from)} → nothing` : `${name}: ${valueText(from)} → ${valueText(to)}`;
}

/** `/passage/pdfPage` as "passage pdf page"; of an id as much as names it. */
const fieldName = (path: string) =>
  path
    .slice(1)
    .replace(/\b[a-z2-7]{26}\b/g, id => id.slice(0, SHORT_ID))
    .replaceAll('/', ' ')
    .replace(/[A-Z]/g, c => ` ${c.toLowerCase()}`);
