import type { ReadTables, Term } from '@credence/kernel';

/** Claims that have each of the terms in their own words, in what is said of them, or in the name of who says it. */
export interface Search {
  /** Seqs of claims, highest first. */
  newestFirst(before?: number): Iterable<number>;
  /** The same claims, what says most first; of two that say as much, the newer one. */
  byRelevance(): readonly number[];
}

/** @param then - under `publicBy`: how much of a term was said on a claim by then; what finds words of today finds more */
export function searchFor(
  terms: readonly Term[],
  tables: ReadTables,
  then?: (claim: number, term: Term) => number,
): Search {
  const claims = tables.index('claimWords');
  const bySpeaker = terms.map(term => speakersWith(term, tables));
  const weightsOf = () =>
    terms.map((term, i) => {
      const found = joined(claims.weigh(term), bySpeaker[i] as Weights);
      return then === undefined
        ? found
        : new Map(
            Array.from(found.keys(), claim => [claim, then(claim, term)] as const).filter(([, weight]) => weight > 0),
          );
    });
  const isThen = (claim: number) => then === undefined || terms.every(term => then(claim, term) > 0);
  return {
    *newestFirst(before) {
      if (bySpeaker.every(found => found.size === 0)) {
        for (const claim of inPages(terms, tables, before)) if (isThen(claim)) yield claim;
      } else {
        const all = inEvery(weightsOf()).filter(claim => claim < (before ?? Infinity));
        yield* all.sort((a, b) => b - a);
      }
    },
    byRelevance() {
      const weights = weightsOf();
      const scored = inEvery(weights).map(claim => [claim, score(claim, weights)] as const);
      return scored.sort(([a, x], [b, y]) => y - x || b - a).map(([claim]) => claim);
    },
  };
}

type Weights = ReadonlyMap<number, number>;

function inEvery(weights: readonly Weights[]): number[] {
  const [fewest, ...others] = weights.toSorted((a, b) => a.size - b.size);
  return [...(fewest?.keys() ?? [])].filter(claim => others.every(other => other.has(claim)));
}

/** A word says more where it weighs more, and less the more claims have it. */
const score = (claim: number, weights: readonly Weights[]): number =>
  weights.reduce((sum, found) => sum + (found.get(claim) ?? 0) / Math.log2(1 + found.size), 0);

const PAGE = 200;

function* inPages(terms: readonly Term[], tables: ReadTables, before: number | undefined): Generator<number> {
  for (let last = before; ;) {
    const page = tables
      .index('claimWords')
      .find(terms, { limit: PAGE, ...(last === undefined ? {} : { before: last }) });
    yield* page;
    if (page.length < PAGE) return;
    last = page.at(-1);
  }
}

/** Claims on which a source speaks in whose names the term stands. */
function speakersWith(term: Term, tables: ReadTables): Weights {
  const found = new Map<number, number>();
  for (const [source, weight] of tables.index('sourceWords').weigh(term))
    for (const { key } of tables<number>('speaksOn').range({ prefix: [source] }))
      found.set(key[1] as number, Math.max(weight, found.get(key[1] as number) ?? 0));
  return found;
}

function joined(a: Weights, b: Weights): Weights {
  if (b.size === 0) return a;
  const both = new Map(a);
  for (const [claim, weight] of b) both.set(claim, Math.max(weight, both.get(claim) ?? 0));
  return both;
}
