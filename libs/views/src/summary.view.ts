import type { EventType } from '@credence/contracts';
import type { ReadTables, View } from '@credence/kernel';
import { addSums, SUM_TABLES, SUMS_PAST, sumsUpTo } from './sums.js';
import type { Moves } from './sums.js';

/** What the summary counts without looking at a claim (WIRE.md, "Summary"), by their places in the sums. */
const COUNTS = [
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
] as const;

export type Count = (typeof COUNTS)[number];

/** How an event moves a count. Links, derivations, decisions and units count while they stand. */
const MOVES: Partial<Record<EventType, readonly [Count, 1 | -1]>> = {
  SourceRegistered: ['sources', 1],
  CaptureTaken: ['captures', 1],
  ClaimRecorded: ['claims', 1],
  AssertionRecorded: ['assertions', 1],
  UnitDeclared: ['units', 1],
  UnitDissolved: ['units', -1],
  ClaimsLinked: ['links', 1],
  ClaimLinkRemoved: ['links', -1],
  DerivationRecorded: ['derivations', 1],
  DerivationRemoved: ['derivations', -1],
  DecisionRecorded: ['decisions', 1],
  DecisionReversed: ['decisions', -1],
};

const placeOf = (count: Count): number => COUNTS.indexOf(count);

const PLACED = new Map<string, Moves>(
  Object.entries(MOVES).map(([type, [count, by]]) => [type, [placeOf(count), by]] as const),
);
const [EVENTS, BYTES] = [placeOf('events'), placeOf('bytes')];

/** Counts over the whole ledger, as of every event. */
export const summaryView = {
  name: 'summary',
  version: 3,
  tables: SUM_TABLES,
  past: SUMS_PAST,
  apply({ seq, type, bytes }, tables) {
    const moves = PLACED.get(type);
    addSums(seq, moves === undefined ? [EVENTS, 1, BYTES, bytes] : [...moves, EVENTS, 1, BYTES, bytes], tables);
  },
} satisfies View;

/** @param last - the last event that counts */
export function countsUpTo(last: number, tables: ReadTables): Readonly<Record<Count, number>> {
  const sums = sumsUpTo(last, tables);
  return Object.fromEntries(COUNTS.map((count, i) => [count, sums[i] ?? 0])) as Record<Count, number>;
}
