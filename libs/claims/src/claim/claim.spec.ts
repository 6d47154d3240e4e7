import { describe, it } from '@jest/globals';
import {
  assertionRecorded,
  assertionRetracted,
  claimRecorded,
  claimRetracted,
  claims,
  claimsLinked,
  claimSuperseded,
  given,
  happened,
  id,
  sending,
  stateOf,
} from '../testing.js';
import { commandNamed } from '../commands.js';
import { ConfirmClaim } from './confirm-claim.js';
import { CorrectClaim } from './correct-claim.js';
import { LinkClaims } from './link-claims.js';
import { RecordClaim } from './record-claim.js';
import { RecordDecision } from './record-decision.js';
import { RecordDerivation } from './record-derivation.js';
import { ReinstateClaim } from './reinstate-claim.js';
import { RemoveClaimLink } from './remove-claim-link.js';
import { RemoveDerivation } from './remove-derivation.js';
import { RetractClaim } from './retract-claim.js';
import { ReverseDecision } from './reverse-decision.js';
import { ReviseClaim } from './revise-claim.js';
import { SupersedeClaim } from './supersede-claim.js';

const record = sending(RecordClaim);
const correct = sending(CorrectClaim);
const revise = sending(ReviseClaim);
const supersede = sending(SupersedeClaim);
const retract = sending(RetractClaim);
const reinstate = sending(ReinstateClaim);
const confirm = sending(ConfirmClaim);
const link = sending(LinkClaims);
const removeLink = sending(RemoveClaimLink);
const derive = sending(RecordDerivation);
const removeDerivation = sending(RemoveDerivation);
const decide = sending(RecordDecision);
const reverse = sending(ReverseDecision);

const claim = id('claim');
const other = id('other');
const claimReinstated = (retraction: string) =>
  happened('ClaimReinstated', { retraction: id(retraction), reason: 'it was no duplicate' });
const linkRemoved = happened('ClaimLinkRemoved', { link: id('link'), reason: 'they can both be' });
const derivationRecorded = happened('DerivationRecorded', {
  derivation: id('derivation'),
  premises: [other],
  polarity: 'for',
  reason: 'it follows',
});
const derivationRemoved = happened('DerivationRemoved', { derivation: id('derivation'), reason: 'it does not follow' });
const decisionRecorded = (decision = 'decision') =>
  happened('DecisionRecorded', {
    decision: id(decision),
    verdict: 'may be printed',
    by: 'the desk editor',
    reason: 'two readers agree',
  });
const decisionReversed = happened('DecisionReversed', { decision: id('decision'), reason: 'one reader withdrew' });

describe('RecordClaim', () => {
  it('enters a proposition, an event unless said otherwise', () => given(claims).when(record()).then(claimRecorded()));

  it('keeps the form and everything else that is given', () => {
    const body = {
      form: 'state',
      holdsDuring: { edtf: '2017', how: 'deduced', said: 'that year' },
      topics: ['proposal'],
      entities: ['Kushner'],
      note: 'nobody dates it',
    };
    given(claims).when(record(body)).then(claimRecorded(body));
  });

  it('refuses to enter a claim where one is', () =>
    given(claims, claimRecorded()).when(record()).thenRefused('already-exists'));
});

describe('CorrectClaim', () => {
  const corrected = (set: object) => happened('ClaimCorrected', { set, reason: 'misread' });

  it('records what is corrected', () =>
    given(claims, claimRecorded())
      .when(correct())
      .then(corrected({ text: 'Kushner gave Tillerson one copy.' })));

  it('records a code and the date of what made us change it', () =>
    given(claims, claimRecorded())
      .when(correct({ code: 'new-evidence', assertedAt: { edtf: '2019-05', said: 'in May' } }))
      .then(
        happened('ClaimCorrected', {
          set: { text: 'Kushner gave Tillerson one copy.' },
          code: 'new-evidence',
          assertedAt: { edtf: '2019-05', said: 'in May' },
          reason: 'misread',
        }),
      ));

  it('clears what is null', () =>
    given(claims, claimRecorded({ note: 'read again', holdsDuring: { edtf: '2017', said: 'that year' } }))
      .when(correct({ set: { note: null, holdsDuring: null } }))
      .then(corrected({ note: null, holdsDuring: null })));

  it('replaces a date whole, with what was said of it', () =>
    given(
      claims,
      claimRecorded({ holdsDuring: { edtf: '2017', said: 'that year' } }),
      corrected({ holdsDuring: { edtf: '2017-01' } }),
    )
      .when(correct({ set: { holdsDuring: { edtf: '2017-01' } } }))
      .thenNothing());

  it.each([
    ['nothing is set', {}],
    ['everything is there already', { text: 'Kushner gave Tillerson a copy of the proposal.', form: 'event' }],
    ['what is cleared is not there', { note: null, holdsDuring: null, topics: null }],
  ])('changes nothing where %s', (_case, set) => given(claims, claimRecorded()).when(correct({ set })).thenNothing());

  it('refuses a claim that is not there', () => given(claims).when(correct()).thenRefused('not-found'));
});

