import { describe, it } from '@jest/globals';
import { given, happened, id, sending, sourceRegistered, sourceRetracted, sources } from '../testing.js';
import { sha256 } from '../test-ids.js';
import { DescribeSource } from './describe-source.js';
import { GradeSource } from './grade-source.js';
import { RegisterSource } from './register-source.js';
import { ReinstateSource } from './reinstate-source.js';
import { RetractSource } from './retract-source.js';
import { TakeCapture } from './take-capture.js';

const register = sending(RegisterSource);
const describeIt = sending(DescribeSource);
const grade = sending(GradeSource);
const retract = sending(RetractSource);
const reinstate = sending(ReinstateSource);
const take = sending(TakeCapture);

describe('RegisterSource', () => {
  it('enters a source, named publicly unless said otherwise', () =>
    given(sources)
      .when(register())
      .then(happened('SourceRegistered', { kind: 'person', name: 'Jared Kushner', named: 'publicly' })));

  it('keeps the naming that is given', () =>
    given(sources)
      .when(register({ named: 'to-us' }))
      .then(happened('SourceRegistered', { kind: 'person', name: 'Jared Kushner', named: 'to-us' })));

  it('takes a grade with its reason', () =>
    given(sources)
      .when(register({ grade: 'C', gradeReason: 'contradicted twice' }))
      .then(sourceRegistered({ grade: 'C', gradeReason: 'contradicted twice' })));

  it('refuses a grade without a reason', () =>
    given(sources)
      .when(register({ grade: 'C' }))
      .thenRefused('invalid-body', '/gradeReason'));

  it('refuses to enter a source where one is', () =>
    given(sources, sourceRegistered()).when(register()).thenRefused('already-exists'));
});

describe('DescribeSource', () => {
  const described = (set: object) => happened('SourceDescribed', { set, reason: 'as the report calls him' });

  it('records what is corrected', () =>
    given(sources, sourceRegistered())
      .when(describeIt())
      .then(described({ describedAs: 'a senior adviser' })));

  it('clears what is null', () =>
    given(sources, sourceRegistered({ describedAs: 'an adviser' }))
      .when(describeIt({ set: { describedAs: null } }))
      .then(described({ describedAs: null })));

  it.each([
    ['nothing is set', {}],
    ['everything is there already', { name: 'Jared Kushner', kind: 'person', named: 'publicly' }],
    ['what is cleared is not there', { describedAs: null, cite: null }],
    ['the bibliography has the same members in another order', { cite: { title: 'Notes', type: 'book' } }],
  ])('changes nothing where %s', (_case, set) =>
    given(
      sources,
      sourceRegistered({ cite: 'cite' in set && set.cite !== null ? { type: 'book', title: 'Notes' } : undefined }),
    )
      .when(describeIt({ set }))
      .thenNothing(),
  );

  it('sees earlier descriptions', () =>
    given(sources, sourceRegistered(), described({ describedAs: 'a senior adviser' }))
      .when(describeIt())
      .thenNothing());

  it('refuses a source that is not there', () => given(sources).when(describeIt()).thenRefused('not-found'));
});

describe('GradeSource', () => {
  it('grades a source', () =>
    given(sources, sourceRegistered())
      .when(grade())
      .then(happened('SourceGraded', { grade: 'C', reason: 'contradicted twice' })));

  it('records the same grade for another reason', () =>
    given(sources, sourceRegistered({ grade: 'C', gradeReason: 'hearsay' }))
      .when(grade())
      .then(happened('SourceGraded', { grade: 'C', reason: 'contradicted twice' })));

  it.each([
    ['at registration', [sourceRegistered({ grade: 'C', gradeReason: 'contradicted twice' })]],
    ['later', [sourceRegistered(), happened('SourceGraded', { grade: 'C', reason: 'contradicted twice' })]],
  ])('changes nothing where grade and reason were given %s', (_when, past) =>
    given(sources, ...past)
      .when(grade())
      .thenNothing(),
  );

  it('refuses a source that is not there', () => given(sources).when(grade()).thenRefused('not-found'));
});

describe('RetractSource', () => {
  it('withdraws a source under an id of its own', () =>
    given(sources, sourceRegistered())
      .when(retract())
      .then(sourceRetracted({ retraction: id('made') })));

  it('refuses the same retraction twice', () =>
    given(sources, sourceRegistered(), sourceRetracted()).when(retract()).thenRefused('already-retracted'));

  it.each([{ by: 'ledger' }, { reason: 'and again' }, { assertedAt: '2019' }])('takes a second one with %j', other =>
    given(sources, sourceRegistered(), sourceRetracted())
      .when(retract(other))
      .then(sourceRetracted({ ...other, retraction: id('made') })),
  );

  it('takes the same again once the first is lifted', () =>
    given(
      sources,
      sourceRegistered(),
      sourceRetracted(),
      happened('SourceReinstated', { retraction: id('retraction'), reason: 'the inquiry was closed' }),
    )
      .when(retract())
      .then(sourceRetracted({ retraction: id('made') })));

  it('refuses a source that is not there', () => given(sources).when(retract()).thenRefused('not-found'));
});

describe('ReinstateSource', () => {
  const lifted = happened('SourceReinstated', { retraction: id('retraction'), reason: 'the inquiry was closed' });

  it('lifts the retraction that it names', () =>
    given(sources, sourceRegistered(), sourceRetracted()).when(reinstate()).then(lifted));

  it('refuses a retraction that was lifted', () =>
    given(sources, sourceRegistered(), sourceRetracted(), lifted)
      .when(reinstate())
      .thenRefused('retraction-not-standing'));

  it('refuses a retraction of something else', () =>
    given(sources, sourceRegistered(), sourceRetracted())
      .when(reinstate({ retraction: id('another') }))
      .thenRefused('unknown-reference', '/retraction'));

  it('refuses a source that is not there', () => given(sources).when(reinstate()).thenRefused('not-found'));
});

describe('TakeCapture', () => {
  const taken = happened('CaptureTaken', {
    sha256,
    size: 1024,
    mediaType: 'application/pdf',
    url: 'https://example.org/report.pdf',
  });

  it('enters bytes by their SHA-256', () => given(sources, sourceRegistered()).when(take()).then(taken));

  it('enters the text that was extracted', () => {
    const text = { sha256: 'e'.repeat(64), length: 12, extractor: { name: 'pdfjs-dist', version: '5' } };
    given(sources, sourceRegistered())
      .when(take({}, { text }))
      .then({ ...taken, data: { ...taken.data, text } });
  });

  it('changes nothing where the source has these bytes', () =>
    given(sources, sourceRegistered(), taken)
      .when(take({ url: 'https://example.org/moved.pdf' }))
      .thenNothing());

  it('takes other bytes beside them', () =>
    given(sources, sourceRegistered(), taken)
      .when(take({ sha256: 'd'.repeat(64), replaces: sha256, url: undefined }))
      .then(
        happened('CaptureTaken', {
          sha256: 'd'.repeat(64),
          size: 1024,
          mediaType: 'application/pdf',
          replaces: sha256,
        }),
      ));

  it('refuses a source that is not there', () => given(sources).when(take()).thenRefused('not-found'));
});
