import type { CitationFacts, CitedChain, CitedHop } from '@credence/views';
import { cslDate } from './csl-date.js';
import { cslFields } from './csl-fields.js';
import type { CslItem } from './csl.js';
import { chicagoDate } from './date-words.js';
import type { LookUp } from './look-up.js';
import { holdWords, placeWords } from './places.js';

/** The claim's entry in the ledger, then everything that its citation names, outermost documents first; each once. */
export function cslItems(facts: CitationFacts, at: LookUp): CslItem[] {
  const items = new Map<string, CslItem>([['', entryItem(facts, at)]]);
  for (const chain of facts.chains)
    for (const [i, hop] of chain.hops.entries()) {
      if (items.has(hop.assertion)) continue;
      items.set(hop.assertion, { ...itemOf(hop), note: noteOf(hop, chain, i) });
    }
  return [...items.values()];
}

/** The place in the ledger itself: the statement is ours, and so has no author. */
export function entryItem(facts: CitationFacts, { ledger, token, recordedAt, link }: LookUp): CslItem {
  const issued = recordedAt === null ? undefined : cslDate(recordedAt.slice(0, 10));
  return {
    id: facts.claim,
    type: 'entry',
    title: facts.statement,
    'container-title': `Credence ledger ${ledger}`,
    ...(token === null ? {} : { version: token }),
    status: facts.status,
    ...(issued === undefined ? {} : { issued }),
    ...(link.now.startsWith('/') ? {} : { URL: link.now }),
    archive: `Credence ledger ${ledger}`,
    archive_location: link.asCited,
    note: facts.headline,
  };
}

/** One who says it, as CSL describes a source: what was entered of it, completed by what the assertion knows. */
export function itemOf(hop: CitedHop): CslItem {
  const { type = typeOf(hop), title, ...fields } = cslFields(hop.cite) as { type?: string; title?: string };
  const issued = (fields as Record<string, unknown>)['issued'] ?? cslDate(hop.assertedAt.edtf);
  const { url, retrievedAt } = hop.capture?.of === undefined ? (hop.capture ?? {}) : {};
  const accessed = retrievedAt === undefined ? undefined : cslDate(retrievedAt.edtf);
  const locator = placeWords(hop);
  return {
    id: hop.assertion,
    type,
    ...named(hop, type, fields),
    ...(title === undefined ? {} : { title }),
    ...(url === undefined ? {} : { URL: url }),
    ...fields,
    ...(issued === undefined ? {} : { issued }),
    ...(accessed === undefined ? {} : { accessed }),
    ...(locator === '' ? {} : { locator }),
  };
}

const typeOf = ({ kind, hold, cite }: CitedHop): string =>
  kind === 'person' && hold === 'held' && Object.keys(cite).length === 0 ? 'personal_communication' : 'document';

const IN_A_CONTAINER = [
  'article-newspaper',
  'article-magazine',
  'article-journal',
  'webpage',
  'post',
  'post-weblog',
  'broadcast',
];

/** Where nothing else is on record, who or what the source is called says its part: of a record the title, of a paper the paper. */
function named({ kind, name, source }: CitedHop, type: string, fields: Readonly<Record<string, unknown>>) {
  if (source === null) return { title: name };
  if (kind === 'record') return { title: name };
  if (kind !== 'person' && IN_A_CONTAINER.includes(type))
    return fields['container-title'] === undefined ? { 'container-title': name } : {};
  return { author: [{ literal: name }] };
}

function noteOf(hop: CitedHop, { hops, side, of }: CitedChain, index: number): string {
  const behind = hops.slice(index + 1).map(next => {
    const when = chicagoDate(cslDate(next.assertedAt.edtf));
    return [next.name, placeWords(next), when].filter(part => part !== undefined && part !== '').join(', ');
  });
  return [
    ...(typeof hop.cite['note'] === 'string' ? [hop.cite['note']] : []),
    ...(side === 'against' ? ['Against the claim.'] : []),
    ...(of === undefined ? [] : [`Of the linked claim ${of.claim}: ${of.statement}`]),
    holdWords(hop),
    ...(behind.length === 0 ? [] : [`On the strength of: ${behind.join('; ')}.`]),
  ].join(' ');
}
