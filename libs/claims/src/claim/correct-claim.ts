import { Closed, fields } from '@credence/contracts';
import { NOTHING } from '@credence/kernel';
import { command } from '../command.js';
import { equal, withSet } from '../set.js';
import { notOpen } from './open-claim.js';

/** Our record of the proposition was wrong. What was recorded before stays in the history, and with its assertions. */
export const CorrectClaim = command(
  'CorrectClaim',
  { category: 'claim', target: 'claims' },
  {
    data: { ...fields.change.data, set: Closed(fields.claimCorrection.data) },
    words: { ...fields.change.words, set: Closed(fields.claimCorrection.words) },
  },
  ({ data, words, target }, claim) => {
    const closed = notOpen(claim, target);
    if (closed !== undefined) return closed;
    if (equal(withSet(claim.proposition, { data: data.set, words: words.set }), claim.proposition)) return NOTHING;
    return { type: 'ClaimCorrected', data, words };
  },
);
