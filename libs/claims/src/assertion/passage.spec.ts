import { describe, it } from '@jest/globals';
import { assertionRecorded, claimRecorded, claimRetracted, claims, given, happened, id, sending } from '../testing.js';
import { sha256 } from '../test-ids.js';
import { CorrectAssertion } from './correct-assertion.js';
import { ReanchorPassage } from './reanchor-passage.js';
import { RecordAssertion } from './record-assertion.js';
import { ReviseAssertion } from './revise-assertion.js';

const passage = { capture: sha256, exact: 'gave one copy' };
const altered = {
  data: { state: 'altered' as const, pieces: [{ start: 10, end: 24, pdfPage: 2 }], score: '0.929' },
  words: { found: { exact: 'gave one copy,', prefix: 'Kushner ' } },
};
const found = { ...altered.data, ...altered.words };
const quoted = assertionRecorded({ passage: { ...passage, voice: 'speaker', ...found } });
const other = 'd'.repeat(64);
const elsewhere = {
  data: { state: 'exact' as const, pieces: [{ start: 40, end: 53 }], pdfPage: 9, page: '1' },
  words: { found: { suffix: ' to' } },
};

describe('a passage', () => {
  it('is recorded with its place', () =>
    given(claims, claimRecorded())
      .when(sending(RecordAssertion)({ passage }, { place: altered }))
      .then(
        assertionRecorded({
          assertion: id('made'),
          hold: 'held',
          assertedAt: { edtf: 'unknown' },
          passage: { ...passage, voice: 'speaker', ...found },
        }),
      ));

  it('that is set by a correction has its place too', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(sending(CorrectAssertion)({ set: { passage } }, { place: altered }))
      .then(
        happened('AssertionCorrected', {
          assertion: id('assertion'),
          set: { passage: { ...passage, voice: 'speaker', ...found } },
          reason: 'misread',
        }),
      ));

  it('that is set again changes nothing, wherever it would be found now', () =>
    given(claims, claimRecorded(), quoted)
      .when(sending(CorrectAssertion)({ set: { passage, locator: undefined } }, { place: elsewhere }))
      .thenNothing());

  it('that is set by a revision has its place', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(sending(ReviseAssertion)({ set: { passage } }, { place: altered }))
      .then(
        happened('AssertionRevised', {
          assertion: id('assertion'),
          assertedAt: { edtf: '2019-05-01' },
          set: { passage: { ...passage, voice: 'speaker', ...found } },
          reason: 'he took it back',
        }),
      ));
});

describe('ReanchorPassage', () => {
  const reanchor = sending(ReanchorPassage);
  const reanchored = happened('PassageReanchored', {
    assertion: id('assertion'),
    capture: other,
    ...elsewhere.data,
    ...elsewhere.words,
    reason: 'read in the new edition',
  });

  it('takes over another place, with what is found of the words there', () =>
    given(claims, claimRecorded(), quoted)
      .when(reanchor({ capture: other }, { place: elsewhere }))
      .then(reanchored));

  it('changes nothing where the passage stands there already', () =>
    given(claims, claimRecorded(), quoted, reanchored)
      .when(reanchor({ capture: other, reason: 'again' }, { place: elsewhere }))
      .thenNothing());

  it('refuses a place where other words stand', () =>
    given(claims, claimRecorded(), quoted)
      .when(reanchor({}, { place: { data: { state: 'lost', pieces: [] }, words: {} } }))
      .thenRefused('invalid-body', '/start'));

  it('refuses a capture without a text', () =>
    given(claims, claimRecorded(), quoted).when(reanchor()).thenRefused('invalid-body', '/capture'));

  it('refuses an assertion that quotes nothing', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(reanchor({}, { place: elsewhere }))
      .thenRefused('invalid-body'));

  it('refuses an assertion that is not there, and one of a retracted claim', () => {
    given(claims, claimRecorded())
      .when(reanchor({}, { place: elsewhere }))
      .thenRefused('not-found');
    given(claims, claimRecorded(), quoted, claimRetracted())
      .when(reanchor({}, { place: elsewhere }))
      .thenRefused('claim-retracted');
  });
});
