import type { Section } from '@credence/contracts';

/** Where a command is posted under /v1 (WIRE.md, "HTTP"). `:target` is the command's target, `:claim` the claim that it is on. */
export interface CommandRoute {
  readonly path: string;
  /** Given where the path needs the claim of a target that is no claim itself. */
  readonly on?: Section;
}

/** Every command that a JSON body can carry. A new command is a line here; captures travel with their bytes, by a route of their own. */
export const COMMAND_ROUTES: Readonly<Record<string, CommandRoute>> = {
  RegisterSource: { path: '/sources' },
  DescribeSource: { path: '/sources/:target/description' },
  GradeSource: { path: '/sources/:target/grades' },
  RetractSource: { path: '/sources/:target/retractions' },
  ReinstateSource: { path: '/sources/:target/reinstatements' },
  RecordClaim: { path: '/claims' },
  CorrectClaim: { path: '/claims/:target/corrections' },
  ReviseClaim: { path: '/claims/:target/revisions' },
  SupersedeClaim: { path: '/claims/:target/supersession' },
  RetractClaim: { path: '/claims/:target/retractions' },
  ReinstateClaim: { path: '/claims/:target/reinstatements' },
  ConfirmClaim: { path: '/claims/:target/confirmations' },
  LinkClaims: { path: '/claims/:target/links' },
  RemoveClaimLink: { path: '/claims/:claim/links/:target/removal', on: 'links' },
  RecordDerivation: { path: '/claims/:target/derivations' },
  RemoveDerivation: { path: '/claims/:claim/derivations/:target/removal', on: 'derivations' },
  RecordDecision: { path: '/claims/:target/decisions' },
  ReverseDecision: { path: '/claims/:claim/decisions/:target/reversal', on: 'decisions' },
  RecordAssertion: { path: '/claims/:target/assertions' },
  CorrectAssertion: { path: '/claims/:claim/assertions/:target/corrections', on: 'assertions' },
  ReviseAssertion: { path: '/claims/:claim/assertions/:target/revisions', on: 'assertions' },
  RetractAssertion: { path: '/claims/:claim/assertions/:target/retractions', on: 'assertions' },
  ReinstateAssertion: { path: '/claims/:claim/assertions/:target/reinstatements', on: 'assertions' },
  ReanchorPassage: { path: '/claims/:claim/assertions/:target/reanchoring', on: 'assertions' },
  DeclareUnit: { path: '/units' },
  ChangeUnitMembers: { path: '/units/:target/members' },
  DissolveUnit: { path: '/units/:target/dissolution' },
  AdoptPolicy: { path: '/policies' },
  SetEventAside: { path: '/set-asides' },
};

/** A path with its parameters filled in. */
export const filled = (path: string, parameters: Readonly<Record<string, string>>): string =>
  path.replace(/:([a-z]+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
