import { countsUpTo } from '../summary.view.js';
import type { Count } from '../summary.view.js';
import { totalsUpTo, unsettled } from '../belief.view.js';
import type { BeliefRow } from '../belief.view.js';
import { believing } from './believing.js';
import type { ReadModel } from './model.js';

/** The whole ledger in numbers (WIRE.md, "Summary"), without the pins. */
export type SummaryAnswer = Readonly<Record<Count | 'mentions' | 'origins', number>> & {
  readonly statuses: Readonly<Record<string, number>>;
};

export function summaryAnswer(model: ReadModel): SummaryAnswer {
  return { ...countsUpTo(lastOf(model), model.summary), ...beliefTotals(model) };
}

const lastOf = ({ upTo }: ReadModel): number => upTo ?? Number.MAX_SAFE_INTEGER;

type Totals = Pick<SummaryAnswer, 'mentions' | 'origins' | 'statuses'>;

/** As settled; what is marked since is counted anew, and under `publicBy` everything is. */
function beliefTotals(model: ReadModel): Totals {
  if (model.query.publicBy !== undefined) return totalsUnder(model);
  const totals = new Map<string, number>(totalsUpTo(lastOf(model), model.belief));
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
      add(row.status.code, sign);
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
    add(core.status.code, 1);
  }
  return shown(totals);
}

function shown(totals: ReadonlyMap<string, number>): Totals {
  const { mentions = 0, origins = 0, ...statuses } = Object.fromEntries(totals);
  const found = Object.entries(statuses).filter(([, n]) => n > 0);
  return { mentions, origins, statuses: Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1))) };
}
