import { byKind } from '../sending.js';
import type { Verb } from '../verb.js';

const KINDS = { claims: 'ReinstateClaim', sources: 'ReinstateSource', assertions: 'ReinstateAssertion' };

/** Lifts one retraction, or a supersession: the one that --retraction names. */
export const verb: Verb = {
  ...byKind(KINDS),
  examples: [
    'credence reinstate gave-bannon.report-p7 --retraction drop-summary --reason "a place of its own after all"',
  ],
};
