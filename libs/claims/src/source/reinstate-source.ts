import { Reason, Ref } from '@credence/contracts';
import { command } from '../command.js';
import { notFound } from '../refusals.js';
import { notStanding } from '../retractions.js';

/** Lifts one retraction of a source; while others stand it stays retracted. */
export const ReinstateSource = command(
  'ReinstateSource',
  { category: 'source', target: 'sources' },
  { data: { retraction: Ref('changes') }, words: { reason: Reason } },
  ({ data, words, target }, source) => {
    if (!source.exists) return notFound('source', target);
    return notStanding(source, data.retraction, `source ${target}`) ?? { type: 'SourceReinstated', data, words };
  },
);
