import { describe, it } from '@jest/globals';
import {
  assertionRecorded,
  assertionRetracted,
  claimRecorded,
  claims,
  given,
  happened,
  id,
  sending,
  sourceRegistered,
  sources,
  stateOf,
} from '../testing.js';
import { sha256 } from '../test-ids.js';
import { CorrectAssertion } from './correct-assertion.js';
import { RecordAssertion } from './record-assertion.js';
import { ReinstateAssertion } from './reinstate-assertion.js';
import { RetractAssertion } from './retract-assertion.js';
import { ReviseAssertion } from './revise-assertion.js';

const assert = sending(RecordAssertion);
const correct = sending(CorrectAssertion);
const revise = sending(ReviseAssertion);
const retract = sending(RetractAssertion);
const reinstate = sending(ReinstateAssertion);

const kushner = id('kushner');
const own = { capture: sha256, exact: 'gave one copy' };
const foreign = { ...own, of: id('report') };
const recorded = (body: object) =>
  assertionRecorded({ assertion: id('made'), assertedAt: { edtf: 'unknown' }, ...body });
const citing = (cite: unknown) => ({ sources: { [kushner]: stateOf(sources, sourceRegistered({ cite })) } });

describe('RecordAssertion', () => {
  it('records an assertion with its defaults written out', () =>
    given(claims, claimRecorded())
      .when(assert({ stance: undefined, basis: undefined }))
      .then(recorded({ stance: undefined, basis: 'unstated', relays: [], hold: 'cited' })));

  it('keeps what is given', () => {
    const body = {
      stance: { b: '0.4725', d: '.2275' },
      basis: 'cites',
      relays: [
        { assertion: id('assertion'), how: 'verbatim', fidelity: 'weaker', fidelityReason: 'no day' },
        { unknown: true },
      ],
      support: 'each',
      hold: 'held',
      holdReason: 'seen, not kept',
      onBehalfOf: id('report'),
      assertedAt: { edtf: '2019-04', how: 'deduced', from: [sha256], said: 'in spring' },
      locator: 'at 32',
      credibility: 2,
      headline: true,
      codedBy: 'anna',
      note: 'twice',
    };
    given(claims, claimRecorded(), assertionRecorded()).when(assert(body)).then(recorded(body));
  });

  it('holds a document whose own capture it quotes; the words are the speaker’s', () =>
    given(claims, claimRecorded())
      .when(assert({ passage: own }))
      .then(recorded({ hold: 'held', passage: { ...own, voice: 'speaker' } })));

  it('cites a document that another one quotes; the words are the reporter’s', () =>
    given(claims, claimRecorded())
      .when(assert({ passage: foreign }))
      .then(recorded({ hold: 'cited', passage: { ...foreign, voice: 'reporter' } })));

  it('keeps hold and voice that are given', () =>
    given(claims, claimRecorded())
      .when(assert({ hold: 'redacted', passage: { ...own, voice: 'reporter' } }))
      .then(recorded({ hold: 'redacted', passage: { ...own, voice: 'reporter' } })));

  it.each([
    ['an EDTF string', '2019-04-18', '2019-04-18'],
    ['a set of days', '[2019-04-18..2019-04-24]', '[2019-04-18..2019-04-24]'],
    ['a bare year', 2019, '2019'],
    ['an object of ours', { edtf: '2019-04~' }, '2019-04~'],
    ['text that is no date', { raw: 'spring of 2019' }, 'spring of 2019'],
    ['CSL parts of a day', { 'date-parts': [[2019, 4, 8]] }, '2019-04-08'],
    ['CSL parts as strings', { 'date-parts': [['2019', '4']] }, '2019-04'],
    ['CSL parts of a range', { 'date-parts': [[2019], [2020]] }, '2019/2020'],
    ['CSL parts that are none', { 'date-parts': [['spring']] }, 'unknown'],
    ['CSL parts of nothing', { 'date-parts': [] }, 'unknown'],
    ['an empty string', '', 'unknown'],
    ['a string that no date field takes', 'x'.repeat(201), 'unknown'],
    ['null', null, 'unknown'],
    ['nothing', undefined, 'unknown'],
  ])('is dated by what its source was issued: %s', (_what, issued, edtf) =>
    given(claims, claimRecorded())
      .when(assert({}, citing({ issued })))
      .then(recorded({ assertedAt: { edtf } })),
  );

  it('keeps its own date', () =>
    given(claims, claimRecorded())
      .when(assert({ assertedAt: '2018' }, citing({ issued: '2019' })))
      .then(recorded({ assertedAt: { edtf: '2018' } })));

  it('lets an unknown hop lack its source', () =>
    given(claims, claimRecorded())
      .when(assert({ source: undefined, hold: 'unknown' }))
      .then(recorded({ source: undefined, hold: 'unknown' })));

  it('refuses any other assertion without a source, also one with a passage', () => {
    given(claims, claimRecorded())
      .when(assert({ source: undefined }))
      .thenRefused('invalid-body', '/source');
    given(claims, claimRecorded())
      .when(assert({ source: undefined, passage: own }))
      .thenRefused('invalid-body', '/source');
  });

  it.each([
    ['no passage', {}],
    ['a passage in another’s capture', { passage: foreign }],
  ])('refuses held with %s and no reason', (_what, body) =>
    given(claims, claimRecorded())
      .when(assert({ ...body, hold: 'held' }))
      .thenRefused('invalid-body', '/holdReason'),
  );

  it('refuses no-recall-expected without a reason', () =>
    given(claims, claimRecorded())
      .when(assert({ stance: 'no-recall-expected' }))
      .thenRefused('invalid-body', '/stanceReason'));

  it('takes no-recall-expected with one', () =>
    given(claims, claimRecorded())
      .when(assert({ stance: 'no-recall-expected', stanceReason: 'he was in the room' }))
      .then(recorded({ stance: 'no-recall-expected', stanceReason: 'he was in the room' })));

  it.each([
    ['0.6', '0.400001'],
    ['1', '.000001'],
    ['1.0', '1.000000'],
  ])('refuses b %s with d %s', (b, d) =>
    given(claims, claimRecorded())
      .when(assert({ stance: { b, d } }))
      .thenRefused('invalid-body', '/stance'),
  );

  it.each([
    ['0.1', '0.9'],
    ['1', '0'],
    ['.333333', '.666667'],
  ])('takes b %s with d %s, exactly one', (b, d) =>
    given(claims, claimRecorded())
      .when(assert({ stance: { b, d } }))
      .then(recorded({ stance: { b, d } })),
  );

  it('refuses a relay to an assertion that is not on this claim', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(assert({ relays: [id('assertion'), { unknown: true }, id('elsewhere')] }))
      .thenRefused('unknown-reference', '/relays/2'));

  it('takes a relay to an assertion that is retracted', () =>
    given(claims, claimRecorded(), assertionRecorded(), assertionRetracted())
      .when(assert({ relays: [id('assertion')] }))
      .then(recorded({ relays: [{ assertion: id('assertion') }] })));

  it('refuses the same relay twice', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(assert({ relays: [id('assertion'), { assertion: id('assertion'), how: 'verbatim' }] }))
      .thenRefused('invalid-body', '/relays/1'));

  it('takes two unknown hops', () =>
    given(claims, claimRecorded())
      .when(assert({ relays: [{ unknown: true }, { unknown: true }] }))
      .then(recorded({ relays: [{ unknown: true }, { unknown: true }] })));

  it('refuses words of a passage that has no place', () => {
    const command = assert();
    given(claims, claimRecorded())
      .when({ ...command, words: { passage: { exact: 'gave one copy' } } })
      .thenRefused('invalid-body', '/passage');
  });

  it('refuses a claim that is not there', () => given(claims).when(assert()).thenRefused('not-found'));
});