describe('ReviseClaim', () => {
  const revised = happened('ClaimRevised', {
    set: { holdsDuring: { edtf: '2017-01/2018-03' } },
    reason: 'he left office',
  });

  it('records when the proposition holds now', () => given(claims, claimRecorded()).when(revise()).then(revised));

  it('changes nothing where it holds then already', () =>
    given(claims, claimRecorded(), revised).when(revise()).thenNothing());

  it('refuses a claim that is not there', () => given(claims).when(revise()).thenRefused('not-found'));
});

describe('SupersedeClaim', () => {
  it('names the successor, under an id that a reinstatement can name', () =>
    given(claims, claimRecorded())
      .when(supersede())
      .then(claimSuperseded({ supersession: id('made') })));

  it('refuses a second supersession while one stands', () =>
    given(claims, claimRecorded(), claimSuperseded())
      .when(supersede({ successor: id('third') }))
      .thenRefused('already-superseded'));

  it('takes another once the first is lifted', () =>
    given(claims, claimRecorded(), claimSuperseded(), claimReinstated('supersession'))
      .when(supersede())
      .then(claimSuperseded({ supersession: id('made') })));

  it('refuses the claim itself', () =>
    given(claims, claimRecorded())
      .when(supersede({ successor: claim }))
      .thenRefused('invalid-body', '/successor'));

  it('refuses a claim that this one supersedes', () => {
    const superseded = stateOf(claims, claimRecorded(), claimSuperseded({ successor: claim }));
    given(claims, claimRecorded())
      .when(supersede({}, { claims: { [other]: superseded } }))
      .thenRefused('already-superseded');
  });

  it('takes a claim that another one supersedes', () => {
    const superseded = stateOf(claims, claimRecorded(), claimSuperseded({ successor: id('third') }));
    given(claims, claimRecorded())
      .when(supersede({}, { claims: { [other]: superseded } }))
      .then(claimSuperseded({ supersession: id('made') }));
  });

  it('refuses a claim that is not there', () => given(claims).when(supersede()).thenRefused('not-found'));
});

describe('RetractClaim', () => {
  it('withdraws a claim under an id of its own', () =>
    given(claims, claimRecorded())
      .when(retract())
      .then(claimRetracted({ retraction: id('made') })));

  it('refuses the same retraction twice', () =>
    given(claims, claimRecorded(), claimRetracted()).when(retract()).thenRefused('already-retracted'));

  it.each([{ by: 'speaker' }, { reason: 'and again' }, { assertedAt: '2019' }])('takes a second one with %j', body =>
    given(claims, claimRecorded(), claimRetracted())
      .when(retract(body))
      .then(claimRetracted({ ...body, retraction: id('made') })),
  );

  it('compares dates as they were given', () =>
    given(claims, claimRecorded(), claimRetracted({ assertedAt: { edtf: '2019' } }))
      .when(retract({ assertedAt: { edtf: '2019', said: 'that year' } }))
      .thenRefused('already-retracted'));

  it('refuses a claim that is not there', () => given(claims).when(retract()).thenRefused('not-found'));
});

