import { fields, refuse } from '@credence/contracts';
import { command } from '../command.js';
import { invalid } from '../refusals.js';
import type { ClaimState } from './claim.js';
import { notOpen } from './open-claim.js';

/** Says how the opinions on one claim bear on another. At most one link stands between two claims, tension apart. */
export const LinkClaims = command(
  'LinkClaims',
  { category: 'claim', target: 'claims' },
  { ...fields.link, makes: 'link' },
  ({ data, words, target, made }, claim, lookUps) => {
    if (data.to === target)
      return invalid({ pointer: '/to', code: 'itself', detail: 'a claim cannot be linked to itself' });
    const closed = notOpen(claim, target);
    if (closed !== undefined) return closed;
    const standing = linkTo(claim, data.to) ?? linkTo(lookUps.claim(data.to), target);
    if (standing !== undefined && data.kind !== 'tension')
      return refuse('already-linked', `claims ${target} and ${data.to} are already linked as ${standing.kind}`);
    return { type: 'ClaimsLinked', data: { ...data, link: made }, words };
  },
);

const linkTo = (claim: ClaimState, other: string) =>
  Object.values(claim.links).find(({ to, kind, stands }) => stands && to === other && kind !== 'tension');