describe('CorrectAssertion', () => {
  const corrected = (set: object) =>
    happened('AssertionCorrected', { assertion: id('assertion'), set, reason: 'misread' });

  it('records what is corrected', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(correct())
      .then(corrected({ locator: 'at 33' })));

  it.each([
    ['nothing is set', {}],
    ['everything is there already', { stance: 'asserts', basis: 'first-hand', assertedAt: '2018-04-11', relays: [] }],
    ['what is cleared is not there', { passage: null, locator: null, support: null }],
  ])('changes nothing where %s', (_case, set) =>
    given(claims, claimRecorded(), assertionRecorded()).when(correct({ set })).thenNothing(),
  );

  it('sees earlier corrections', () =>
    given(claims, claimRecorded(), assertionRecorded(), corrected({ locator: 'at 33' }))
      .when(correct())
      .thenNothing());

  it('fixes the voice of a passage that is set', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(correct({ set: { passage: foreign } }))
      .then(corrected({ passage: { ...foreign, voice: 'reporter' } })));

  it('replaces relays whole, with what was said of their fidelity', () => {
    const noted = { assertion: id('second'), fidelity: 'weaker', fidelityReason: 'no day' };
    const past = [
      claimRecorded(),
      assertionRecorded({ assertion: id('second') }),
      assertionRecorded({ relays: [noted] }),
    ];
    given(claims, ...past)
      .when(correct({ set: { relays: [{ assertion: id('second'), fidelity: 'weaker' }] } }))
      .then(corrected({ relays: [{ assertion: id('second'), fidelity: 'weaker' }] }));
    given(claims, ...past)
      .when(correct({ set: { relays: [noted] } }))
      .thenNothing();
  });

  it('closes a ring through several assertions', () =>
    given(
      claims,
      claimRecorded(),
      assertionRecorded(),
      assertionRecorded({ assertion: id('second'), relays: [id('assertion')] }),
    )
      .when(correct({ set: { relays: [id('second')] } }))
      .then(corrected({ relays: [{ assertion: id('second') }] })));

  it('refuses a relay to itself', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(correct({ set: { relays: [id('assertion')] } }))
      .thenRefused('invalid-body', '/set/relays/0'));

  it('refuses the same relay twice', () =>
    given(claims, claimRecorded(), assertionRecorded(), assertionRecorded({ assertion: id('second') }))
      .when(correct({ set: { relays: [id('second'), id('second')] } }))
      .thenRefused('invalid-body', '/set/relays/1'));

  it('refuses a relay to an assertion that is not on this claim', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(correct({ set: { relays: [id('elsewhere')] } }))
      .thenRefused('unknown-reference', '/set/relays/0'));

  it.each([
    ['held, with nothing to show', { hold: 'held' }, '/set/holdReason'],
    ['no-recall-expected, without a reason', { stance: 'no-recall-expected' }, '/set/stanceReason'],
    ['more than certain', { stance: { b: '1', d: '1' } }, '/set/stance'],
  ])('refuses what comes out as %s', (_what, set, pointer) =>
    given(claims, claimRecorded(), assertionRecorded()).when(correct({ set })).thenRefused('invalid-body', pointer),
  );

  it('refuses to take the passage away by which a document is held', () =>
    given(claims, claimRecorded(), assertionRecorded({ hold: 'held', passage: own }))
      .when(correct({ set: { passage: null } }))
      .thenRefused('invalid-body', '/set/holdReason'));

  it('refuses to call an unknown hop without a source anything else', () =>
    given(claims, claimRecorded(), assertionRecorded({ hold: 'unknown', source: undefined }))
      .when(correct({ set: { hold: 'cited' } }))
      .thenRefused('invalid-body', '/set/hold'));

  it('corrects an assertion that is retracted', () =>
    given(claims, claimRecorded(), assertionRecorded(), assertionRetracted())
      .when(correct())
      .then(corrected({ locator: 'at 33' })));

  it('refuses an assertion that is not there', () =>
    given(claims, claimRecorded()).when(correct()).thenRefused('not-found'));
});

