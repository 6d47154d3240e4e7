import { Closed, fields } from '@credence/contracts';
import { NOTHING } from '@credence/kernel';
import { command } from '../command.js';
import { equal, withSet } from '../set.js';
import { notOpen } from './open-claim.js';

/** The world changed: the proposition now holds during another time. */
export const ReviseClaim = command(
  'ReviseClaim',
  { category: 'claim', target: 'claims' },
  {
    data: { ...fields.change.data, set: Closed(fields.claimRevision.data) },
    words: { ...fields.change.words, set: Closed(fields.claimRevision.words) },
  },
  ({ data, words, target }, claim) => {
    const closed = notOpen(claim, target);
    if (closed !== undefined) return closed;
    if (equal(withSet(claim.proposition, { data: data.set, words: words.set }), claim.proposition)) return NOTHING;
    return { type: 'ClaimRevised', data, words };
  },
);
