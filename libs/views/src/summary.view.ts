import type { EventType } from '@credence/contracts';
import type { View } from '@credence/kernel';

/** What the summary counts without looking at a claim (WIRE.md, "Summary"). */
export type Count =
  | 'sources'
  | 'claims'
  | 'assertions'
  | 'captures'
  | 'units'
  | 'links'
  | 'derivations'
  | 'decisions'
  | 'events'
  | 'bytes';

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

/** Counts over the whole ledger. */
export const summaryView = {
  name: 'summary',
  version: 1,
  tables: {
    /** Count -> number */
    counts: { key: ['text'] },
  },
  apply(event, tables) {
    const counts = tables<number>('counts');
    const add = (count: Count, by: number) => {
      counts.put([count], (counts.get([count]) ?? 0) + by);
    };
    add('events', 1);
    add('bytes', event.bytes);
    const move = MOVES[event.type];
    if (move !== undefined) add(...move);
  },
} satisfies View;
