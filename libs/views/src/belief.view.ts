import { believe, coreHash, memoOf, missingPremises } from '@credence/belief';
import type { Belief, Core, Facts, Memo, Premise } from '@credence/belief';
import type { Sha256 } from '@credence/integrity';
import type { ReadTables, Table, Tables, View } from '@credence/kernel';
import { factsIn, policyIn } from './belief-facts.js';
import type { ReadFacts } from './belief-facts.js';
import { FACT_TABLES, reachedFrom, recordFacts } from './record-facts.js';

/** The belief in a claim as lists, the summary and conclusions need it; the whole of it is computed when asked for. */
export interface BeliefRow {
  readonly status: Core['status'];
  readonly opinion: Core['opinion'];
  readonly kappa: readonly [pro: number, con: number];
  /** Micro-units, derived evidence included. */
  readonly micro: readonly [pro: number, con: number];
  readonly coreHash: string;
  readonly mentions: number;
  readonly origins: { readonly for: number; readonly against: number };
  /** Sources with a pro and with a con origin, in the order of their assertions' ids. */
  readonly voices: { readonly for: readonly string[]; readonly against: readonly string[] };
  /** Own assertions that lean to a side and make no status. */
  readonly weak: { readonly for: number; readonly against: number };
  /** Own assertions with a chain to us, whatever they say. */
  readonly reaching: number;
  readonly roots: readonly string[];
  /** Id of the policy that it was computed with. */
  readonly policy: string;
}

/** How far the recomputation of every claim under a new policy has come. */
interface Sweep {
  /** The last claim that it has passed; empty at the start. */
  readonly after: string;
  /** Claims that it has not passed. */
  readonly left: number;
}

/**
 * The facts that belief reads, and the belief in every claim. An event marks the claims that it can touch (BELIEF.md
 * §4.10), a policy all of them; they are recomputed in slices, and until then by whoever asks.
 */
export function beliefView(sha256: Sha256): View {
  return {
    name: 'belief',
    version: 3,
    tables: {
      ...FACT_TABLES,
      /** claim -> BeliefRow */
      beliefs: { key: ['text'] },
      /** claims whose belief is to be computed anew */
      marked: { key: ['text'] },
      /** `marked` -> number of them, while there are some; `sweep` -> Sweep, while it runs */
      work: { key: ['text'] },
      /** `mentions`, `origins`, `status:<code>` -> number */
      totals: { key: ['text'] },
    },
    apply(event, tables) {
      const touched = recordFacts(event, tables);
      if (touched === 'every') tables<Sweep>('work').put(['sweep'], { after: '', left: beliefsKept(tables) });
      else if (touched.size > 0) mark(reachedFrom(touched, tables), tables);
    },
    settle: (tables, most) => settle(tables, most, sha256),
    left: tables => (tables<number>('work').get(['marked']) ?? 0) + (tables<Sweep>('work').get(['sweep'])?.left ?? 0),
  };
}

export function beliefRow(believed: Belief, sha256: Sha256): BeliefRow {
  const { core, mentions, origins, voices, weak, reaching, roots } = believed;
  const { status, opinion, pro, con, policy } = core;
  return {
    status,
    opinion,
    kappa: [pro.kappa, con.kappa],
    micro: [pro.micro, con.micro],
    coreHash: coreHash(core, sha256),
    mentions: mentions.count,
    origins,
    voices,
    weak,
    reaching,
    roots,
    policy,
  };
}

/** The row, unless the claim is marked or the row is of another policy than that in force. */
export function keptBelief(claim: string, tables: ReadFacts, policy = policyIn(tables).id): BeliefRow | undefined {
  const row = tables<BeliefRow>('beliefs').get([claim]);
  return row?.policy === policy && tables<true>('marked').get([claim]) === undefined ? row : undefined;
}

/** The claims whose kept belief is not that of the view's seq. */
export function* unsettled(tables: ReadTables): Generator<string> {
  for (const { key } of tables<true>('marked').range()) yield key[0] as string;
  const sweep = tables<Sweep>('work').get(['sweep']);
  if (sweep === undefined) return;
  const policy = policyIn(tables).id;
  for (const { key, value } of tables<BeliefRow>('beliefs').range({ after: [sweep.after] }))
    if (value.policy !== policy && tables<true>('marked').get(key) === undefined) yield key[0] as string;
}

