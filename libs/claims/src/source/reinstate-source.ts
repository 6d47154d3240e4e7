import { Reason, Ref, refuse } from '@credence/contracts';
import { command } from '../command.js';
import { notFound } from '../refusals.js';
import { stands } from '../retractions.js';

/** Lifts one retraction of a source; while others stand it stays retracted. */
export const ReinstateSource = command(
  'ReinstateSource',
  { category: 'source', target: 'sources' },
  { data: { retraction: Ref('changes') }, words: { reason: Reason } },
  ({ data, words, target }, source) => {
    if (!source.exists) return notFound('source', target);
    if (!stands(source.standing, data.retraction))
      return refuse('retraction-not-standing', `no retraction ${data.retraction} stands against source ${target}`);
    return { type: 'SourceReinstated', data, words };
  },
);
