import type { LedgerEvent } from '@credence/contracts';
import { keyOf } from './retractions.js';

/** A unit as it stands. */
export interface UnitRow {
  readonly id: string;
  readonly key?: string;
  readonly members: readonly string[];
  readonly reason: string;
  readonly dissolved: boolean;
  readonly revision: number;
  readonly seq: number;
  readonly recordedAt: string;
}

type UnitEvent = LedgerEvent<'UnitDeclared' | 'UnitMembersChanged' | 'UnitDissolved'>;

/** The unit after an event of its stream. Members are in the order of their ids. */
export function evolveUnit(row: UnitRow | undefined, event: UnitEvent): UnitRow {
  const { revision, seq, recordedAt } = event;
  if (event.type === 'UnitDeclared') {
    const members = [...event.data.members].sort();
    const id = event.stream.slice('unit-'.length);
    return { id, ...keyOf(event), members, reason: event.words.reason, dissolved: false, revision, seq, recordedAt };
  }
  if (row === undefined) throw new Error(`${event.stream}: ${event.type} before UnitDeclared`);
  if (event.type === 'UnitDissolved') return { ...row, revision, dissolved: true };
  const { add = [], remove = [] } = event.data;
  const members = [...new Set([...row.members, ...add])].filter(member => !remove.includes(member)).sort();
  return { ...row, revision, members };
}
