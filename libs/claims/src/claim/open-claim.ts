import { refuse } from '@credence/contracts';
import type { Refusal } from '@credence/contracts';
import { notFound } from '../refusals.js';
import type { ClaimState } from './claim.js';

/**
 * Why a claim does not take a change: it is not there, or it is retracted. A retracted claim takes retractions,
 * reinstatements and decisions only (WIRE.md, "Errors"); commands of those kinds do not ask here.
 *
 * @param id - of the claim, or of the thing in its stream that the command is about
 */
export function notOpen(claim: ClaimState, id: string): Refusal | undefined {
  if (!claim.exists) return notFound('claim', id);
  const by = claim.standing[0];
  if (by === undefined) return undefined;
  return refuse(
    'claim-retracted',
    `the claim is retracted by ${by.by} as ${by.id}; it takes retractions, reinstatements and decisions only`,
  );
}
