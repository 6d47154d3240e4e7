import { holdsAt } from '@credence/time';
import type { ClaimRow } from '../claim-row.js';
import type { ReadModel } from './model.js';

export type Holds = ReturnType<typeof holdsAt>;

/** Whether the claim holds on the day that was asked for; undefined: none was. */
export function holdsOf({ fields }: ClaimRow, { holdsAt: day }: Pick<ReadModel, 'holdsAt'>): Holds | undefined {
  const { edtf = 'unknown' } = (fields['holdsDuring'] ?? {}) as { edtf?: string };
  return day === undefined ? undefined : holdsAt(edtf, day);
}

/** Whether a list has the claim: where a day was asked for, what holds on it, certainly or possibly. */
export function holdsThen(row: ClaimRow, model: Pick<ReadModel, 'holdsAt'>): boolean {
  const holds = holdsOf(row, model);
  return holds === undefined || holds === 'certain' || holds === 'possible';
}
