import type { Refusal } from '@credence/contracts';
import { at } from '../by-id.js';
import type { ClaimState } from '../claim/claim.js';
import { notOpen } from '../claim/open-claim.js';
import { notFound } from '../refusals.js';
import { withVoice } from './assertion.js';
import type { AssertionState } from './assertion.js';

/** The assertion that a change is about; or why there is none, or its claim takes no change. */
export function openAssertion(claim: ClaimState, id: string): AssertionState | Refusal {
  const found = at(claim.assertions, id);
  if (found === undefined) return notFound('assertion', id);
  return notOpen(claim, id) ?? found;
}

/** What a change sets; a passage without a voice has that of its capture. */
export function setWithVoice<S extends { readonly passage?: Parameters<typeof withVoice>[0] | null }>(set: S): S {
  const { passage } = set;
  return passage === undefined || passage === null ? set : { ...set, passage: withVoice(passage) };
}
