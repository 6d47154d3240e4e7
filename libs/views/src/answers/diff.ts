import type { Query } from '@credence/belief';
import type { LedgerEvent } from '@credence/contracts';
import type { Sha256 } from '@credence/integrity';
import type { BeliefRow } from '../belief.view.js';
import { patchOf } from '../json-patch.js';
import type { PatchOperation } from '../json-patch.js';
import { believing, brief } from './believing.js';
import type { BeliefBrief } from './believing.js';
import { causeOf } from './cause.js';
import type { Cause } from './cause.js';
import { claimAnswer } from './claim.js';
import type { ReadModel } from './model.js';
import { pastOf } from './past.js';

/** A claim at two moments (WIRE.md, "Diff"), without the pins. */
export interface ClaimDiff {
  /** Makes the claim's answer of then, without pins and belief, that of now. Where there was no claim, it was null. */
  readonly patch: readonly PatchOperation[];
  /** Absent where there was no claim. */
  readonly belief: { readonly before?: BeliefBrief; readonly after?: BeliefBrief };
}

export function claimDiff(claim: string, from: ReadModel, to: ReadModel): ClaimDiff {
  const [before, after] = [from, to].map(model => believing(model).row(claim));
  return {
    patch: patchOf(stateOf(claim, from), stateOf(claim, to)),
    belief: {
      ...(before === undefined ? {} : { before: brief(before) }),
      ...(after === undefined ? {} : { after: brief(after) }),
    },
  };
}

function stateOf(claim: string, model: ReadModel): object | null {
  const answer = claimAnswer(claim, model);
  if (answer === undefined) return null;
  const { belief: _, ...state } = answer;
  return state;
}

/**
 * The events after seq `after` that made the difference: all of the claim's own stream; of others those that changed the
 * belief or its counts, and what the claim's answer shows of sources and links. Goes on at each belief that it computes.
 *
 * @param events - in order of seq: every event that the belief in the claim hangs on, up to the later moment
 */
export function* diffCauses(
  claim: string,
  events: readonly LedgerEvent[],
  { after, query, sha256 }: { after: number; query: Query; sha256: Sha256 },
): Generator<void, readonly Cause[]> {
  const past = pastOf(claim, query, sha256);
  const shows = shownOf(claim);
  const causes: Cause[] = [];
  let known: { readonly row: BeliefRow | undefined } | undefined;
  for (const event of events) {
    const shown = shows(event);
    if (event.seq <= after) {
      past.apply(event);
      continue;
    }
    yield;
    const before = known === undefined ? past.belief() : known.row;
    const now = past.apply(event) ? past.belief() : before;
    known = { row: now };
    if (shown || !sameRow(before, now)) causes.push(causeOf(event));
  }
  return causes;
}

const sameRow = (a: BeliefRow | undefined, b: BeliefRow | undefined) =>
  a?.coreHash === b?.coreHash &&
  a?.mentions === b?.mentions &&
  a?.origins.for === b?.origins.for &&
  a?.origins.against === b?.origins.against;

/** Whether an event changes what the claim's answer shows beside its belief. Asked of every event in order. */
function shownOf(claim: string): (event: LedgerEvent) => boolean {
  const sources = new Set<string>();
  const links = new Set<string>();
  return event => {
    if (event.stream === `claim-${claim}`) {
      if (event.type === 'AssertionRecorded' && event.data.source !== undefined) sources.add(event.data.source);
      return true;
    }
    switch (event.type) {
      case 'ClaimsLinked':
        if (event.data.to === claim) links.add(event.data.link);
        return event.data.to === claim;
      case 'ClaimLinkRemoved':
        return links.has(event.data.link);
      case 'SourceGraded':
      case 'SourceRetracted':
      case 'SourceReinstated':
        return sources.has(event.stream.slice('source-'.length));
      case 'SourceDescribed': {
        const named = { ...event.data.set, ...event.words.set };
        const shown = ['name', 'kind', 'named', 'describedAs'].some(field => field in named);
        return shown && sources.has(event.stream.slice('source-'.length));
      }
      default:
        return false;
    }
  };
}
