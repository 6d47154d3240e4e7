import * as fields from '../fields.js';
import { Closed, event, Id, Reason, Ref } from '../schema.js';

export const ClaimRecorded = event('ClaimRecorded', fields.claim);

export const ClaimCorrected = event('ClaimCorrected', {
  data: { ...fields.change.data, set: Closed(fields.claimCorrection.data) },
  words: { ...fields.change.words, set: Closed(fields.claimCorrection.words) },
});

export const ClaimRevised = event('ClaimRevised', {
  data: { ...fields.change.data, set: Closed(fields.claimRevision.data) },
  words: { ...fields.change.words, set: Closed(fields.claimRevision.words) },
});

export const ClaimSuperseded = event('ClaimSuperseded', {
  data: { supersession: Id, successor: Ref('claims') },
  words: { reason: Reason },
  makes: 'supersession',
});

export const ClaimRetracted = event('ClaimRetracted', {
  data: { retraction: Id, ...fields.withdrawal.data },
  words: fields.withdrawal.words,
  makes: 'retraction',
});

/** Lifts a retraction or a supersession of the claim. */
export const ClaimReinstated = event('ClaimReinstated', {
  data: { retraction: Ref('changes') },
  words: { reason: Reason },
});

export const ClaimConfirmed = event('ClaimConfirmed', { data: {}, words: { reason: Reason } });

export const ClaimsLinked = event('ClaimsLinked', {
  data: { link: Id, ...fields.link.data },
  words: fields.link.words,
  makes: 'link',
});
export const ClaimLinkRemoved = event('ClaimLinkRemoved', { data: { link: Ref('links') }, words: { reason: Reason } });

export const DerivationRecorded = event('DerivationRecorded', {
  data: { derivation: Id, ...fields.derivation.data },
  words: fields.derivation.words,
  makes: 'derivation',
});
export const DerivationRemoved = event('DerivationRemoved', {
  data: { derivation: Ref('derivations') },
  words: { reason: Reason },
});

export const DecisionRecorded = event('DecisionRecorded', {
  data: { decision: Id, ...fields.decision.data },
  words: fields.decision.words,
  makes: 'decision',
});
export const DecisionReversed = event('DecisionReversed', {
  data: { decision: Ref('decisions') },
  words: { reason: Reason },
});
