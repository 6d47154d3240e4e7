import { byKind } from '../sending.js';
import type { Verb } from '../verb.js';

const KINDS = { claims: 'ReinstateClaim', sources: 'ReinstateSource', assertions: 'ReinstateAssertion' };

/** Lifts one retraction, or a supersession: the one that --retraction names. */
export const verb: Verb = {
  ...byKind(KINDS),
  examples: [
    'credence reinstate in-appendix.bulletin --retraction bulletin-withdraws --reason "it printed the page again"',
  ],
};
