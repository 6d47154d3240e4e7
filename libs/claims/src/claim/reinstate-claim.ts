import { Reason, Ref, refuse } from '@credence/contracts';
import { command } from '../command.js';
import { notFound } from '../refusals.js';
import { stands } from '../retractions.js';

/** Lifts one retraction of a claim, or its supersession; while others stand it stays retracted. */
export const ReinstateClaim = command(
  'ReinstateClaim',
  { category: 'claim', target: 'claims' },
  { data: { retraction: Ref('changes') }, words: { reason: Reason } },
  ({ data, words, target }, claim) => {
    if (!claim.exists) return notFound('claim', target);
    if (!stands(claim.standing, data.retraction) && claim.supersession?.id !== data.retraction)
      return refuse(
        'retraction-not-standing',
        `no retraction or supersession ${data.retraction} stands against claim ${target}`,
      );
    return { type: 'ClaimReinstated', data, words };
  },
);
