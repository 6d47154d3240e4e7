import type { LedgerEvent } from '@credence/contracts';
import { wordsOf } from '@credence/kernel';
import type { RememberingView, Row, Tables } from '@credence/kernel';
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

/** Which thing a document is, and since when it has the words that it has. */
interface Changed {
  readonly kind: Kind;
  readonly id: string;
  readonly since: number;
}

/** How much it says that a word stands there. */
export const WEIGHT = { claim: 4, source: 2, assertion: 1 };

/**
 * The words of claims, of what is said for and against them, and of the sources that say it. Sources' names have an index
 * of their own, joined when somebody asks: one who gives another name touches no claim.
 */
export const searchView = {
  name: 'search',
  version: 5,
  tables: {
    /** claim -> Found: text, topics, entities, note, key */
    claims: { key: ['text'] },
    /** assertion -> Found: quotation, locator, notes, key */
    assertions: { key: ['text'] },
    /** source -> Found: name, description, titles, key */
    sources: { key: ['text'] },
    /** seq of a source, seq of a claim -> seq since when it speaks there */
    speaksOn: { key: ['integer', 'integer'] },
    /** document -> Changed, if its words have changed */
    changed: { key: ['integer'] },
  },
  past: {
    claims: { how: 'revised', seq: (found: Found) => found.seq },
    assertions: { how: 'revised', seq: (found: Found) => found.seq },
    sources: { how: 'revised', seq: (found: Found) => found.seq },
    speaksOn: { how: 'since', seq: ({ value }: Row<number>) => value },
  },
  /**
   * Documents of claims and their assertions, under the seq of the claim; and of sources, under their own. In `…Lost` the
   * words that one lost by a change.
   */
  search: ['claimWords', 'sourceWords', 'claimWordsLost', 'sourceWordsLost'],
  documentThen(id, seq, now, then) {
    const changed = now<Changed>('changed').get([id]);
    if (changed === undefined || changed.since <= seq) return undefined;
    const found = then<Found>(`${changed.kind}s`).get([changed.id]);
    return found === undefined ? undefined : { of: found.of, weight: WEIGHT[changed.kind], text: textOf(found.fields) };
  },
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
        const speaks = speaker === undefined ? undefined : [speaker.seq, claim.seq];
        if (speaks !== undefined && tables<number>('speaksOn').get(speaks) === undefined)
          tables<number>('speaksOn').put(speaks, event.seq);
        return put('assertion', event.data.assertion, { ...first(event), of: claim.seq }, tables);
      }
      case 'AssertionCorrected':
      case 'AssertionRevised':
        return change('assertion', event.data.assertion, event, tables);
    }
  },
} satisfies RememberingView;

export type Kind = keyof typeof WEIGHT;

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
  const found = searched(kind, fields);
  tables<Found>(`${kind}s`).put([id], { seq, of, fields: found });
  tables.index(indexOf(kind)).put(seq, of, WEIGHT[kind], textOf(found));
}

const indexOf = (kind: Kind) => (kind === 'source' ? 'sourceWords' : 'claimWords');
const textOf = (fields: Fields): string => Object.values(fields).flatMap(texts).join('\n');

function searched(kind: Kind, fields: Fields): Fields {
  const found: Record<string, unknown> = {};
  for (const name of SEARCHED[kind]) if (name in fields) found[name] = searchedIn(fields[name]);
  return found;
}

/** What of a thing's fields is found, as one text. */
export const searchedText = (kind: Kind, fields: Fields): string => textOf(searched(kind, fields));

function change(
  kind: Kind,
  id: string,
  event: LedgerEvent<'ClaimCorrected' | 'ClaimRevised' | 'SourceDescribed' | 'AssertionCorrected' | 'AssertionRevised'>,
  tables: Tables,
): void {
  const found = tables<Found>(`${kind}s`).get([id]);
  if (found === undefined) throw new Error(`a change of the ${kind} ${id}, which was not recorded`);
  const before = textOf(found.fields);
  put(kind, id, { ...found, fields: changed(found.fields, event.data.set, event.words.set ?? {}) }, tables);
  const after = textOf(tables<Found>(`${kind}s`).get([id])?.fields ?? {});
  if (after === before) return;
  tables<Changed>('changed').put([found.seq], { kind, id, since: event.seq });
  const kept = new Set(wordsOf(after));
  const lost = [...new Set(wordsOf(before))].filter(word => !kept.has(word));
  if (lost.length > 0) tables.index(`${indexOf(kind)}Lost`).put(event.seq, found.seq, 1, lost.join(' '));
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
