import { countedOn, isWithdrawn } from '@credence/belief';
import type { DateBounds, Facts, Query, Said, Withdrawal } from '@credence/belief';
import { compareDays } from '@credence/time';
import type { AssertionRow } from '../assertion-row.js';
import { beliefRow } from '../belief.view.js';
import type { ClaimRow } from '../claim-row.js';
import type { RetractionShown } from '../retractions.js';
import type { SourceRow } from '../source-row.js';
import { believingOver, brief } from './believing.js';
import type { ReadModel } from './model.js';
import { sourceNamed } from './source.js';
import type { PublicCause, PublicSaying, PublicWithdrawal, TimelineItem, TimelinePage } from './timeline.js';

type Certainty = NonNullable<Query['certainty']>;

/** Before every day that a date can mean. */
const BEFORE_ALL = '-999999999999-01-01';

/**
 * Every day on which the core of the belief in the claim changed for who knew what was public: the belief is computed at
 * each day that bounds a date which it hangs on, and nothing can change between two of them. Goes on at each.
 *
 * @param model - its `publicBy` ends the axis
 * @param certainty - which dates count
 * @param from - how many of these days the pages before have passed
 */
export function* publicTimeline(
  claim: string,
  model: ReadModel,
  { limit, certainty, from = 0 }: { limit: number; certainty: Certainty; from?: number },
): Generator<void, TimelinePage> {
  const last = model.query.publicBy;
  const { facts, at } = believingOver(model);
  const claims = hangsOn(claim, facts);
  const days = datesOn(claims, facts).filter(day => last === undefined || compareDays(day, last) <= 0);
  const queryAt = (i: number) => ({ publicBy: days[i] ?? BEFORE_ALL, certainty });
  const rowAt = (i: number) => beliefRow(at(queryAt(i)).whole(claim), model.sha256);
  const items: TimelineItem[] = [];
  let before = rowAt(from - 1);
  const start = brief(before);
  let passed = from;
  for (let i = from; i < days.length; i++) {
    yield;
    const now = rowAt(i);
    if (now.coreHash !== before.coreHash) {
      if (items.length === limit) return { items, start, next: passed };
      const cause = causeAt(claims, facts, queryAt(i - 1), queryAt(i), model);
      items.push({ at: days[i] as string, cause, before: brief(before), after: brief(now) });
      before = now;
    }
    passed = i + 1;
  }
  return { items, start, next: null };
}

/** The claims whose assertions the belief in this one hangs on: premises, successors, and what is linked to either. */
function hangsOn(claim: string, facts: Facts): ReadonlySet<string> {
  const believed = new Set([claim]);
  for (const id of believed)
    for (const { premises } of facts.derivationsFor(id)) for (const premise of premises) believed.add(premise);
  const all = new Set(believed);
  for (const id of believed) {
    const successor = facts.claim(id)?.supersededBy;
    if (successor !== undefined) all.add(successor);
  }
  for (const id of [...all]) for (const { from, to } of facts.linksOf(id)) all.add(from).add(to);
  return all;
}

/** Every first and last day of a date on which something was said or withdrawn there, in order, each once. */
function datesOn(claims: ReadonlySet<string>, facts: Facts): readonly string[] {
  const days = new Set<string>();
  const date = ({ lo, hi }: DateBounds) => {
    if (lo !== null) days.add(lo);
    if (hi !== null) days.add(hi);
  };
  for (const claim of claims)
    for (const { bounds, versions = [] } of facts.assertionsOn(claim)) {
      date(bounds);
      for (const version of versions) date(version.bounds);
    }
  for (const [, { bounds }] of withdrawalsOn(claims, facts)) if (bounds !== undefined) date(bounds);
  return [...days].sort(compareDays);
}

/** What is withdrawn, and how: claims, the sources that speak there, and what they say. */
function* withdrawalsOn(claims: ReadonlySet<string>, facts: Facts): Generator<readonly [of: string, Withdrawal]> {
  const sources = new Set<string>();
  for (const claim of claims) {
    for (const withdrawal of facts.claim(claim)?.retractions ?? []) yield [claim, withdrawal];
    for (const { id, retractions, source } of facts.assertionsOn(claim)) {
      for (const withdrawal of retractions) yield [id, withdrawal];
      if (source !== undefined) sources.add(source);
    }
  }
  for (const source of sources)
    for (const withdrawal of facts.source(source)?.retractions ?? []) yield [source, withdrawal];
}

function causeAt(claims: ReadonlySet<string>, facts: Facts, before: Query, now: Query, model: ReadModel): PublicCause {
  const said = new Map<string, PublicSaying>();
  for (const claim of claims)
    for (const withoutWithdrawals of [false, true]) {
      const were = countedOn(facts, claim, before, withoutWithdrawals);
      for (const [id, words] of countedOn(facts, claim, now, withoutWithdrawals))
        if (!same(were.get(id), words)) said.set(id, sayingOf(id, claim, model));
    }
  const withdrawn = new Map<string, PublicWithdrawal>();
  for (const [of, withdrawal] of withdrawalsOn(claims, facts))
    if (isWithdrawn(withdrawal, now) && !isWithdrawn(withdrawal, before))
      withdrawn.set(withdrawal.id, withdrawalOf(of, withdrawal.id, model));
  const bySeq = (a: { seq: number }, b: { seq: number }) => a.seq - b.seq;
  return { said: [...said.values()].sort(bySeq), withdrawn: [...withdrawn.values()].sort(bySeq) };
}

const same = (a: Said | undefined, b: Said) =>
  a !== undefined && a.basis === b.basis && JSON.stringify(a.stance) === JSON.stringify(b.stance);

function assertionRow(assertion: string, model: ReadModel): AssertionRow | undefined {
  const place = model.claims<readonly [string, number]>('assertionAt').get([assertion]);
  return place === undefined ? undefined : model.claims<AssertionRow>('assertions').get(place);
}

function sayingOf(assertion: string, claim: string, model: ReadModel): PublicSaying {
  const row = assertionRow(assertion, model) as AssertionRow;
  const key = row.key === undefined ? {} : { key: row.key };
  return { assertion, ...key, claim, source: sourceNamed(row, model), seq: row.seq };
}

function withdrawalOf(of: string, id: string, model: ReadModel): PublicWithdrawal {
  const { retractions } = (model.claims<ClaimRow>('claims').get([of]) ??
    model.sources<SourceRow>('sources').get([of]) ??
    assertionRow(of, model)) as ClaimRow | SourceRow | AssertionRow;
  const { by, reason, seq } = retractions.find(r => r.id === id) as RetractionShown;
  return { retraction: id, of, by, reason, seq };
}
