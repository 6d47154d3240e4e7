import { Reason, Ref } from '@credence/contracts';
import { command } from '../command.js';
import { notFound } from '../refusals.js';
import { notStanding } from '../retractions.js';

/** Lifts one retraction of a claim, or its supersession; while others stand it stays retracted. */
export const ReinstateClaim = command(
  'ReinstateClaim',
  { category: 'claim', target: 'claims' },
  { data: { retraction: Ref('changes') }, words: { reason: Reason } },
  ({ data, words, target }, claim) => {
    if (!claim.exists) return notFound('claim', target);
    const lifts = { type: 'ClaimReinstated' as const, data, words };
    if (claim.supersession?.id === data.retraction) return lifts;
    return notStanding(claim, data.retraction, `claim ${target}`) ?? lifts;
  },
);
