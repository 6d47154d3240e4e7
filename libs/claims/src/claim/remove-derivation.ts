import { Reason, refuse } from '@credence/contracts';
import { command } from '../command.js';
import { notFound } from '../refusals.js';
import { notOpen } from './open-claim.js';

/** Takes an inference out of the record. */
export const RemoveDerivation = command(
  'RemoveDerivation',
  { category: 'claim', target: 'derivations' },
  { data: {}, words: { reason: Reason } },
  ({ words, target }, claim) => {
    const stands = claim.derivations[target];
    if (stands === undefined) return notFound('derivation', target);
    const closed = notOpen(claim, target);
    if (closed !== undefined) return closed;
    if (!stands) return refuse('not-standing', `derivation ${target} is removed already`);
    return { type: 'DerivationRemoved', data: { derivation: target }, words };
  },
);
