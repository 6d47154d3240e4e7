import { fields, refuse } from '@credence/contracts';
import { command } from '../command.js';
import { notFound } from '../refusals.js';
import { sameAs } from '../retractions.js';

/** Withdraws a claim; its assertions no longer count until the retraction is lifted. Several retractions may stand. */
export const RetractClaim = command(
  'RetractClaim',
  { category: 'claim', target: 'claims' },
  { ...fields.withdrawal, makes: 'retraction' },
  ({ data, words, target, made }, claim) => {
    if (!claim.exists) return notFound('claim', target);
    const same = sameAs(claim.standing, { data, words });
    if (same !== undefined)
      return refuse('already-retracted', `claim ${target} is already retracted by ${same.by} as ${same.id}`);
    return { type: 'ClaimRetracted', data: { ...data, retraction: made }, words };
  },
);