describe('ReinstateClaim', () => {
  it('lifts a retraction', () =>
    given(claims, claimRecorded(), claimRetracted()).when(reinstate()).then(claimReinstated('retraction')));

  it('lifts a supersession', () =>
    given(claims, claimRecorded(), claimSuperseded())
      .when(reinstate({ retraction: id('supersession') }))
      .then(claimReinstated('supersession')));

  it('lifts one of two retractions, and the claim stays retracted', () =>
    given(
      claims,
      claimRecorded(),
      claimRetracted(),
      claimRetracted({ retraction: id('second'), by: 'speaker' }),
      claimReinstated('retraction'),
    )
      .when(correct())
      .thenRefused('claim-retracted'));

  it('gives the claim back once none stands', () =>
    given(claims, claimRecorded(), claimRetracted(), claimReinstated('retraction'))
      .when(confirm())
      .then(happened('ClaimConfirmed', { reason: 'read again' })));

  it('refuses a retraction that was lifted', () =>
    given(claims, claimRecorded(), claimRetracted(), claimReinstated('retraction'))
      .when(reinstate())
      .thenRefused('retraction-not-standing'));

  it('refuses a supersession that was lifted', () =>
    given(claims, claimRecorded(), claimSuperseded(), claimReinstated('supersession'))
      .when(reinstate({ retraction: id('supersession') }))
      .thenRefused('retraction-not-standing'));

  it('refuses a retraction of an assertion', () =>
    given(claims, claimRecorded(), assertionRecorded(), assertionRetracted())
      .when(reinstate())
      .thenRefused('unknown-reference', '/retraction'));

  it('refuses a claim that is not there', () => given(claims).when(reinstate()).thenRefused('not-found'));
});

describe('ConfirmClaim', () => {
  const confirmed = happened('ClaimConfirmed', { reason: 'read again' });

  it('records each check, also one for the same reason', () =>
    given(claims, claimRecorded(), confirmed).when(confirm()).then(confirmed));

  it('refuses a claim that is not there', () => given(claims).when(confirm()).thenRefused('not-found'));
});

describe('LinkClaims', () => {
  it('links two claims', () =>
    given(claims, claimRecorded())
      .when(link({ phi: '0.5' }))
      .then(claimsLinked({ link: id('made'), phi: '0.5' })));

  it('refuses a second link between them', () =>
    given(claims, claimRecorded(), claimsLinked())
      .when(link({ kind: 'same-as' }))
      .thenRefused('already-linked'));

  it('refuses a link back', () => {
    const linked = stateOf(claims, claimRecorded(), claimsLinked({ to: claim }));
    given(claims, claimRecorded())
      .when(link({}, { claims: { [other]: linked } }))
      .thenRefused('already-linked');
  });

  it('takes a tension beside another link, and another link beside a tension', () => {
    given(claims, claimRecorded(), claimsLinked())
      .when(link({ kind: 'tension' }))
      .then(claimsLinked({ link: id('made'), kind: 'tension' }));
    given(claims, claimRecorded(), claimsLinked({ kind: 'tension' }))
      .when(link())
      .then(claimsLinked({ link: id('made') }));
  });

  it('takes a link where one was removed, from either side', () => {
    given(claims, claimRecorded(), claimsLinked(), linkRemoved)
      .when(link())
      .then(claimsLinked({ link: id('made') }));
    const unlinked = stateOf(claims, claimRecorded(), claimsLinked({ to: claim }), linkRemoved);
    given(claims, claimRecorded())
      .when(link({}, { claims: { [other]: unlinked } }))
      .then(claimsLinked({ link: id('made') }));
  });

  it('takes links to several claims', () =>
    given(claims, claimRecorded(), claimsLinked())
      .when(link({ to: id('third') }))
      .then(claimsLinked({ link: id('made'), to: id('third') })));

  it('refuses a link to itself', () =>
    given(claims, claimRecorded())
      .when(link({ to: claim }))
      .thenRefused('invalid-body', '/to'));

  it('refuses a claim that is not there', () => given(claims).when(link()).thenRefused('not-found'));
});

describe('RemoveClaimLink', () => {
  it('removes a link', () => given(claims, claimRecorded(), claimsLinked()).when(removeLink()).then(linkRemoved));

  it('refuses a link that is removed', () =>
    given(claims, claimRecorded(), claimsLinked(), linkRemoved).when(removeLink()).thenRefused('not-standing'));

  it('refuses a link that is not there', () =>
    given(claims, claimRecorded()).when(removeLink()).thenRefused('not-found'));
});

