import { believe, coreHash, memoOf, missingPremises, STATUS_CODES } from '@credence/belief';
import type { Belief, ClaimFact, Core, Facts, Memo, Premise, StatusCode } from '@credence/belief';
import type { Sha256 } from '@credence/integrity';
import type { ReadTables, RememberingView, Row, Table, Tables } from '@credence/kernel';
import { factsIn, policyIn } from './belief-facts.js';
import type { ReadFacts, Recorded } from './belief-facts.js';
import { FACT_TABLES, FACTS_PAST, reachedFrom, recordFacts } from './record-facts.js';
import { addSums, movesOf, SUM_TABLES, SUMS_PAST, sumsUpTo } from './sums.js';

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

/** A belief in its table: it is that of every event from this one on, up to the next that touches the claim. */
export type KeptBelief = BeliefRow & { readonly since: number };

/** How far the recomputation of every claim under a new policy has come. */
interface Sweep {
  /** The last claim that it has passed; empty at the start. */
  readonly after: string;
  /** Claims that it has not passed. */
  readonly left: number;
  /** The event that adopted the policy. */
  readonly since: number;
}

const FEW = 32;

/** What the summary counts of beliefs, by their places in the sums. */
const TOTALS = ['mentions', 'origins', ...STATUS_CODES] as const;
type Total = (typeof TOTALS)[number];
/** In tables a status stands as a number: their order is fixed. */
export const placeOfStatus = (code: string): number => (STATUS_CODES as readonly string[]).indexOf(code);
const placeOf = (total: Total): number => TOTALS.indexOf(total);

/**
 * The facts that belief reads, and the belief in every claim. An event touches the claims whose belief it can change
 * (BELIEF.md §4.10): few are computed at once, many are marked, and a policy means all. What is marked is computed in
 * slices, and until then by whoever asks; but before the next event that touches it, as of the event before. So every
 * belief there ever was is computed once, and its status and what it counts for are known as of every event.
 *
 * @param few - so many beliefs are computed with the event that touches them
 */
