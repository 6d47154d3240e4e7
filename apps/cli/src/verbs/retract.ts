import { byKind } from '../sending.js';
import type { Verb } from '../verb.js';

const KINDS = { claims: 'RetractClaim', sources: 'RetractSource', assertions: 'RetractAssertion' };

/** Withdraws a claim, a source or an assertion: by its speaker, its publisher, or us. */
export const verb: Verb = {
  ...byKind(KINDS),
  examples: [
    'credence retract in-appendix.bulletin --by publisher --asserted-at 2019-04-26 --reason "withdrawn in print"',
    'credence retract sources/bulletin --by ledger --reason "it had not opened the volume"',
  ],
};
