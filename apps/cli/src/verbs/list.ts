import type { ClaimItem, Facets } from '@credence/views';
import { nextPage } from '../options/again.js';
import { pageOptions, readOptions } from '../options/common.js';
import { pageOf } from '../options/page.js';
import { shortReference } from '../screen/names.js';
import { statusStyle } from '../screen/paint.js';
import { footer } from '../screen/pins.js';
import type { Screen } from '../screen/screen.js';
import { table } from '../screen/table.js';
import type { Cell } from '../screen/table.js';
import { cleaned } from '../screen/text.js';
import type { Verb } from '../verb.js';

/** Claims, newest first: status, how often mentioned, from how many origins. */
export const verb: Verb = {
  define: command =>
    pageOptions(readOptions(command))
      .option('--q <words>', 'only claims on which each of these words is found; word* means whatever begins so')
      .option('--sort <relevance>', 'with --q: what says most first')
      .option('--facets <names>', 'count, of all that are found: status, source, topic, entity')
      .option('--status <codes>', 'only claims with one of these statuses, divided by commas')
      .option('--source <source>', 'only claims that this source speaks on')
      .option('--topic <topic>', 'only claims on this topic')
      .option('--entity <entity>', 'only claims about this entity'),
  examples: [
    'credence list',
    'credence list --q "proposal kushner" --sort relevance',
    'credence list --status disputed,denied',
    'credence list --as-of 2026-06-30 --limit 10',
  ],
  run: async call => {
    const body = await (
      await call.ledger('read')
    ).claims({ ...call.pins, ...pageOf(call.options), ...filterOf(call.options) });
    return {
      body,
      screen: screen => {
        const { items, next, pins } = cleaned(body);
        const columns = [
          { title: 'STATUS' },
          { title: 'MENTIONS', right: true, named: true },
          { title: 'ORIGINS', right: true, named: true },
          { title: 'CLAIM', most: 26 },
          { title: '' },
        ];
        return [
          items.length > 0 ? table(columns, items.map(row), screen) : screen.paragraph(nothing(next)),
          ...facetLines(cleaned(body).facets ?? {}, screen),
          footer(pins, screen, ...nextPage(call, next)),
        ].join('\n');
      },
    };
  },
};

/** A page has its bounds where each claim is believed anew: then a later one may have some. */
const nothing = (next: string | null) =>
  next === null ? 'No claim is there.' : 'No claim among those that were looked at so far.';

const MOST_SHOWN = 12;

/** "status: disputed 3, attributed 1" */
const facetLines = (facets: Facets, screen: Screen): string[] =>
  Object.entries(facets).map(([facet, counts]) => {
    const all = Object.entries(counts);
    const shown = all.slice(0, MOST_SHOWN).map(([value, n]) => `${value} ${String(n)}`);
    const rest = all.length > MOST_SHOWN ? [`and ${String(all.length - MOST_SHOWN)} more`] : [];
    return screen.paragraph(`${facet}: ${[...shown, ...rest].join(', ')}`);
  });

/** What the list is narrowed to. */
function filterOf(options: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = (['q', 'sort', 'facets', 'status', 'source', 'topic', 'entity'] as const).map(
    name => [name, options[name]] as const,
  );
  return Object.fromEntries(
    given.filter((entry): entry is [(typeof entry)[0], string] => typeof entry[1] === 'string'),
  );
}

const row = (item: ClaimItem): readonly Cell[] => [
  { text: item.belief.status.code, style: statusStyle(item.belief.status.code) },
  { text: String(item.mentions) },
  { text: originsText(item.origins) },
  { text: shortReference(item), style: 'dim' },
  { text: item.text.replaceAll('\n', ' ') },
];

/** "2", or "1 vs 1" where somebody speaks against it. */
const originsText = ({ for: pro, against }: ClaimItem['origins']) =>
  against === 0 ? String(pro) : `${String(pro)} vs ${String(against)}`;
