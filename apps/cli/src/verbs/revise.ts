import { byKind } from '../sending.js';
import type { Verb } from '../verb.js';

const KINDS = { claims: 'ReviseClaim', assertions: 'ReviseAssertion' };

/** The world or the speaker changed: of a claim, when it holds; of an assertion, what the source says from a date on. */
export const verb: Verb = {
  ...byKind(KINDS),
  examples: [
    'credence revise gazette-has-five --holds-during 2019-04-20/2019-04-22 --reason "the page was changed a day earlier"',
    'credence revise five-pages.newsbarrel --stance denies --asserted-at 2019-04-24 --reason "it took over the correction"',
  ],
};