describe('ReviseAssertion', () => {
  const revised = (set: object, assertedAt = '2019-05-01') =>
    happened('AssertionRevised', { assertion: id('assertion'), assertedAt, set, reason: 'he took it back' });

  it('records what the source says now, and since when', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(revise())
      .then(revised({ stance: 'denies' })));

  it('changes nothing where the source says that already', () => {
    given(claims, claimRecorded(), assertionRecorded())
      .when(revise({ set: { stance: 'asserts' } }))
      .thenNothing();
    given(claims, claimRecorded(), assertionRecorded(), revised({ stance: 'denies' }))
      .when(revise({ assertedAt: '2019-06' }))
      .thenNothing();
  });

  it('records a return to what was said first', () =>
    given(claims, claimRecorded(), assertionRecorded(), revised({ stance: 'denies' }))
      .when(revise({ assertedAt: '2019-06', set: { stance: 'asserts' } }))
      .then(revised({ stance: 'asserts' }, '2019-06')));

  it('fixes the voice of a passage that is set', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(revise({ set: { passage: own } }))
      .then(revised({ passage: { ...own, voice: 'speaker' } })));

  it('refuses no-recall-expected without a reason', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(revise({ set: { stance: 'no-recall-expected' } }))
      .thenRefused('invalid-body', '/set/stanceReason'));

  it('refuses to take the passage away by which a document is held', () =>
    given(claims, claimRecorded(), assertionRecorded({ hold: 'held', passage: own }))
      .when(revise({ set: { passage: null } }))
      .thenRefused('invalid-body', '/set/passage'));

  it('dates the assertion: a correction sees the new date', () =>
    given(claims, claimRecorded(), assertionRecorded(), revised({ stance: 'denies' }))
      .when(correct({ set: { assertedAt: '2019-05-01' } }))
      .thenNothing());

  it('refuses an assertion that is not there', () =>
    given(claims, claimRecorded()).when(revise()).thenRefused('not-found'));
});

