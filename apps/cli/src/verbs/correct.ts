import { byKind } from '../sending.js';
import type { Verb } from '../verb.js';

const KINDS = { claims: 'CorrectClaim', sources: 'DescribeSource', assertions: 'CorrectAssertion' };

/** Our record was wrong: corrects it. What was recorded before stays in the history. */
export const verb: Verb = {
  ...byKind(KINDS),
  examples: [
    'credence correct investment-stalled --text "It was getting nowhere." --code entry-error --reason "the page says so"',
    'credence correct assertions/copy-to-nader.messages-nader --locator "11:11 a.m." --reason "the page gives no seconds"',
  ],
};
