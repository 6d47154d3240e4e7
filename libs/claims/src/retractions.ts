import type { LedgerEvent } from '@credence/contracts';

/** A retraction of a source, a claim or an assertion. Several may stand; a reinstatement lifts the one it names. */
export interface Retraction {
  readonly id: string;
  readonly by: 'speaker' | 'publisher' | 'ledger';
  readonly reason: string;
  /** EDTF, as given. */
  readonly assertedAt?: string;
}

type Retracted = LedgerEvent<'SourceRetracted' | 'ClaimRetracted' | 'AssertionRetracted'>;

export const retracted = (standing: readonly Retraction[], { data, words }: Retracted): readonly Retraction[] => [
  ...standing,
  {
    id: data.retraction,
    by: data.by,
    reason: words.reason,
    ...(data.assertedAt === undefined ? {} : { assertedAt: data.assertedAt.edtf }),
  },
];

export const reinstated = (standing: readonly Retraction[], retraction: string): readonly Retraction[] =>
  standing.filter(r => r.id !== retraction);

export const stands = (standing: readonly Retraction[], retraction: string): boolean =>
  standing.some(r => r.id === retraction);

/** The standing retraction that says the same: same `by`, reason and date. */
export const sameAs = (
  standing: readonly Retraction[],
  { data, words }: { data: { by: string; assertedAt?: { edtf: string } }; words: { reason: string } },
): Retraction | undefined =>
  standing.find(r => r.by === data.by && r.reason === words.reason && r.assertedAt === data.assertedAt?.edtf);