describe('RetractAssertion', () => {
  it('withdraws an assertion under an id of its own', () =>
    given(claims, claimRecorded(), assertionRecorded())
      .when(retract())
      .then(assertionRetracted({ retraction: id('made') })));

  it('refuses the same retraction twice', () =>
    given(claims, claimRecorded(), assertionRecorded(), assertionRetracted())
      .when(retract())
      .thenRefused('already-retracted'));

  it('takes the same retraction of another assertion', () =>
    given(
      claims,
      claimRecorded(),
      assertionRecorded(),
      assertionRetracted(),
      assertionRecorded({ assertion: id('second') }),
    )
      .when(retract({}, { target: id('second') }))
      .then(assertionRetracted({ assertion: id('second'), retraction: id('made') })));

  it('refuses an assertion that is not there', () =>
    given(claims, claimRecorded()).when(retract()).thenRefused('not-found'));
});

describe('ReinstateAssertion', () => {
  const lifted = happened('AssertionReinstated', {
    assertion: id('assertion'),
    retraction: id('retraction'),
    reason: 'he stood by it after all',
  });

  it('lifts the retraction that it names', () =>
    given(claims, claimRecorded(), assertionRecorded(), assertionRetracted()).when(reinstate()).then(lifted));

  it('refuses one that was lifted', () =>
    given(claims, claimRecorded(), assertionRecorded(), assertionRetracted(), lifted)
      .when(reinstate())
      .thenRefused('retraction-not-standing'));

  it('refuses a retraction of another assertion', () =>
    given(
      claims,
      claimRecorded(),
      assertionRecorded(),
      assertionRetracted(),
      assertionRecorded({ assertion: id('second') }),
    )
      .when(reinstate({}, { target: id('second') }))
      .thenRefused('unknown-reference', '/retraction'));

  it('refuses an assertion that is not there', () =>
    given(claims, claimRecorded()).when(reinstate()).thenRefused('not-found'));
});