export function beliefView(sha256: Sha256, few = FEW): RememberingView {
  return {
    name: 'belief',
    version: 7,
    tables: {
      ...FACT_TABLES,
      ...SUM_TABLES,
      /** claim -> KeptBelief */
      beliefs: { key: ['text'] },
      /** claims whose belief is to be computed anew -> the event since when it is another */
      marked: { key: ['text'] },
      /** `marked` -> number of them, while there are some; `sweep` -> Sweep, while it runs; `kept` -> number of beliefs */
      work: { key: ['text'] },
      /** seq of a claim, event -> status from then on, by its place */
      statuses: { key: ['integer', 'integer'] },
      /** seq of a claim that others rest on or once did, event -> AsPremise from then on */
      asPremise: { key: ['integer', 'integer'] },
      /** place of a status, seq of a claim that has it or had it -> the first event */
      everHad: { key: ['integer', 'integer'] },
    },
    past: {
      ...FACTS_PAST,
      beliefs: { how: 'since', seq: ({ value }: Row<KeptBelief>) => value.since },
      marked: { how: 'since', seq: ({ value }: Row<number>) => value },
      work: {
        how: 'since',
        seq: ({ value }: Row<number | Sweep>) => (typeof value === 'number' ? Infinity : value.since),
      },
      everHad: { how: 'since', seq: ({ value }: Row<number>) => value },
      statuses: { how: 'as-it-is' },
      asPremise: { how: 'as-it-is' },
      ...SUMS_PAST,
    },
    apply(event, tables, before) {
      const then = lazily(before);
      const touched = recordFacts(event, tables);
      if (touched === 'every') {
        computing(then(), tables, sha256).all([...unsettled(tables, then())]);
        const left = tables<number>('work').get(['kept']) ?? 0;
        tables<Sweep>('work').put(['sweep'], { after: '', left, since: event.seq });
        return;
      }
      if (touched.size === 0) return;
      const premises = event.type === 'DerivationRecorded' ? event.data.premises : [];
      // Nothing hangs on a claim that this event records.
      const reached = [...(event.type === 'ClaimRecorded' ? touched : reachedFrom(touched, tables))];
      const waiting = isIdle(tables)
        ? []
        : [...new Set([...reached, ...premises])].filter(claim => isUnsettled(claim, tables, then()));
      if (waiting.length > 0) computing(then(), tables, sha256).all(waiting);
      for (const claim of premises) beginAsPremise(claim, event.seq, tables);
      if (reached.length > few) mark(reached, event.seq, tables);
      else computing(tables, tables, sha256, event.seq).all(reached);
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

/**
 * The row, unless the claim is marked or the row is of another policy than that in force.
 *
 * @param mayWait - whether any claim is marked at all
 */
export function keptBelief(
  claim: string,
  tables: ReadFacts,
  policy = policyIn(tables).id,
  mayWait: () => boolean = () => true,
): KeptBelief | undefined {
  const row = tables<KeptBelief>('beliefs').get([claim]);
  if (row?.policy !== policy) return undefined;
  return mayWait() && tables<number>('marked').get([claim]) !== undefined ? undefined : row;
}

/**
 * The claims whose kept belief is not that of the tables' event.
 *
 * @param facts - where the policy in force then stands
 */
export function* unsettled(tables: ReadFacts, facts: ReadFacts = tables): Generator<string> {
  for (const { key } of tables<number>('marked').range()) yield key[0] as string;
  const sweep = tables<Sweep>('work').get(['sweep']);
  if (sweep === undefined) return;
  const policy = policyIn(facts).id;
  for (const { key, value } of tables<KeptBelief>('beliefs').range({ after: [sweep.after] }))
    if (value.policy !== policy && tables<number>('marked').get(key) === undefined) yield key[0] as string;
}

/** Whether every kept belief is that of the tables' event. */
export const isSettled = (tables: ReadFacts): boolean =>
  tables<Sweep>('work').get(['sweep']) === undefined && !anyMarked(tables);

export const anyMarked = (tables: ReadFacts): boolean => [...tables<number>('marked').range({ limit: 1 })].length > 0;

/** The same of the present, by what is counted. */
const isIdle = (tables: ReadFacts): boolean => {
  const work = tables<unknown>('work');
  return work.get(['marked']) === undefined && work.get(['sweep']) === undefined;
};

const isUnsettled = (claim: string, tables: ReadFacts, facts: ReadFacts): boolean =>
  tables<number>('marked').get([claim]) !== undefined ||
  (tables<KeptBelief>('beliefs').get([claim])?.policy ?? policyIn(facts).id) !== policyIn(facts).id;

/**
 * Premises whose belief is kept are not computed again.
 *
 * @param upTo - the event of the tables, where they are those of an earlier one
 */
export function memoOver(facts: Facts, tables: ReadFacts, policy = policyIn(tables).id, upTo?: number): Memo {
  return memoOf(facts, claim => {
    const row = keptBelief(claim, tables, policy);
    if (row !== undefined) return premise(row);
    return upTo === undefined ? undefined : premiseAsOf(claim, upTo, tables);
  });
}

/** What a derivation asks of a claim: micro-units, the place of its status, its roots. */
type AsPremise = readonly [pro: number, con: number, status: number, ...roots: string[]];

const asPremise = ({ micro, status, roots }: BeliefRow): AsPremise => [...micro, placeOfStatus(status.code), ...roots];

/** From the event on that first rests something on it, a claim is kept as the premise that it is, whatever becomes of that. */
function beginAsPremise(claim: string, seq: number, tables: Tables): void {
  const row = tables<KeptBelief>('beliefs').get([claim]);
  const recorded = tables<Recorded<ClaimFact>>('claims').get([claim])?.seq;
  if (row !== undefined && recorded !== undefined) tables<AsPremise>('asPremise').put([recorded, seq], asPremise(row));
}

function premiseAsOf(claim: string, seq: number, past: ReadFacts): Premise | undefined {
  const recorded = recordedIfSettled(claim, past);
  if (recorded === undefined) return undefined;
  const range = { prefix: [recorded], after: [recorded, seq + 1], reverse: true, limit: 1 };
  const [kept] = past<AsPremise>('asPremise').range(range);
  if (kept === undefined) return undefined;
  const [pro, con, status, ...roots] = kept.value;
  return { core: { pro: { micro: pro }, con: { micro: con }, status: { code: STATUS_CODES[status] ?? '' } }, roots };
}

const premise = ({ micro, status, roots }: BeliefRow): Premise => ({
  core: { pro: { micro: micro[0] }, con: { micro: micro[1] }, status },
  roots,
});

/** Undefined: it is not known from the tables, and has to be computed. */
export function statusAsOf(claim: string, seq: number, past: ReadFacts): StatusCode | undefined {
  const recorded = recordedIfSettled(claim, past);
  return recorded === undefined ? undefined : keptStatus(recorded, seq, past)?.status;
}

/** Seq of a claim whose belief as of the tables' event was computed and is another one now. */
function recordedIfSettled(claim: string, past: ReadFacts): number | undefined {
  if (past<KeptBelief>('beliefs').get([claim]) !== undefined || past<number>('marked').get([claim]) !== undefined)
    return undefined;
  return past<Recorded<ClaimFact>>('claims').get([claim])?.seq;
}

/** The status that a claim had at event `seq`, and the event since which; only true of a belief that does not wait. */
export function keptStatus(
  recorded: number,
  seq: number,
  tables: ReadFacts,
): { readonly status: StatusCode; readonly since: number } | undefined {
  const segments = { prefix: [recorded], after: [recorded, seq + 1], reverse: true, limit: 1 };
  const [segment] = tables<number>('statuses').range(segments);
  const status = segment === undefined ? undefined : STATUS_CODES[segment.value];
  return segment === undefined || status === undefined ? undefined : { status, since: segment.key[1] as number };
}

/** What the kept beliefs count for, as of event `last`. */
export function totalsUpTo(last: number, tables: ReadTables): ReadonlyMap<Total, number> {
  const sums = sumsUpTo(last, tables);
  return new Map(TOTALS.map((total, i) => [total, sums[i] ?? 0]));
}

function mark(claims: readonly string[], since: number, tables: Tables): void {
  for (const claim of claims) tables<number>('marked').put([claim], since);
  count('marked', claims.length, tables('work'));
}

/**
 * Computes beliefs and keeps them, those of premises before what derives from them.
 *
 * @param facts - as of the event whose beliefs these are
 * @param now - the event; absent: each is that of the event that marked it, or of the policy that it waits for
 */
function computing(facts: ReadFacts, tables: Tables, sha256: Sha256, now?: number) {
  const read = factsIn(facts, now);
  const policy = policyIn(facts);
  const asked = new Set<string>();
  const anyMarked = tables<number>('work').get(['marked']) !== undefined;
  const settledAlready = (claim: string) => (asked.has(claim) ? undefined : keptBelief(claim, tables, policy.id));
  const memo = memoOf(read, claim => {
    const row = settledAlready(claim);
    return row === undefined ? undefined : premise(row);
  });
  const moved = new Map<number, Map<number, number>>();
  const numbers = new Map<string, number>();
  const adopted = lazily(
    () => [...facts('policies').range({ reverse: true, limit: 1 })][0]?.key[0] as number | undefined,
  );
  let done = 0;

  /** @returns whether it was done before the slice was */
  const compute = (claim: string, most = Infinity): boolean => {
    for (let open = [claim], next = open.at(-1); next !== undefined; next = open.at(-1)) {
      const premises = memo.beliefs.has(next) ? [] : missingPremises(read, next, memo);
      open.push(...premises);
      if (premises.length > 0) continue;
      open.pop();
      if (memo.beliefs.has(next)) continue;
      if (done >= most) return false;
      keep(next, beliefRow(believe(read, next, {}, policy, memo), sha256));
      done += pieces(read.assertionsOn(next).length);
    }
    return true;
  };

  const keep = (claim: string, row: BeliefRow) => {
    const marked = anyMarked ? tables<number>('marked').get([claim]) : undefined;
    const since = (asked.has(claim) ? now : marked) ?? adopted() ?? 0;
    if (marked !== undefined) {
      tables('marked').delete([claim]);
      add(numbers, 'marked', -1);
    }
    const fact = read.claim(claim) as Recorded<ClaimFact> | undefined;
    if (fact === undefined) return; // a premise that was set aside: nothing is believed of it
    const before = fact.seq === since ? undefined : tables<KeptBelief>('beliefs').get([claim]);
    if (before === undefined) add(numbers, 'kept', 1);
    tables<KeptBelief>('beliefs').put([claim], { ...row, since });
    move(since, 'mentions', row.mentions - (before?.mentions ?? 0));
    move(since, 'origins', row.reaching - (before?.reaching ?? 0));
    noteAsPremise(claim, fact.seq, since, row, before);
    const { code } = row.status;
    if (code === before?.status.code) return;
    move(since, code, 1);
    if (before !== undefined) move(since, before.status.code, -1);
    const place = placeOfStatus(code);
    tables<number>('statuses').put([fact.seq, since], place);
    const everHad = tables<number>('everHad');
    if (everHad.get([place, fact.seq]) === undefined) everHad.put([place, fact.seq], since);
  };

  const noteAsPremise = (claim: string, recorded: number, since: number, row: BeliefRow, before?: BeliefRow) => {
    if (before === undefined || tables<true>('tied').get([claim]) === undefined) return;
    const [now, then] = [asPremise(row), asPremise(before)];
    if (now.length === then.length && now.every((part, i) => part === then[i])) return;
    const kept = tables<AsPremise>('asPremise');
    const [any] = kept.range({ prefix: [recorded], limit: 1 });
    if (any !== undefined) kept.put([recorded, since], now);
  };

  const move = (seq: number, total: Total, by: number) => {
    if (by === 0) return;
    let moves = moved.get(seq);
    if (moves === undefined) moved.set(seq, (moves = new Map<number, number>()));
    add(moves, placeOf(total), by);
  };

  const finish = () => {
    for (const [seq, moves] of moved) addSums(seq, movesOf(moves), tables);
    for (const [name, by] of numbers) count(name, by, tables('work'));
  };

  return {
    policy,
    compute,
    finish,
    all(claims: readonly string[]) {
      if (now !== undefined) for (const claim of claims) asked.add(claim);
      for (const claim of claims) compute(claim);
      finish();
    },
  };
}

/** Marked claims first, then those that a new policy has not reached. */
function settle(tables: Tables, most: number, sha256: Sha256): boolean {
  if (isIdle(tables)) return false;
  const marked = Array.from(tables<number>('marked').range({ limit: most }), ({ key }) => key[0] as string);
  const sweep = tables<Sweep>('work').get(['sweep']);
  const { compute, policy, finish } = computing(tables, tables, sha256);
  const whole = marked.every(claim => compute(claim, most));
  const left = whole && marked.length < most && sweep !== undefined ? sweepOn(sweep) : sweep;
  if (left === undefined) tables('work').delete(['sweep']);
  else tables<Sweep>('work').put(['sweep'], left);
  finish();
  return !whole || marked.length === most || left !== undefined;

  /** @returns how far it has come; undefined: all are of this policy */
  function sweepOn({ after, left, since }: Sweep): Sweep | undefined {
    const rows = Array.from(tables<KeptBelief>('beliefs').range({ after: [after], limit: most }));
    for (const [i, { key, value }] of rows.entries())
      if (value.policy !== policy.id && !compute(key[0] as string, most))
        return { after: (rows[i - 1]?.key[0] as string | undefined) ?? after, left: Math.max(0, left - i), since };
    if (rows.length < most) return undefined;
    return { after: rows.at(-1)?.key[0] as string, left: Math.max(0, left - rows.length), since };
  }
}

/** Pieces of work in a claim: one is what a claim with five assertions takes, and it grows faster than they do. */
const pieces = (assertions: number) => Math.max(1, (assertions / 5) ** 1.5);

function add<K>(numbers: Map<K, number>, name: K, by: number): void {
  numbers.set(name, (numbers.get(name) ?? 0) + by);
}

/** No row for nothing: what was counted and is gone leaves no trace, whatever the pages were. */
function count(name: string, by: number, numbers: Table<number>): void {
  if (by === 0) return;
  const total = (numbers.get([name]) ?? 0) + by;
  if (total === 0) numbers.delete([name]);
  else numbers.put([name], total);
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
