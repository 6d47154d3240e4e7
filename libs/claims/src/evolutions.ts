import type { Evolution } from '@credence/kernel';
import { claimEvolution } from './claim/claim.js';
import type { States } from './command.js';
import { ledgerEvolution } from './ledger/ledger.js';
import { policyEvolution } from './policy/policy.js';
import { sourceEvolution } from './source/source.js';
import { unitEvolution } from './unit/unit.js';

/** How each category of streams is folded for its commands. */
export const EVOLUTIONS: { readonly [C in keyof States]: Evolution<States[C]> } = {
  ledger: ledgerEvolution,
  source: sourceEvolution,
  claim: claimEvolution,
  unit: unitEvolution,
  policy: policyEvolution,
};