describe('RecordDerivation', () => {
  it('infers from premises, for the claim unless said otherwise', () =>
    given(claims, claimRecorded())
      .when(derive({}, { made: id('derivation') }))
      .then(derivationRecorded));

  it('keeps polarity and factor that are given, and takes a premise once', () =>
    given(claims, claimRecorded())
      .when(derive({ polarity: 'against', phi: '.8', premises: [other, id('third'), other] }))
      .then(
        happened('DerivationRecorded', {
          derivation: id('made'),
          premises: [other, id('third')],
          polarity: 'against',
          phi: '.8',
          reason: 'it follows',
        }),
      ));

  it('refuses the conclusion as a premise', () =>
    given(claims, claimRecorded())
      .when(derive({ premises: [other, claim] }))
      .thenRefused('invalid-body', '/premises/1'));

  it('refuses a claim that is not there', () => given(claims).when(derive()).thenRefused('not-found'));
});

describe('RemoveDerivation', () => {
  it('removes an inference', () =>
    given(claims, claimRecorded(), derivationRecorded).when(removeDerivation()).then(derivationRemoved));

  it('refuses one that is removed', () =>
    given(claims, claimRecorded(), derivationRecorded, derivationRemoved)
      .when(removeDerivation())
      .thenRefused('not-standing'));

  it('refuses one that is not there', () =>
    given(claims, claimRecorded()).when(removeDerivation()).thenRefused('not-found'));
});

describe('RecordDecision', () => {
  it('records a judgement, several beside each other', () =>
    given(claims, claimRecorded(), decisionRecorded()).when(decide()).then(decisionRecorded('made')));

  it('refuses a claim that is not there', () => given(claims).when(decide()).thenRefused('not-found'));
});

describe('ReverseDecision', () => {
  it('takes a judgement back', () =>
    given(claims, claimRecorded(), decisionRecorded()).when(reverse()).then(decisionReversed));

  it('refuses one that is taken back', () =>
    given(claims, claimRecorded(), decisionRecorded(), decisionReversed).when(reverse()).thenRefused('not-standing'));

  it('refuses one that is not there', () => given(claims, claimRecorded()).when(reverse()).thenRefused('not-found'));
});

describe('a retracted claim', () => {
  const past = [
    claimRecorded(),
    assertionRecorded(),
    assertionRetracted({ retraction: id('lifted') }),
    claimsLinked(),
    derivationRecorded,
    decisionRecorded(),
    claimSuperseded(),
    claimRetracted(),
  ];

  it.each([
    'CorrectClaim',
    'ReviseClaim',
    'SupersedeClaim',
    'ConfirmClaim',
    'LinkClaims',
    'RemoveClaimLink',
    'RecordDerivation',
    'RemoveDerivation',
    'RecordAssertion',
    'CorrectAssertion',
    'ReviseAssertion',
  ])('does not take %s', name =>
    given(claims, ...past)
      .when(sending(commandNamed(name)!)())
      .thenRefused('claim-retracted'),
  );

  it('takes a retraction of another reason', () =>
    given(claims, ...past)
      .when(retract({ reason: 'and libellous' }))
      .then(claimRetracted({ retraction: id('made'), reason: 'and libellous' })));

  it('takes the lifting of its supersession', () =>
    given(claims, ...past)
      .when(reinstate({ retraction: id('supersession') }))
      .then(claimReinstated('supersession')));

  it('takes a decision, and its reversal', () => {
    given(claims, ...past)
      .when(decide())
      .then(decisionRecorded('made'));
    given(claims, ...past)
      .when(reverse())
      .then(decisionReversed);
  });

  it('takes retractions of its assertions, and their lifting', () => {
    given(claims, ...past)
      .when(sending(commandNamed('RetractAssertion')!)({ reason: 'and again' }))
      .then(assertionRetracted({ retraction: id('made'), reason: 'and again' }));
    given(claims, ...past)
      .when(sending(commandNamed('ReinstateAssertion')!)({ retraction: id('lifted') }))
      .then(
        happened('AssertionReinstated', {
          assertion: id('assertion'),
          retraction: id('lifted'),
          reason: 'he stood by it after all',
        }),
      );
  });
});
