/**
 * The belief model: evidence flow over attribution chains (BELIEF.md). The files read in its order: facts and policy (§1, §2),
 * rational and opinion (§3); then the steps of §4: pins, graph, trust, supply, contradiction, networks, max-flow, flow,
 * kappa, run, grouped, totals, cuts; derivations (§5); status and words (§6); core, believe, and around it explain,
 * dependents, excluded, alternatives and chains (§7).
 */
export { believe, memoOf, missingPremises } from './believe.js';
export type { Memo } from './believe.js';
export { chainsOf } from './chains.js';
export type { Chain, Chains } from './chains.js';
export { countedOn, isWithdrawn } from './counted.js';
export type { Said } from './counted.js';
export { coreHash } from './core.js';
export type { Belief, Core, CoreHop, CoreOrigin, CoreSide } from './core.js';
export type { Alternative, Coding } from './alternatives.js';
export type { Cut } from './cuts.js';
export type { Premise } from './derivations.js';
export type { Dependent } from './dependents.js';
export { excludedFrom, spokenOn } from './excluded.js';
export type { Exclusion } from './excluded.js';
export { explain } from './explain.js';
export type { ExplainedDerivation, Explanation, FlowEdge } from './explain.js';
export type * from './facts.js';
export { withSource } from './overlay.js';
export type { WhatIf } from './overlay.js';
export { p1 } from './policy.js';
export type { Policy } from './policy.js';
export { STATUS_CODES } from './status.js';
export type { Status, StatusCode } from './status.js';
export type { Confidence } from './words.js';
