import { spokenOn } from '@credence/belief';
import type { Facts } from '@credence/belief';
import type { Term } from '@credence/kernel';
import { isSettled, keptStatus, placeOfStatus } from '../belief.view.js';
import { believing } from './believing.js';
import type { ClaimRow } from '../claim-row.js';
import { claimItem } from './claim.js';
import type { ClaimItem } from './claim.js';
import { holdsThen } from './holds.js';
import type { Page, PageRequest, ReadModel } from './model.js';
import { saidThen } from './said-then.js';
import { searchFor } from './search.js';

/** What a list of claims may be narrowed to; every condition given has to hold. */
export interface ClaimFilter {
  /** Each of these words is found on it. */
  readonly terms?: readonly Term[];
  /** One of these status codes. */
  readonly status?: readonly string[];
  /** Some assertion on it is by this source. */
  readonly source?: string;
  readonly entity?: string;
  readonly topic?: string;
}

/** What a page of claims is asked for, beside its size. */
export interface ClaimsRequest extends PageRequest {
  /** Of claims that are searched for: what says most first. `before` is then how many were given already. */
  readonly byRelevance?: boolean;
}

/**
 * Under `publicBy` no status is known beforehand: so many claims are believed anew for one page, which may then have fewer
 * items than were asked for, and none, and still a next one.
 */
const MOST_BELIEVED = 1000;

/** Later than every event. */
const LAST = Number.MAX_SAFE_INTEGER - 1;

/** Claims, a page of those that pass the filter, newest first unless asked otherwise. */
export function claimsPage(model: ReadModel, request: ClaimsRequest, filter: ClaimFilter): Page<ClaimItem> {
  const { claims, rest } = candidates(model, request, filter);
  const fits = fitting(model, rest);
  const items: ClaimItem[] = [];
  let last: number | null = null;
  let left = model.query.publicBy === undefined || filter.status === undefined ? Infinity : MOST_BELIEVED;
  for (const [at, id] of claims) {
    if (items.length === request.limit || left-- === 0) return { items, next: last };
    const item = fits(id) ? claimItem(id, model) : undefined;
    if (item !== undefined) items.push(item);
    if (item !== undefined || left < Infinity) last = at;
  }
  return { items, next: null };
}

/** Counts of the claims that pass a filter, by what they may be narrowed to further. */
export type Facet = 'status' | 'source' | 'topic' | 'entity';
export type Facets = Partial<Readonly<Record<Facet, Readonly<Record<string, number>>>>>;

/** Goes through every claim that passes the filter; it may pause at each. The tables must not move meanwhile. */
export function* facetSteps(model: ReadModel, filter: ClaimFilter, facets: readonly Facet[]): Generator<void, Facets> {
  const { claims, rest } = candidates(model, {}, filter);
  const fits = fitting(model, rest);
  const values = valuesOf(model);
  const counts = new Map(facets.map(facet => [facet, new Map<string, number>()]));
  for (const [, id] of claims) {
    yield;
    if (!fits(id)) continue;
    for (const [facet, count] of counts)
      for (const value of values[facet](id)) count.set(value, (count.get(value) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].map(([facet, count]) => [facet, Object.fromEntries(mostFirst(count))]));
}

const mostFirst = (counts: ReadonlyMap<string, number>) =>
  [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));

function valuesOf(model: ReadModel): Readonly<Record<Facet, (claim: string) => Iterable<string>>> {
  const { status, facts } = believing(model);
  return {
    status: claim => [status(claim)].filter(code => code !== undefined),
    source: claim => new Set(speakers(claim, model, facts)),
    topic: claim => new Set(labels(claim, 'topics', model)),
    entity: claim => new Set(labels(claim, 'entities', model)),
  };
}

/** Claims that may pass a filter: where each stands, for the next page to go on after it, and its id; and what is still to be asked. */
function candidates(
  model: ReadModel,
  request: Partial<ClaimsRequest>,
  filter: ClaimFilter,
): { readonly claims: Iterable<readonly [number, string]>; readonly rest: ClaimFilter } {
  const { terms, status, ...rest } = filter;
  if (terms !== undefined) return { claims: found(terms, model, request), rest: filter };
  if (status === undefined || model.query.publicBy !== undefined || !isSettled(model.belief))
    return { claims: newestFirst(model, request), rest: filter };
  return { claims: having(status, model, request), rest };
}

