import { fields } from '@credence/contracts';
import { command } from '../command.js';
import { notFound } from '../refusals.js';

/** A named person's editorial judgement, shown beside the computed belief. A retracted claim takes it too. */
export const RecordDecision = command(
  'RecordDecision',
  { category: 'claim', target: 'claims' },
  { ...fields.decision, makes: 'decision' },
  ({ words, target, made }, claim) => {
    if (!claim.exists) return notFound('claim', target);
    return { type: 'DecisionRecorded', data: { decision: made }, words };
  },
);
