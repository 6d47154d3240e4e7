import { Reason, Ref, refuse } from '@credence/contracts';
import { command } from '../command.js';
import { invalid } from '../refusals.js';
import { notOpen } from './open-claim.js';

/** Another claim replaces this one. One supersession stands at a time; a reinstatement lifts it. */
export const SupersedeClaim = command(
  'SupersedeClaim',
  { category: 'claim', target: 'claims' },
  { data: { successor: Ref('claims') }, words: { reason: Reason }, makes: 'supersession' },
  ({ data, words, target, made }, claim, lookUps) => {
    if (data.successor === target)
      return invalid({ pointer: '/successor', code: 'itself', detail: 'a claim cannot supersede itself' });
    const closed = notOpen(claim, target);
    if (closed !== undefined) return closed;
    if (claim.supersession !== undefined)
      return refuse(
        'already-superseded',
        `claim ${target} is already superseded by ${claim.supersession.successor} as ${claim.supersession.id}`,
      );
    if (lookUps.claim(data.successor).supersession?.successor === target)
      return refuse('already-superseded', `claim ${data.successor} is itself superseded by claim ${target}`);
    return { type: 'ClaimSuperseded', data: { ...data, supersession: made }, words };
  },
);