function* newestFirst(model: ReadModel, { before }: Partial<ClaimsRequest>): Generator<readonly [number, string]> {
  const start = before === undefined ? {} : { after: [before] };
  for (const { key, value } of model.claims<string>('inOrder').range({ reverse: true, ...start }))
    yield [key[0] as number, value];
}

function* found(
  terms: readonly Term[],
  model: ReadModel,
  { before, byRelevance }: Partial<ClaimsRequest>,
): Generator<readonly [number, string]> {
  const inOrder = model.claims<string>('inOrder');
  const said = model.query.publicBy === undefined ? undefined : saidThen(model);
  const then = said && ((seq: number, term: Term) => said(inOrder.get([seq]) as string, term));
  const search = searchFor(terms, model.search, then);
  if (byRelevance !== true) {
    for (const seq of search.newestFirst(before)) yield [seq, inOrder.get([seq]) as string];
    return;
  }
  const given = before ?? 0;
  for (const [i, seq] of search.byRelevance().slice(given).entries())
    yield [given + i + 1, inOrder.get([seq]) as string];
}

/** Claims that have one of the statuses: of those that ever had it, which it is is looked up before anything else of them. */
function* having(
  codes: readonly string[],
  model: ReadModel,
  { before }: Partial<ClaimsRequest>,
): Generator<readonly [number, string]> {
  const then = model.upTo ?? LAST;
  for (const seq of everHad(codes, before ?? then + 1, model))
    if (codes.includes(keptStatus(seq, then, model.belief)?.status ?? ''))
      yield [seq, model.claims<string>('inOrder').get([seq]) as string];
}

/** Seqs of the claims that have one of the statuses, or had it once, highest first. */
function* everHad(codes: readonly string[], before: number, model: ReadModel): Generator<number> {
  const lists = [...new Set(codes)].map(code => {
    const prefix = [placeOfStatus(code)];
    const rows = model.belief<number>('everHad').range({ prefix, after: [...prefix, before], reverse: true });
    const steps = rows[Symbol.iterator]();
    const next = () => {
      const row = steps.next();
      return row.done === true ? -1 : (row.value.key[1] as number);
    };
    return { head: next(), next };
  });
  for (;;) {
    const highest = Math.max(...lists.map(({ head }) => head));
    if (highest < 0) return;
    yield highest;
    for (const list of lists) if (list.head === highest) list.head = list.next();
  }
}

function fitting(model: ReadModel, { status, source, entity, topic }: ClaimFilter): (claim: string) => boolean {
  const believed = believing(model);
  const speaks = (id: string, of: string) =>
    model.belief<number>('speaksOn').get([of, id]) !== undefined &&
    (model.query.publicBy === undefined || speakers(id, model, believed.facts).includes(of));
  return id =>
    (source === undefined || speaks(id, source)) &&
    (entity === undefined || labels(id, 'entities', model).includes(entity)) &&
    (topic === undefined || labels(id, 'topics', model).includes(topic)) &&
    (model.holdsAt === undefined || holdsThen(model.claims<ClaimRow>('claims').get([id]) as ClaimRow, model)) &&
    (status === undefined || status.includes(believed.status(id) ?? ''));
}

/** Sources of assertions on a claim; under `publicBy`, of those that count then. */
function speakers(claim: string, { query }: ReadModel, facts: Facts): string[] {
  const said = query.publicBy === undefined ? facts.assertionsOn(claim) : [...spokenOn(facts, claim, query).values()];
  return said.flatMap(({ source }) => (source === undefined ? [] : [source]));
}

const labels = (claim: string, field: 'topics' | 'entities', { claims }: ReadModel): readonly string[] =>
  (claims<ClaimRow>('claims').get([claim])?.fields[field] as readonly string[] | undefined) ?? [];
