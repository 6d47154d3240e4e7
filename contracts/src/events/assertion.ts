import * as fields from '../fields.js';
import { Closed, event, Id, Reason, Ref } from '../schema.js';

/** Assertions live in the stream of their claim: relays never leave it. */
export const AssertionRecorded = event('AssertionRecorded', {
  data: { assertion: Id, ...fields.assertion.data },
  words: fields.assertion.words,
  makes: 'assertion',
});

export const AssertionCorrected = event('AssertionCorrected', {
  data: { assertion: Ref('assertions'), ...fields.change.data, set: Closed(fields.assertionCorrection.data) },
  words: { ...fields.change.words, set: Closed(fields.assertionCorrection.words) },
});

export const AssertionRevised = event('AssertionRevised', {
  data: {
    assertion: Ref('assertions'),
    ...fields.change.data,
    assertedAt: fields.DateData,
    set: Closed(fields.assertionRevision.data),
  },
  words: { ...fields.change.words, set: Closed(fields.assertionRevision.words) },
});

export const AssertionRetracted = event('AssertionRetracted', {
  data: { assertion: Ref('assertions'), retraction: Id, ...fields.withdrawal.data },
  words: fields.withdrawal.words,
  makes: 'retraction',
});

export const AssertionReinstated = event('AssertionReinstated', {
  data: { assertion: Ref('assertions'), retraction: Ref('changes') },
  words: { reason: Reason },
});
