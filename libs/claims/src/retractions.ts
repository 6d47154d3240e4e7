import { refuse } from '@credence/contracts';
import type { LedgerEvent, Refusal } from '@credence/contracts';

/** A retraction of a source, a claim or an assertion. Several may stand; a reinstatement lifts the one it names. */
export interface Retraction {
  readonly id: string;
  readonly by: 'speaker' | 'publisher' | 'ledger';
  readonly reason: string;
  /** EDTF, as given. */
  readonly assertedAt?: string;
}

/** What a state holds of the retractions of its thing. */
interface Retractions {
  readonly standing: readonly Retraction[];
  /** Ids of those that were lifted. */
  readonly lifted: readonly string[];
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

export const reinstated = (
  { standing, lifted }: Retractions,
  retraction: string,
): Pick<Retractions, 'standing' | 'lifted'> => ({
  standing: standing.filter(r => r.id !== retraction),
  lifted: [...lifted, retraction],
});

/**
 * Why a reinstatement cannot lift what it names: it was lifted before, or it was never made here.
 *
 * @param what - the thing that is reinstated, for the message
 */
export function notStanding({ standing, lifted }: Retractions, retraction: string, what: string): Refusal | undefined {
  if (standing.some(({ id }) => id === retraction)) return undefined;
  if (lifted.includes(retraction))
    return refuse('retraction-not-standing', `${retraction} was lifted already and stands no more against ${what}`);
  const detail = `${what} has no retraction ${retraction}`;
  return refuse('unknown-reference', detail, [{ pointer: '/retraction', code: 'unknown-reference', detail }]);
}

/** The standing retraction that says the same: same `by`, reason and date. */
export const sameAs = (
  standing: readonly Retraction[],
  { data, words }: { data: { by: string; assertedAt?: { edtf: string } }; words: { reason: string } },
): Retraction | undefined =>
  standing.find(r => r.by === data.by && r.reason === words.reason && r.assertedAt === data.assertedAt?.edtf);
