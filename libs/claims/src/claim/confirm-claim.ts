import { Reason } from '@credence/contracts';
import { command } from '../command.js';
import { notOpen } from './open-claim.js';

/** Somebody checked the claim again and found nothing to change. Each check is an event of its own. */
export const ConfirmClaim = command(
  'ConfirmClaim',
  { category: 'claim', target: 'claims' },
  { data: {}, words: { reason: Reason } },
  ({ words, target }, claim) => notOpen(claim, target) ?? { type: 'ClaimConfirmed', data: {}, words },
);
