import type { LedgerEvent } from '@credence/contracts';
import type { DateShown } from './dates.js';
import { shownDate } from './dates.js';

/** A retraction as answers show it; a lifted one stays in sight. */
export interface RetractionShown {
  readonly id: string;
  readonly key?: string;
  readonly by: 'speaker' | 'publisher' | 'ledger';
  readonly code?: string;
  readonly reason: string;
  readonly assertedAt: DateShown | null;
  readonly recordedAt: string;
  readonly seq: number;
  /** The reinstatement's event. */
  readonly liftedBy?: {
    readonly seq: number;
    readonly recordedAt: string;
    readonly reason: string;
    readonly actor: string;
  };
}

export const isStanding = (retraction: RetractionShown): boolean => retraction.liftedBy === undefined;

type Retracted = LedgerEvent<'SourceRetracted' | 'ClaimRetracted' | 'AssertionRetracted'>;
type Reinstated = LedgerEvent<'SourceReinstated' | 'ClaimReinstated' | 'AssertionReinstated'>;

export const withRetraction = (list: readonly RetractionShown[], event: Retracted): readonly RetractionShown[] => {
  const { data, words, recordedAt, seq } = event;
  return [
    ...list,
    {
      id: data.retraction,
      ...keyOf(event),
      by: data.by,
      ...(data.code === undefined ? {} : { code: data.code }),
      reason: words.reason,
      assertedAt: data.assertedAt === undefined ? null : shownDate(data.assertedAt, words.assertedAt),
      recordedAt,
      seq,
    },
  ];
};

export const withReinstatement = (list: readonly RetractionShown[], event: Reinstated): readonly RetractionShown[] =>
  list.map(r =>
    r.id === event.data.retraction
      ? {
          ...r,
          liftedBy: { seq: event.seq, recordedAt: event.recordedAt, reason: event.words.reason, actor: event.actor },
        }
      : r,
  );

/** `key: "<dossier>:<key>"` of what came from a dossier. */
export function keyOf(event: LedgerEvent): { key?: string } {
  const { entry } = event.words;
  return entry === undefined ? {} : { key: `${entry.dossier}:${entry.key}` };
}
