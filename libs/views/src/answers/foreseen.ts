import { believe, memoOf } from '@credence/belief';
import type { Fact, LedgerEvent } from '@credence/contracts';
import { countsUpTo } from '../summary.view.js';
import { factsIn, policyIn } from '../belief-facts.js';
import { beliefRow } from '../belief.view.js';
import type { ClaimRow } from '../claim-row.js';
import { overlay } from '../overlay.js';
import { reachedFrom, recordFacts } from '../record-facts.js';
import { believing, brief } from './believing.js';
import type { BeliefBrief } from './believing.js';
import type { ReadModel } from './model.js';

export interface BeliefChange {
  /** Absent where the claim is new. */
  readonly before?: BeliefBrief;
  readonly after: BeliefBrief;
}

/** What an event would change, if it were recorded now (WIRE.md, "Receipt", `dryRun`). */
export interface Foreseen {
  /** Of the claim that it is about. */
  readonly belief?: BeliefChange;
  /** The other claims whose core would change: the first of them, and how many there are. */
  readonly beliefs: {
    readonly items: readonly (BeliefChange & { readonly claim: string; readonly key?: string })[];
    readonly total: number;
  };
}

const MOST = 100;

/** Exact, and nothing is written. Goes on at each step, so that whoever runs it may pause; the tables must not move meanwhile. */
export function* foreseen(stream: string, fact: Fact, model: ReadModel): Generator<void, Foreseen> {
  const subject = stream.startsWith('claim-') ? stream.slice('claim-'.length) : undefined;
  const now = believing(model);
  const tables = overlay(model.belief);
  const seq = Number.MAX_SAFE_INTEGER;
  const touched = recordFacts({ ...fact, stream, seq } as unknown as LedgerEvent, tables);
  const policy = policyIn(tables);
  const facts = factsIn(tables);
  if (touched === 'every') {
    // Every core names the policy, so every core changes.
    const total = countsUpTo(model.upTo ?? Number.MAX_SAFE_INTEGER, model.summary).claims;
    const memo = memoOf(facts);
    const items = [];
    for (const { key } of model.belief('claims').range({ limit: MOST })) {
      yield;
      items.push(changeOf(key[0] as string, memo));
    }
    return { beliefs: { items, total } };
  }
  const reached = reachedFrom(touched, tables);
  const memo = memoOf(facts, claim => (reached.has(claim) ? undefined : now.memo.settled(claim)));
  const changed = [];
  for (const claim of reached) {
    yield;
    if (claim === subject) continue;
    const change = changeOf(claim, memo);
    if (change.before?.coreHash !== change.after.coreHash) changed.push(change);
  }
  const { claim: _, key: __, ...belief } = subject === undefined ? {} : changeOf(subject, memo);
  return {
    ...('after' in belief ? { belief } : {}),
    beliefs: { items: changed.slice(0, MOST), total: changed.length },
  };

  function changeOf(claim: string, memo: ReturnType<typeof memoOf>) {
    const row = now.row(claim);
    const after = brief(beliefRow(believe(facts, claim, model.query, policy, memo), model.sha256));
    const key = model.claims<ClaimRow>('claims').get([claim])?.key;
    return {
      claim,
      ...(key === undefined ? {} : { key }),
      ...(row === undefined ? {} : { before: brief(row) }),
      after,
    };
  }
}
