import { byKind } from '../sending.js';
import type { Verb } from '../verb.js';

const KINDS = { claims: 'ReviseClaim', assertions: 'ReviseAssertion' };

/** The world or the speaker changed: of a claim, when it holds; of an assertion, what the source says from a date on. */
export const verb: Verb = {
  ...byKind(KINDS),
  examples: [
    'credence revise gazette-has-five --holds-during 2019-04-20/2019-04-23 --reason "the page was changed"',
    'credence revise five-pages.gazette --stance denies --asserted-at 2019-04-23 --reason "correction printed on p. 2"',
  ],
};
