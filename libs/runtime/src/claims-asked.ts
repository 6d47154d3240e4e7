import { LedgerError, meant } from '@credence/contracts';
import { termsOf } from '@credence/kernel';
import type { Term } from '@credence/kernel';
import type { ClaimFilter, Facet, ReadModel } from '@credence/views';
import type { ClaimsParameters } from './ledger.js';
import { statusesOf } from './parameters.js';
import { sourceNamedIn } from './references.js';

/** What a list of claims is asked for beside its filters. */
export interface ClaimsAsked {
  readonly terms?: readonly Term[];
  readonly byRelevance: boolean;
  readonly facets: readonly Facet[];
}

const FACETS: readonly Facet[] = ['status', 'source', 'topic', 'entity'];
const MOST_CHARACTERS = 1000;

const invalid = (parameter: string, detail: string): LedgerError =>
  new LedgerError('invalid-parameter', `${parameter}: ${detail}`, [{ pointer: parameter, code: 'invalid', detail }]);

/** `q`, `sort` and `facets`, read and checked. @throws invalid-parameter */
export function claimsAsked({ q, sort, facets, asOf }: ClaimsParameters): ClaimsAsked {
  if (sort !== undefined && sort !== 'relevance')
    throw invalid('sort', `found "${sort}", wanted relevance, or nothing`);
  if (sort !== undefined && q === undefined) throw invalid('sort', 'relevance to what? It goes with q alone');
  if (sort !== undefined && asOf !== undefined) throw invalid('sort', 'relevance goes without asOf');
  return {
    ...(q === undefined ? {} : { terms: termsIn(q) }),
    byRelevance: sort !== undefined,
    facets: facets === undefined ? [] : facetsIn(facets),
  };
}

/** The filters of a list of claims. @throws invalid-parameter */
export function filterIn(
  { status, source, entity, topic, terms }: ClaimsParameters & Pick<ClaimsAsked, 'terms'>,
  model: ReadModel,
): ClaimFilter {
  return {
    ...(terms === undefined ? {} : { terms }),
    ...(status === undefined ? {} : { status: statusesOf(status) }),
    ...(source === undefined ? {} : { source: sourceNamedIn(source, model) }),
    ...(entity === undefined ? {} : { entity }),
    ...(topic === undefined ? {} : { topic }),
  };
}

function termsIn(q: string): readonly Term[] {
  if (q.length > MOST_CHARACTERS)
    throw invalid('q', `has ${String(q.length)} characters, and at most ${String(MOST_CHARACTERS)} are read`);
  const terms = termsOf(q);
  if (typeof terms === 'string') throw invalid('q', terms);
  return terms;
}

function facetsIn(text: string): readonly Facet[] {
  const names = [...new Set(text.split(','))];
  const unknown = names.find(name => !FACETS.includes(name as Facet));
  if (unknown !== undefined)
    throw invalid('facets', `found "${unknown}", wanted ${FACETS.join(', ')}${meant(unknown, FACETS)}`);
  return names as Facet[];
}
