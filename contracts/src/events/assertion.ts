import { Type } from '@sinclair/typebox';
import * as fields from '../fields.js';
import { Clearable, Closed, event, Id, Reason, Ref, Text } from '../schema.js';

const passage = { data: fields.RecordedPassageData, words: fields.RecordedPassageWords };
const set = { data: { passage: Clearable(passage.data) }, words: { passage: Type.Optional(passage.words) } };

/** Assertions live in the stream of their claim: relays never leave it. */
export const AssertionRecorded = event('AssertionRecorded', {
  data: { assertion: Id, ...fields.assertion.data, passage: Type.Optional(passage.data) },
  words: { ...fields.assertion.words, passage: Type.Optional(passage.words) },
  makes: 'assertion',
});

export const AssertionCorrected = event('AssertionCorrected', {
  data: {
    assertion: Ref('assertions'),
    ...fields.change.data,
    set: Closed({ ...fields.assertionCorrection.data, ...set.data }),
  },
  words: { ...fields.change.words, set: Closed({ ...fields.assertionCorrection.words, ...set.words }) },
});

export const AssertionRevised = event('AssertionRevised', {
  data: {
    assertion: Ref('assertions'),
    ...fields.change.data,
    assertedAt: fields.DateData,
    set: Closed({ ...fields.assertionRevision.data, ...set.data }),
  },
  words: { ...fields.change.words, set: Closed({ ...fields.assertionRevision.words, ...set.words }) },
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

/** Somebody looked, and took over another place for a passage: in a capture that replaces the one quoted, or in the same. */
export const PassageReanchored = event('PassageReanchored', {
  data: {
    assertion: Ref('assertions'),
    capture: Ref('captures'),
    of: Type.Optional(Ref('sources')),
    page: Type.Optional(Text(40)),
    pdfPage: Type.Optional(Type.Integer({ minimum: 1 })),
    ...fields.place.data,
  },
  words: { ...fields.place.words, reason: Reason },
});
