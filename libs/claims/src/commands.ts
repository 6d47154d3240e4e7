import { CorrectAssertion } from './assertion/correct-assertion.js';
import { ReanchorPassage } from './assertion/reanchor-passage.js';
import { RecordAssertion } from './assertion/record-assertion.js';
import { ReinstateAssertion } from './assertion/reinstate-assertion.js';
import { RetractAssertion } from './assertion/retract-assertion.js';
import { ReviseAssertion } from './assertion/revise-assertion.js';
import { ConfirmClaim } from './claim/confirm-claim.js';
import { CorrectClaim } from './claim/correct-claim.js';
import { LinkClaims } from './claim/link-claims.js';
import { RecordClaim } from './claim/record-claim.js';
import { RecordDecision } from './claim/record-decision.js';
import { RecordDerivation } from './claim/record-derivation.js';
import { ReinstateClaim } from './claim/reinstate-claim.js';
import { RemoveClaimLink } from './claim/remove-claim-link.js';
import { RemoveDerivation } from './claim/remove-derivation.js';
import { RetractClaim } from './claim/retract-claim.js';
import { ReverseDecision } from './claim/reverse-decision.js';
import { ReviseClaim } from './claim/revise-claim.js';
import { SupersedeClaim } from './claim/supersede-claim.js';
import type { CommandDefinition } from './command.js';
import { SetEventAside } from './ledger/set-event-aside.js';
import { AdoptPolicy } from './policy/adopt-policy.js';
import { DescribeSource } from './source/describe-source.js';
import { GradeSource } from './source/grade-source.js';
import { RegisterSource } from './source/register-source.js';
import { ReinstateSource } from './source/reinstate-source.js';
import { RetractSource } from './source/retract-source.js';
import { TakeCapture } from './source/take-capture.js';
import { ChangeUnitMembers } from './unit/change-unit-members.js';
import { DeclareUnit } from './unit/declare-unit.js';
import { DissolveUnit } from './unit/dissolve-unit.js';

/** Every command of the source, claim, unit and policy streams. */
export const COMMANDS: readonly CommandDefinition[] = [
  RegisterSource,
  DescribeSource,
  GradeSource,
  RetractSource,
  ReinstateSource,
  TakeCapture,
  RecordClaim,
  CorrectClaim,
  ReviseClaim,
  SupersedeClaim,
  RetractClaim,
  ReinstateClaim,
  ConfirmClaim,
  LinkClaims,
  RemoveClaimLink,
  RecordDerivation,
  RemoveDerivation,
  RecordDecision,
  ReverseDecision,
  RecordAssertion,
  CorrectAssertion,
  ReviseAssertion,
  RetractAssertion,
  ReinstateAssertion,
  ReanchorPassage,
  DeclareUnit,
  ChangeUnitMembers,
  DissolveUnit,
  AdoptPolicy,
  SetEventAside,
];

const byName = new Map(COMMANDS.map(definition => [definition.name, definition]));

export const commandNamed = (name: string): CommandDefinition | undefined => byName.get(name);
