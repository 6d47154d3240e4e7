import type { Count } from '../summary.view.js';
import { unsettled } from '../belief.view.js';
import type { BeliefRow } from '../belief.view.js';
import { believing } from './believing.js';
import type { ReadModel } from './model.js';

/** The whole ledger in numbers (WIRE.md, "Summary"), without the pins. */
export type SummaryAnswer = Readonly<Record<Count | 'mentions' | 'origins', number>> & {
  readonly statuses: Readonly<Record<string, number>>;
};

const COUNTS: readonly Count[] = [
  'sources',
  'claims',
  'assertions',
  'captures',
  'units',
  'links',
  'derivations',
  'decisions',
  'events',
  'bytes',
];

export function summaryAnswer(model: ReadModel): SummaryAnswer {
  const counts = model.summary<number>('counts');
  const counted = Object.fromEntries(COUNTS.map(count => [count, counts.get([count]) ?? 0])) as Record<Count, number>;
  return { ...counted, ...beliefTotals(model) };
}

type Totals = Pick<SummaryAnswer, 'mentions' | 'origins' | 'statuses'>;

/** As settled; what is marked since is counted anew, and under `publicBy` everything is. */
function beliefTotals(model: ReadModel): Totals {
  if (model.query.publicBy !== undefined) return totalsUnder(model);
  const totals = new Map(Array.from(model.belief<number>('totals').range(), row => [row.key[0] as string, row.value]));
  const add = (name: string, by: number) => totals.set(name, (totals.get(name) ?? 0) + by);
  const { row: rowOf } = believing(model);
  for (const claim of unsettled(model.belief)) {
    const before = model.belief<BeliefRow>('beliefs').get([claim]);
    const now = rowOf(claim);
    for (const [row, sign] of [
      [before, -1],
      [now, 1],
    ] as const) {
      if (row === undefined) continue;
      add('mentions', sign * row.mentions);
      add('origins', sign * row.reaching);
      add(`status:${row.status.code}`, sign);
    }
  }
  return shown(totals);
}

function totalsUnder(model: ReadModel): Totals {
  const totals = new Map<string, number>();
  const add = (name: string, by: number) => totals.set(name, (totals.get(name) ?? 0) + by);
  const { whole } = believing(model);
  for (const { key } of model.belief('claims').range()) {
    const { core, mentions, reaching } = whole(key[0] as string);
    add('mentions', mentions.count);
    add('origins', reaching);
    add(`status:${core.status.code}`, 1);
  }
  return shown(totals);
}

function shown(totals: ReadonlyMap<string, number>): Totals {
  const statuses = [...totals]
    .filter(([name, n]) => name.startsWith('status:') && n > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    mentions: totals.get('mentions') ?? 0,
    origins: totals.get('origins') ?? 0,
    statuses: Object.fromEntries(statuses.map(([name, n]) => [name.slice('status:'.length), n])),
  };
}
