import type { DataOf, WordsOf } from '@credence/contracts';
import { asserted, assertionCorrected, assertionRevised, passageReanchored } from '../assertion/assertion.js';
import type { AssertionState } from '../assertion/assertion.js';
import { at, none, put } from '../by-id.js';
import type { ById } from '../by-id.js';
import { evolution } from '../evolution.js';
import { reinstated, retracted } from '../retractions.js';
import type { Retraction } from '../retractions.js';
import { withSet } from '../set.js';

/** What a correction may change, data and words joined (WIRE.md names). */
export type Proposition = DataOf<'ClaimRecorded'> & Omit<WordsOf<'ClaimRecorded'>, 'entry'>;

export interface Link {
  readonly to: string;
  readonly kind: DataOf<'ClaimsLinked'>['kind'];
  readonly stands: boolean;
}

/** By id, whether it stands; what was removed or reversed stays known as such. */
type Standing = Readonly<Record<string, boolean>>;

/** What the commands on a claim and on its assertions ask about. */
export interface ClaimState {
  readonly exists: boolean;
  readonly proposition: Partial<Proposition>;
  readonly standing: readonly Retraction[];
  /** Ids of retractions and supersessions that were lifted. */
  readonly lifted: readonly string[];
  /** The supersession that stands, if one does. */
  readonly supersession: { readonly id: string; readonly successor: string } | undefined;
  readonly assertions: ById<AssertionState>;
  /** Recorded from this claim; those to it are in the state of the other. */
  readonly links: Readonly<Record<string, Link>>;
  readonly derivations: Standing;
  readonly decisions: Standing;
}

export const noClaim: ClaimState = {
  exists: false,
  proposition: {},
  standing: [],
  lifted: [],
  supersession: undefined,
  assertions: none,
  links: {},
  derivations: {},
  decisions: {},
};

export const claimEvolution = evolution('claim', noClaim, (state, event): ClaimState => {
  switch (event.type) {
    case 'ClaimRecorded': {
      const { entry: _, ...words } = event.words;
      return { ...state, exists: true, proposition: withSet({}, { data: event.data, words }) };
    }
    case 'ClaimCorrected':
    case 'ClaimRevised':
      return { ...state, proposition: withSet(state.proposition, { data: event.data.set, words: event.words.set }) };
    case 'ClaimSuperseded':
      return { ...state, supersession: { id: event.data.supersession, successor: event.data.successor } };
    case 'ClaimRetracted':
      return { ...state, standing: retracted(state.standing, event) };
    case 'ClaimReinstated': {
      const { retraction } = event.data;
      const supersession = state.supersession?.id === retraction ? undefined : state.supersession;
      return { ...state, supersession, ...reinstated(state, retraction) };
    }
    case 'ClaimConfirmed':
      return state;
    case 'ClaimsLinked': {
      const { link, to, kind } = event.data;
      return { ...state, links: { ...state.links, [link]: { to, kind, stands: true } } };
    }
    case 'ClaimLinkRemoved': {
      const link = state.links[event.data.link];
      if (link === undefined) return state;
      return { ...state, links: { ...state.links, [event.data.link]: { ...link, stands: false } } };
    }
    case 'DerivationRecorded':
      return { ...state, derivations: { ...state.derivations, [event.data.derivation]: true } };
    case 'DerivationRemoved':
      return { ...state, derivations: { ...state.derivations, [event.data.derivation]: false } };
    case 'DecisionRecorded':
      return { ...state, decisions: { ...state.decisions, [event.data.decision]: true } };
    case 'DecisionReversed':
      return { ...state, decisions: { ...state.decisions, [event.data.decision]: false } };
    case 'AssertionRecorded':
      return { ...state, assertions: put(state.assertions, event.data.assertion, asserted(event)) };
    case 'AssertionCorrected':
      return withAssertion(state, event.data.assertion, assertion => assertionCorrected(assertion, event));
    case 'AssertionRevised':
      return withAssertion(state, event.data.assertion, assertion => assertionRevised(assertion, event));
    case 'PassageReanchored':
      return withAssertion(state, event.data.assertion, assertion => passageReanchored(assertion, event));
    case 'AssertionRetracted':
      return withAssertion(state, event.data.assertion, assertion => ({
        ...assertion,
        standing: retracted(assertion.standing, event),
      }));
    case 'AssertionReinstated':
      return withAssertion(state, event.data.assertion, assertion => ({
        ...assertion,
        ...reinstated(assertion, event.data.retraction),
      }));
  }
});

function withAssertion(
  state: ClaimState,
  id: string,
  change: (assertion: AssertionState) => AssertionState,
): ClaimState {
  const assertion = at(state.assertions, id);
  return assertion === undefined ? state : { ...state, assertions: put(state.assertions, id, change(assertion)) };
}
