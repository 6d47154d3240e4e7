import { believe, memoOf, withSource } from '@credence/belief';
import type { AssertionFact, Facts, LinkFact, WhatIf } from '@credence/belief';
import type { ReadTables } from '@credence/kernel';
import type { ClaimRow } from '../claim-row.js';
import { beliefRow } from '../belief.view.js';
import { believing, brief } from './believing.js';
import type { BeliefBrief } from './believing.js';
import type { ReadModel } from './model.js';

export interface ImpactItem {
  readonly claim: string;
  readonly key?: string;
  readonly text: string;
  /** How it rests on the source: the source, then assertions, links, derivations and claims, each once. */
  readonly path: readonly string[];
  readonly before: BeliefBrief;
  readonly after: BeliefBrief;
}

/** What rests on a source (WIRE.md, "Impact"), without the pins. */
export interface ImpactAnswer {
  readonly source: string;
  readonly items: readonly ImpactItem[];
  readonly total: number;
}

/**
 * Every claim that rests on the source, at any depth, each with a path; with `whatIf` only those whose core would change.
 * Nothing is written. It may pause at each step; the tables must not move meanwhile.
 */
export function* impactSteps(
  source: string,
  model: ReadModel,
  whatIf: WhatIf | undefined,
): Generator<void, ImpactAnswer> {
  const { facts, policy, memo, row: rowOf } = believing(model);
  const reached = reachedFrom(source, model.belief, facts);
  const changed = withSource(facts, source, whatIf ?? 'retracted');
  const then = memoOf(changed, claim => (reached.has(claim) ? undefined : memo.settled(claim)));
  const items: ImpactItem[] = [];
  for (const [claim, path] of reached) {
    yield;
    const now = rowOf(claim);
    const row = model.claims<ClaimRow>('claims').get([claim]);
    if (now === undefined || row === undefined) continue;
    const before = brief(now);
    const after = brief(beliefRow(believe(changed, claim, model.query, policy, then), model.sha256));
    if (whatIf !== undefined && before.coreHash === after.coreHash) continue;
    const { key, fields } = row;
    items.push({ claim, ...(key === undefined ? {} : { key }), text: fields['text'] as string, path, before, after });
  }
  return { source, items, total: items.length };
}

/** Claims in the order in which they are reached, nearest first, each with its path from the source. */
function reachedFrom(source: string, tables: ReadTables, facts: Facts): Map<string, readonly string[]> {
  const reached = new Map<string, readonly string[]>();
  const reach = (claim: string, path: readonly string[]) => {
    if (!reached.has(claim)) reached.set(claim, [...path, claim]);
  };
  for (const { key } of tables<number>('speaksOn').range({ prefix: [source] })) {
    const claim = key[1] as string;
    const speaks = facts.assertionsOn(claim).filter((a: AssertionFact) => a.source === source);
    reach(claim, [source, ...speaks.slice(0, 1).map(a => a.id)]);
  }
  // Links carry one step: only from the claims on which the source itself speaks.
  for (const [claim, path] of [...reached])
    for (const { value } of tables<LinkFact>('links').range({ prefix: [claim] }))
      if (value.kind !== 'tension') reach(value.from === claim ? value.to : value.from, [...path, value.id]);
  for (const [claim, path] of [...reached])
    for (const { key } of tables<string>('supersedes').range({ prefix: [claim] })) reach(key[1] as string, path);
  for (const [claim, path] of reached)
    for (const { key } of tables<true>('premiseOf').range({ prefix: [claim] }))
      reach(key[1] as string, [...path, key[2] as string]);
  return reached;
}
