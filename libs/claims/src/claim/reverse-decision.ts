import { Reason, refuse } from '@credence/contracts';
import { command } from '../command.js';
import { notFound } from '../refusals.js';

/** Takes back an editorial judgement, of a retracted claim too. */
export const ReverseDecision = command(
  'ReverseDecision',
  { category: 'claim', target: 'decisions' },
  { data: {}, words: { reason: Reason } },
  ({ words, target }, claim) => {
    const stands = claim.decisions[target];
    if (stands === undefined) return notFound('decision', target);
    if (!stands) return refuse('not-standing', `decision ${target} is reversed already`);
    return { type: 'DecisionReversed', data: { decision: target }, words };
  },
);
