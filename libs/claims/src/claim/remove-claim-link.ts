import { Reason, refuse } from '@credence/contracts';
import { command } from '../command.js';
import { notFound } from '../refusals.js';
import { notOpen } from './open-claim.js';

/** Takes a link out of the record; its place between the two claims is free again. */
export const RemoveClaimLink = command(
  'RemoveClaimLink',
  { category: 'claim', target: 'links' },
  { data: {}, words: { reason: Reason } },
  ({ words, target }, claim) => {
    const link = claim.links[target];
    if (link === undefined) return notFound('link', target);
    const closed = notOpen(claim, target);
    if (closed !== undefined) return closed;
    if (!link.stands) return refuse('not-standing', `link ${target} is removed already`);
    return { type: 'ClaimLinkRemoved', data: { link: target }, words };
  },
);
