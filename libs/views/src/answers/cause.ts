import { madeBy } from '@credence/contracts';
import type { LedgerEvent } from '@credence/contracts';

/** An event that changed something: who did what to which thing, and why. */
export interface Cause {
  readonly seq: number;
  readonly type: string;
  /** The thing made or changed, as in a history. */
  readonly id: string;
  readonly actor: string;
  readonly recordedAt: string;
  /** Absent of what needs none: a first entry. */
  readonly reason?: string;
}

export function causeOf(event: LedgerEvent): Cause {
  const { seq, type, actor, recordedAt } = event;
  const { assertion } = event.data as { assertion?: string };
  const { reason } = event.words as { reason?: string };
  return { seq, type, id: assertion ?? madeBy(event), actor, recordedAt, ...(reason === undefined ? {} : { reason }) };
}