/** Premises whose belief is kept are not computed again. */
export function memoOver(facts: Facts, tables: ReadFacts): Memo {
  const policy = policyIn(tables).id;
  return memoOf(facts, claim => {
    const row = keptBelief(claim, tables, policy);
    return row === undefined ? undefined : premise(row);
  });
}

const premise = ({ micro, status, roots }: BeliefRow): Premise => ({
  core: { pro: { micro: micro[0] }, con: { micro: micro[1] }, status },
  roots,
});

function mark(claims: ReadonlySet<string>, tables: Tables): void {
  const marked = tables<true>('marked');
  let added = 0;
  for (const claim of claims) {
    if (marked.get([claim]) !== undefined) continue;
    marked.put([claim], true);
    added++;
  }
  count('marked', added, tables('work'));
}

/** Marked claims first, then those that a new policy has not reached; premises before what derives from them. */
function settle(tables: Tables, most: number, sha256: Sha256): boolean {
  const marked = Array.from(tables<true>('marked').range({ limit: most }), ({ key }) => key[0] as string);
  const sweep = tables<Sweep>('work').get(['sweep']);
  if (marked.length === 0 && sweep === undefined) return false;
  const facts = factsIn(tables);
  const memo = memoOver(facts, tables);
  const policy = policyIn(tables);
  const counts = new Map<string, number>();
  let done = 0;
  /** @returns whether it was done before the slice was */
  const compute = (claim: string): boolean => {
    for (let open = [claim], next = open.at(-1); next !== undefined; next = open.at(-1)) {
      const premises = memo.beliefs.has(next) ? [] : missingPremises(facts, next, memo);
      open.push(...premises);
      if (premises.length > 0) continue;
      open.pop();
      if (memo.beliefs.has(next)) continue;
      if (done >= most) return false;
      keep(next, beliefRow(believe(facts, next, {}, policy, memo), sha256), tables, counts);
      done += pieces(facts.assertionsOn(next).length);
    }
    return true;
  };
  const whole = marked.every(compute);
  const left = whole && marked.length < most && sweep !== undefined ? sweepOn(sweep) : sweep;
  if (left === undefined) tables('work').delete(['sweep']);
  else tables<Sweep>('work').put(['sweep'], left);
  for (const [name, by] of counts) count(name, by, tables(name === 'marked' ? 'work' : 'totals'));
  return !whole || marked.length === most || left !== undefined;

  /** @returns how far it has come; undefined: all are of this policy */
  function sweepOn({ after, left }: Sweep): Sweep | undefined {
    const rows = Array.from(tables<BeliefRow>('beliefs').range({ after: [after], limit: most }));
    for (const [i, { key, value }] of rows.entries())
      if (value.policy !== policy.id && !compute(key[0] as string))
        return { after: (rows[i - 1]?.key[0] as string | undefined) ?? after, left: Math.max(0, left - i) };
    if (rows.length < most) return undefined;
    return { after: rows.at(-1)?.key[0] as string, left: Math.max(0, left - rows.length) };
  }
}

/** Pieces of work in a claim: one is what a claim with five assertions takes, and it grows faster than they do. */
const pieces = (assertions: number) => Math.max(1, (assertions / 5) ** 1.5);

function keep(claim: string, row: BeliefRow, tables: Tables, counts: Map<string, number>): void {
  const beliefs = tables<BeliefRow>('beliefs');
  const before = beliefs.get([claim]);
  const add = (name: string, by: number) => counts.set(name, (counts.get(name) ?? 0) + by);
  add('mentions', row.mentions - (before?.mentions ?? 0));
  add('origins', row.reaching - (before?.reaching ?? 0));
  if (row.status.code !== before?.status.code) {
    add(`status:${row.status.code}`, 1);
    if (before !== undefined) add(`status:${before.status.code}`, -1);
  }
  beliefs.put([claim], row);
  if (tables<true>('marked').get([claim]) === undefined) return;
  tables('marked').delete([claim]);
  add('marked', -1);
}

/** No row for nothing: what was counted and is gone leaves no trace, whatever the pages were. */
function count(name: string, by: number, numbers: Table<number>): void {
  if (by === 0) return;
  const total = (numbers.get([name]) ?? 0) + by;
  if (total === 0) numbers.delete([name]);
  else numbers.put([name], total);
}

function beliefsKept(tables: ReadTables): number {
  let kept = 0;
  for (const { key, value } of tables<number>('totals').range())
    if ((key[0] as string).startsWith('status:')) kept += value;
  return kept;
}
