import type { LedgerEvent } from '@credence/contracts';
import type { Tables, View } from '@credence/kernel';
import { keyOf } from './retractions.js';
import { changed, fieldsOf } from './things.js';
import type { Fields } from './things.js';

/** A thing whose words can be found: the seq of its recording, and what they are now. */
interface Found {
  readonly seq: number;
  /** Seq of the claim's recording, of an assertion. */
  readonly of: number;
  readonly fields: Fields;
}

/** How much it says that a word stands there. */
const WEIGHT = { claim: 4, source: 2, assertion: 1 };

/**
 * The words of claims, of what is said for and against them, and of the sources that say it. Sources' names have an index
 * of their own, joined when somebody asks: one who gives another name touches no claim.
 */
export const searchView = {
  name: 'search',
  version: 1,
  tables: {
    /** claim -> Found: text, topics, entities, note, key */
    claims: { key: ['text'] },
    /** assertion -> Found: quotation, locator, notes, key */
    assertions: { key: ['text'] },
    /** source -> Found: name, description, titles, key */
    sources: { key: ['text'] },
    /** seq of a source, seq of a claim -> true: it speaks there */
    speaksOn: { key: ['integer', 'integer'] },
  },
  /** Documents of claims and their assertions, under the seq of the claim; and of sources, under their own. */
  search: ['claimWords', 'sourceWords'],
  apply(event, tables) {
    switch (event.type) {
      case 'ClaimRecorded':
        return put('claim', subjectOf(event), first(event), tables);
      case 'ClaimCorrected':
      case 'ClaimRevised':
        return change('claim', subjectOf(event), event, tables);
      case 'SourceRegistered':
        return put('source', subjectOf(event), first(event), tables);
      case 'SourceDescribed':
        return change('source', subjectOf(event), event, tables);
      case 'AssertionRecorded': {
        const claim = tables<Found>('claims').get([subjectOf(event)]);
        if (claim === undefined) throw new Error(`${event.stream}: an assertion before ClaimRecorded`);
        const speaker = tables<Found>('sources').get([event.data.source ?? '']);
        if (speaker !== undefined) tables<true>('speaksOn').put([speaker.seq, claim.seq], true);
        return put('assertion', event.data.assertion, { ...first(event), of: claim.seq }, tables);
      }
      case 'AssertionCorrected':
      case 'AssertionRevised':
        return change('assertion', event.data.assertion, event, tables);
    }
  },
} satisfies View;

type Kind = keyof typeof WEIGHT;

/** What of a thing's fields is found. */
const SEARCHED: Readonly<Record<Kind, readonly string[]>> = {
  claim: ['key', 'text', 'topics', 'entities', 'note'],
  source: ['key', 'name', 'describedAs', 'cite'],
  assertion: ['key', 'passage', 'locator', 'note', 'stanceReason', 'holdReason'],
};

/** Of a passage and of a citation. */
const SEARCHED_INSIDE = ['exact', 'title', 'container-title', 'publisher', 'number'];

const subjectOf = ({ stream }: LedgerEvent): string => stream.slice(stream.indexOf('-') + 1);

const first = (event: LedgerEvent): Found => ({
  seq: event.seq,
  of: event.seq,
  fields: { ...keyOf(event), ...fieldsOf(event) },
});

function put(kind: Kind, id: string, { seq, of, fields }: Found, tables: Tables): void {
  const searched = Object.fromEntries(
    SEARCHED[kind].flatMap(name => (name in fields ? [[name, searchedIn(fields[name])]] : [])),
  );
  tables<Found>(`${kind}s`).put([id], { seq, of, fields: searched });
  const text = Object.values(searched).flatMap(texts).join('\n');
  tables.index(kind === 'source' ? 'sourceWords' : 'claimWords').put(seq, of, WEIGHT[kind], text);
}

function change(
  kind: Kind,
  id: string,
  {
    data,
    words,
  }: LedgerEvent<'ClaimCorrected' | 'ClaimRevised' | 'SourceDescribed' | 'AssertionCorrected' | 'AssertionRevised'>,
  tables: Tables,
): void {
  const found = tables<Found>(`${kind}s`).get([id]);
  if (found === undefined) throw new Error(`a change of the ${kind} ${id}, which was not recorded`);
  put(kind, id, { ...found, fields: changed(found.fields, data.set, words.set ?? {}) }, tables);
}

/** Of an object only what is found in it. */
const searchedIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([name]) => SEARCHED_INSIDE.includes(name)))
    : value;

const texts = (value: unknown): string[] =>
  typeof value === 'string' || typeof value === 'number'
    ? [String(value)]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(texts)
      : [];
