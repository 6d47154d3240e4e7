import { fields, refuse } from '@credence/contracts';
import { at } from '../by-id.js';
import { command } from '../command.js';
import { notFound } from '../refusals.js';
import { sameAs } from '../retractions.js';

/** Withdraws one assertion, of a retracted claim too; what else its source says still counts. */
export const RetractAssertion = command(
  'RetractAssertion',
  { category: 'claim', target: 'assertions' },
  { ...fields.withdrawal, makes: 'retraction' },
  ({ data, words, target, made }, claim) => {
    const assertion = at(claim.assertions, target);
    if (assertion === undefined) return notFound('assertion', target);
    const same = sameAs(assertion.standing, { data, words });
    if (same !== undefined)
      return refuse('already-retracted', `assertion ${target} is already retracted by ${same.by} as ${same.id}`);
    return { type: 'AssertionRetracted', data: { ...data, assertion: target, retraction: made }, words };
  },
);
