import type { Sha256 } from '@credence/integrity';
import { remembering } from '@credence/kernel';
import type { View } from '@credence/kernel';
import { beliefView } from './belief.view.js';
import { claimsView } from './claims.view.js';
import { passagesView } from './passages.view.js';
import { policiesView } from './policies.view.js';
import { searchView } from './search.view.js';
import { referencesView } from './references.view.js';
import { sourcesView } from './sources.view.js';
import { summaryView } from './summary.view.js';
import { unitsView } from './units.view.js';

/** Every view, by name. */
export const VIEWS = (sha256: Sha256) =>
  ({
    sources: remembering(sourcesView),
    claims: remembering(claimsView),
    units: remembering(unitsView),
    policies: remembering(policiesView),
    references: remembering(referencesView),
    summary: summaryView,
    belief: remembering(beliefView(sha256)),
    search: remembering(searchView),
    passages: remembering(passagesView),
  }) satisfies Record<string, View>;

export type { Imported, Keyed, Thing } from './references.view.js';
export type { DateShown } from './dates.js';
export type { FieldChange } from './things.js';
export type { RetractionShown } from './retractions.js';
export { newestFirst } from './answers/model.js';
export type { Page, PageRequest, ReadModel } from './answers/model.js';
export type { AssertionAnswer, RelayAnswer } from './answers/assertion.js';
export { captureRow, passageAnswer, passageOf, passagesPage } from './answers/passage.js';
export type {
  PassageAnswer,
  PassageFields,
  PassageFilter,
  PassageItem,
  PieceAnswer,
  SelectorAnswer,
} from './answers/passage.js';
export { claimAnswer, claimItem } from './answers/claim.js';
export type { ClaimAnswer, ClaimItem, LinkAnswer } from './answers/claim.js';
export { beliefAnswer } from './answers/belief.js';
export type { BeliefAnswer, BeliefHop } from './answers/belief.js';
export { patchOf } from './json-patch.js';
export type { PatchOperation } from './json-patch.js';
export { claimDiff, diffCauses } from './answers/diff.js';
export type { ClaimDiff } from './answers/diff.js';
export { BLAMED, blameOf, saidBy, statusSince } from './answers/blame.js';
export type { BlameAnswer, BlameItem } from './answers/blame.js';
export { changeItem, claimsIn, touchedSince, weighedChanges } from './answers/changes.js';
export type { ChangeItem, Touched, Weighed } from './answers/changes.js';
export { causeOf } from './answers/cause.js';
export type { Cause } from './answers/cause.js';
export { recordedTimeline } from './answers/recorded-timeline.js';
export { publicTimeline } from './answers/public-timeline.js';
export type {
  PublicCause,
  PublicSaying,
  PublicWithdrawal,
  TimelineAnswer,
  TimelineItem,
  TimelinePage,
} from './answers/timeline.js';
export { beliefChanges } from './answers/belief-changes.js';
export { foreseen } from './answers/foreseen.js';
export type { BeliefChange, Foreseen } from './answers/foreseen.js';
export { policiesPage } from './answers/policies.js';
export type { PolicyAnswer } from './answers/policies.js';
export { impactSteps } from './answers/impact.js';
export type { BeliefBrief } from './answers/believing.js';
export type { ImpactAnswer, ImpactItem } from './answers/impact.js';
export { claimsPage, facetSteps } from './answers/claims.js';
export type { ClaimFilter, ClaimsRequest, Facet, Facets } from './answers/claims.js';
export { chainAnswer } from './answers/chain.js';
export type { ChainAnswer, HopAnswer } from './answers/chain.js';
export { citationFacts } from './answers/citation.js';
export type { CitationFacts, CitedCapture, CitedChain, CitedHop } from './answers/citation.js';
export { claimHistory, sourceHistory } from './answers/history.js';
export type { HistoryAnswer, HistoryItem } from './answers/history.js';
export { capturePage, capturesOf, sourceAnswer, unitAnswer } from './answers/source.js';
export type { CaptureAnswer, SourceAnswer, SourceNamed, UnitAnswer } from './answers/source.js';
export { summaryAnswer } from './answers/summary.js';
export { beliefView } from './belief.view.js';
export type { SummaryAnswer } from './answers/summary.js';
