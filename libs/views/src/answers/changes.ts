import type { ClaimFact } from '@credence/belief';
import type { LedgerEvent } from '@credence/contracts';
import { factsShared, policyIn } from '../belief-facts.js';
import { overlay } from '../overlay.js';
import { anyMarked, keptBelief } from '../belief.view.js';
import type { BeliefRow } from '../belief.view.js';
import type { ClaimRow } from '../claim-row.js';
import { reachedFrom, recordFacts } from '../record-facts.js';
import { countsUpTo } from '../summary.view.js';
import type { Recorded } from '../belief-facts.js';
import { believing, believingOver, brief } from './believing.js';
import type { Believing, BeliefBrief } from './believing.js';
import type { Cause } from './cause.js';
import { holdsThen } from './holds.js';
import type { ReadModel } from './model.js';

/** A claim of which something else is believed than before (WIRE.md, "Changes"). */
export interface ChangeItem {
  readonly claim: string;
  readonly key?: string;
  readonly text: string;
  /** Absent where the claim is new. */
  readonly before?: BeliefBrief;
  readonly after: BeliefBrief;
  /** |difference of P|, a decimal string; of a new claim the distance to its base rate. */
  readonly weight: string;
  /** The events that changed its core, in order. */
  readonly causes: readonly Cause[];
}

/** Claims in which belief can have changed: those that events touch, and what hangs on them. */
export interface Touched {
  take(event: LedgerEvent): void;
  /** Undefined: any of them, as after a new policy. */
  claims(): ReadonlySet<string> | undefined;
  /** Whether these events changed what stands in a table of facts under a key that begins with the id. */
  changes(table: string, id: string): boolean;
}

/** @param model - as of the moment before the first of the events */
export function touchedSince(model: ReadModel): Touched {
  const tables = overlay(model.belief);
  const found = new Set<string>();
  let every = false;
  return {
    take(event) {
      const touched = recordFacts(event, tables);
      if (touched === 'every') every = true;
      else if (touched.size > 0) for (const claim of reachedFrom(touched, tables)) found.add(claim);
    },
    claims: () => (every ? undefined : found),
    changes: (table, id) => tables.changes(table, id),
  };
}

/** A change, as far as its place in the order tells. */
export interface Weighed {
  readonly claim: string;
  readonly status: boolean;
  /** Millionths. */
  readonly weight: number;
  readonly seq: number;
}

/**
 * The claims whose core differs: those with another status first, in each part the weightiest first, of equal ones the
 * newest. Goes on at each claim. Models must not move meanwhile.
 *
 * @param touched - what the events between the two moments touch; undefined: that is looked up, claim by claim
 */
export function* weighedChanges(
  from: ReadModel,
  to: ReadModel,
  touched: Touched | undefined,
): Generator<void, readonly Weighed[]> {
  const now = believing(to);
  const then = touched === undefined ? believing(from) : beforeEvents(from, now, touched);
  const changed: Weighed[] = [];
  for (const claim of touched?.claims() ?? touchedAfter(from.upTo ?? Infinity, to)) {
    yield;
    if (claim === undefined) continue;
    const after = now.row(claim);
    if (after === undefined || !holdsIn(claim, to)) continue;
    const before = then.row(claim);
    if (before?.coreHash === after.coreHash) continue;
    const status = before?.status.code !== after.status.code;
    const { seq } = now.facts.claim(claim) as Recorded<ClaimFact>;
    changed.push({ claim, status, weight: weightOf(before, after), seq });
  }
  return changed.sort((a, b) => Number(b.status) - Number(a.status) || b.weight - a.weight || b.seq - a.seq);
}

/** What the events left alone is read as it is after them: that takes no history, and has mostly been read already. */
function beforeEvents(from: ReadModel, { facts: now }: Believing, touched: Touched): Believing {
  const { facts: then } = believing(from);
  return believingOver(from, factsShared(then, now, touched.changes)).at(from.query);
}

const holdsIn = (claim: string, to: ReadModel): boolean =>
  to.holdsAt === undefined || holdsThen(to.claims<ClaimRow>('claims').get([claim]) as ClaimRow, to);

export function changeItem(claim: string, from: ReadModel, to: ReadModel, causes: readonly Cause[]): ChangeItem {
  const { key, fields } = to.claims<ClaimRow>('claims').get([claim]) as ClaimRow;
  const before = believing(from).row(claim);
  const after = believing(to).row(claim) as BeliefRow;
  return {
    claim,
    ...(key === undefined ? {} : { key }),
    text: fields['text'] as string,
    ...(before === undefined ? {} : { before: brief(before) }),
    after: brief(after),
    weight: (weightOf(before, after) / MILLION).toFixed(6),
    causes,
  };
}

/** How many claims there are. */
export const claimsIn = ({ summary, upTo = Number.MAX_SAFE_INTEGER }: ReadModel): number =>
  countsUpTo(upTo, summary).claims;

/** Of every claim its id, or undefined where no event after `seq` touched it: then its belief is that of before. */
function* touchedAfter(seq: number, { claims, belief }: ReadModel): Generator<string | undefined> {
  const policy = policyIn(belief).id;
  const mayWait = anyMarked(belief);
  for (const { value: claim } of claims<string>('inOrder').range()) {
    const kept = keptBelief(claim, belief, policy, () => mayWait);
    yield kept !== undefined && kept.since <= seq ? undefined : claim;
  }
}

const MILLION = 1_000_000;
const millionths = (decimal: string) => Math.round(Number(decimal) * MILLION);
const weightOf = (before: BeliefRow | undefined, after: BeliefRow) =>
  Math.abs(millionths(after.opinion.P) - millionths(before?.opinion.P ?? after.opinion.a));
