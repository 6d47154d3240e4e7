import { spokenOn } from '@credence/belief';
import { wordsOf } from '@credence/kernel';
import type { Term } from '@credence/kernel';
import type { AssertionRow } from '../assertion-row.js';
import type { ClaimRow } from '../claim-row.js';
import { searchedText, WEIGHT } from '../search.view.js';
import type { Kind } from '../search.view.js';
import type { SourceRow } from '../source-row.js';
import type { Fields } from '../things.js';
import { believing } from './believing.js';
import { assertionsOn } from './claim.js';
import type { ReadModel } from './model.js';

/**
 * Under `publicBy`: how much a claim says of a term by what could be known then. Its own words are the ledger's and always
 * there; of assertions only those that count, in the last of the versions that had all been said; of sources only those
 * who had spoken on it.
 *
 * @returns 0 where the term is not found so
 */
export function saidThen(model: ReadModel): (claim: string, term: Term) => number {
  const { facts } = believing(model);
  const read = new Map<string, readonly (readonly [number, readonly string[]])[]>();
  const wordsIn = (kind: Kind, row: Keyed | undefined) =>
    [WEIGHT[kind], row === undefined ? [] : wordsOf(searchedText(kind, withKey(row)))] as const;
  const documents = (claim: string) => {
    const spoken = spokenOn(facts, claim, model.query);
    return [
      wordsIn('claim', model.claims<ClaimRow>('claims').get([claim])),
      ...assertionsOn(claim, model).flatMap(row => {
        const speaks = spoken.get(row.id);
        if (speaks === undefined) return [];
        const { source, said } = speaks;
        const speaker = source === undefined ? undefined : model.sources<SourceRow>('sources').get([source]);
        return [wordsIn('assertion', versionOf(row, said)), wordsIn('source', speaker)];
      }),
    ];
  };
  return (claim, { word, prefix }) => {
    let known = read.get(claim);
    if (known === undefined) read.set(claim, (known = documents(claim)));
    const found = known.filter(([, words]) => words.some(w => w === word || (prefix && w.startsWith(word))));
    return Math.max(0, ...found.map(([weight]) => weight));
  };
}

type Keyed = { readonly key?: string; readonly fields: Fields };

const withKey = ({ key, fields }: Keyed): Fields => (key === undefined ? fields : { key, ...fields });

function versionOf({ key, fields, versions }: AssertionRow, said: number): Keyed | undefined {
  const then = said === 0 ? undefined : said === 1 ? fields : versions[said - 2]?.fields;
  return then === undefined ? undefined : { ...(key === undefined ? {} : { key }), fields: then };
}
