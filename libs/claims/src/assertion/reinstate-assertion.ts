import { Reason, Ref } from '@credence/contracts';
import { at } from '../by-id.js';
import { command } from '../command.js';
import { notFound } from '../refusals.js';
import { notStanding } from '../retractions.js';

/** Lifts one retraction of an assertion; while others stand it stays retracted. */
export const ReinstateAssertion = command(
  'ReinstateAssertion',
  { category: 'claim', target: 'assertions' },
  { data: { retraction: Ref('changes') }, words: { reason: Reason } },
  ({ data, words, target }, claim) => {
    const assertion = at(claim.assertions, target);
    if (assertion === undefined) return notFound('assertion', target);
    return (
      notStanding(assertion, data.retraction, `assertion ${target}`) ?? {
        type: 'AssertionReinstated',
        data: { ...data, assertion: target },
        words,
      }
    );
  },
);
