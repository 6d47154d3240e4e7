import { ID_PATTERN, isRefusal, KEY_PATTERN, LedgerError, refuse } from '@credence/contracts';
import type { Refusal, Section } from '@credence/contracts';
import type { ReadTables } from '@credence/kernel';
import type { Imported, Keyed, ReadModel, Thing } from '@credence/views';

/** A thing that a reference named. */
export interface Named {
  readonly section: Section;
  readonly id: string;
  /** The stream that it lives in. */
  readonly stream: string;
}

/** As a client is told of it; `claim`: on which an assertion, a link, a derivation or a decision stands. */
export interface Located {
  readonly section: Section;
  readonly id: string;
  readonly claim?: string;
}

const ID = new RegExp(ID_PATTERN);
const SHA256 = /^[0-9a-f]{64}$/;
const KEY = new RegExp(KEY_PATTERN);
const PREFIX = /^([a-z2-7]{6,25}|[0-9a-f]{6,63})$/;
const QUALIFIED = /^([a-z0-9-]{1,64}):(.+)$/;
const MOST_CANDIDATES = 10;
const CATEGORY: Partial<Record<Section, string>> = { sources: 'source', claims: 'claim', units: 'unit' };

export const isId = (reference: string): boolean => ID.test(reference);

/** Whether some dossier has the key in that section. */
export const isKey = (section: Section, reference: string, references: ReadTables): boolean =>
  Array.from(references<string>('keys').range({ prefix: [section, reference], limit: 1 })).length > 0;

/** The subject of a stream named by its id. No view is asked, so none can lag: whether it exists the store says. */
export function byId(section: Section, reference: string): Named | undefined {
  const category = CATEGORY[section];
  return category === undefined || !isId(reference)
    ? undefined
    : { section, id: reference, stream: `${category}-${reference}` };
}

/**
 * What a reference names among the things of a section: an id, `<dossier>:<key>`, a key that one dossier has, or a
 * unique prefix of an id of six characters or more; tried in this order (WIRE.md, "Ids and references").
 *
 * @returns the thing; `ambiguous-reference` with the candidates; or undefined if it names nothing
 */
export function resolve(section: Section, reference: string, references: ReadTables): Named | Refusal | undefined {
  const things = references<Thing>('things');
  const named = (id: string | undefined): Named | undefined => {
    const thing = id === undefined ? undefined : things.get([section, id]);
    return thing === undefined ? undefined : { section, id: id as string, stream: thing.stream };
  };
  if (ID.test(reference) || SHA256.test(reference)) {
    const found = named(reference);
    if (found !== undefined) return found;
  }
  const qualified = QUALIFIED.exec(reference);
  if (qualified !== null) return byEntry(section, qualified[1] as string, qualified[2] as string, references);
  if (KEY.test(reference)) {
    const keys = Array.from(references<Keyed>('keys').range({ prefix: [section, reference], limit: MOST_CANDIDATES }));
    if (keys.length > 1)
      return ambiguous(
        section,
        reference,
        keys.map(({ key }) => `${String(key[2])}:${reference}`),
      );
    if (keys[0] !== undefined) return byEntry(section, keys[0].key[2] as string, reference, references);
  }
  if (!PREFIX.test(reference)) return undefined;
  const ids: string[] = [];
  for (const { key } of things.range({ after: [section, reference], prefix: [section], limit: MOST_CANDIDATES })) {
    const id = key[1] as string;
    if (!id.startsWith(reference)) break;
    ids.push(id);
  }
  return ids.length > 1 ? ambiguous(section, reference, ids) : named(ids[0]);
}

/** What an entry of a dossier is called by. A capture's stream is that of the source whose capture the entry is. */
function byEntry(section: Section, dossier: string, key: string, references: ReadTables): Named | undefined {
  const entry = references<Imported>('entries').get([dossier, section, key]);
  const id = references<Keyed>('keys').get([section, key, dossier])?.id;
  return entry === undefined || id === undefined ? undefined : { section, id, stream: entry.stream };
}

const ambiguous = (section: Section, reference: string, candidates: readonly string[]): Refusal => ({
  ...refuse('ambiguous-reference', `${section}/${reference} may be ${candidates.join(' or ')}`),
  candidates,
});

/**
 * @param when - of a read of an earlier moment: when that was
 * @throws not-found, ambiguous-reference
 */
export function found(named: Named | Refusal | undefined, section: Section, reference: string, when = ''): Named {
  if (named === undefined)
    throw new LedgerError('not-found', `no ${SINGULAR[section]} is called "${reference}"${when}`);
  if ('refused' in named) throw new LedgerError(named.refused, named.detail, [], named.candidates);
  return named;
}

/**
 * What a reference names in any of the sections, or in the one that it says itself.
 *
 * @throws not-found, ambiguous-reference
 */
export function located(reference: string, sections: readonly Section[], references: ReadTables): Located {
  const slash = /^([a-z]+)\/(.+)$/.exec(reference);
  const tried = slash === null ? sections : sections.filter(section => section === slash[1]);
  const hits = tried
    .map(section => resolve(section, slash?.[2] ?? reference, references))
    .filter(hit => hit !== undefined);
  const refused = hits.find(isRefusal);
  const things = hits.filter((hit): hit is Named => !isRefusal(hit));
  if (things.length > 1)
    throw new LedgerError(
      'ambiguous-reference',
      `"${reference}" may be ${things.map(t => `${t.section}/${t.id}`).join(' or ')}`,
      [],
      things.map(t => `${t.section}/${t.id}`),
    );
  const thing = things[0];
  if (thing === undefined) {
    if (refused !== undefined) throw new LedgerError(refused.refused, refused.detail, [], refused.candidates);
    throw new LedgerError('not-found', `nothing among ${sections.join(', ')} is called "${reference}"`);
  }
  const claim = thing.stream.startsWith('claim-') ? { claim: thing.stream.slice('claim-'.length) } : {};
  return { section: thing.section, id: thing.id, ...claim };
}

export const SINGULAR: Readonly<Record<Section, string>> = {
  sources: 'source',
  captures: 'capture',
  claims: 'claim',
  assertions: 'assertion',
  units: 'unit',
  links: 'link',
  derivations: 'derivation',
  decisions: 'decision',
  changes: 'retraction or supersession',
};

/** A reference may say its own section; where the section is known already it only has to agree. */
export const bare = (section: Section, reference: string) =>
  reference.startsWith(`${section}/`) ? reference.slice(section.length + 1) : reference;

/** A filter that names a source which does not exist is a wrong parameter, not a missing page. */
export function sourceNamedIn(reference: string, { references }: Pick<ReadModel, 'references'>): string {
  const named = resolve('sources', bare('sources', reference), references);
  if (named === undefined)
    throw new LedgerError('invalid-parameter', `source: no source is called "${reference}"`, [
      { pointer: 'source', code: 'unknown-reference', detail: `no source is called "${reference}"` },
    ]);
  return found(named, 'sources', reference).id;
}
