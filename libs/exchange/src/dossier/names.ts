import { isRefusal, meant, refuse } from '@credence/contracts';
import type { Refusal, Section } from '@credence/contracts';
import type { ImportPort } from '../import-port.js';

import type { Path } from './pointer.js';
import { referencesIn } from './schema-walk.js';
import type { Surveyed } from './survey.js';
import type { Entry } from './entries.js';

/** What a reference names. Of a capture `id` is its SHA-256 and `stream` its source's. */
export interface Named {
  readonly id: string;
  readonly stream: string;
}

export interface Reference {
  readonly section: Section;
  readonly reference: string;
  readonly path: Path;
}

/** Everything that an entry names. */
export function referencesOf({ section, schema, fields }: Entry): readonly Reference[] {
  const list: Reference[] = [];
  if (section === 'changes') {
    const target = fields['target'] as string;
    const slash = target.indexOf('/');
    list.push({ section: target.slice(0, slash) as Section, reference: target.slice(slash + 1), path: ['target'] });
  }
  for (const { section: named, reference, path } of referencesIn(schema, fields))
    list.push({ section: named as Section, reference, path: shortened(path) });
  return list;
}

/** Of a relay the relay is shown, not the member that names it. */
const shortened = (path: Path) => (path.at(-1) === 'assertion' ? path.slice(0, -1) : path);

/** Ids and streams of what the entries name: in the file first, then in the ledger. */
export class Names {
  private readonly ledger = new Map<string, Promise<Named | Refusal>>();
  private readonly settled = new Map<string, Named>();

  constructor(
    private readonly dossier: string,
    private readonly inFile: ReadonlyMap<string, Surveyed>,
    private readonly port: ImportPort,
  ) {}

  /** The entry of this file that a reference names, if it is one. */
  entry(section: Section, reference: string): Surveyed | undefined {
    return this.inFile.get(`${section}/${reference}`);
  }

  async resolve(section: Section, reference: string): Promise<Named | Refusal> {
    const name = `${section}/${reference}`;
    const known = this.settled.get(name);
    if (known !== undefined) return known;
    const entry = this.inFile.get(name);
    const named = entry === undefined ? await this.fromLedger(section, reference) : await this.ofEntry(entry);
    if (!isRefusal(named)) this.settled.set(name, named);
    return named;
  }

  /** What `resolve` found before. */
  found(section: Section, reference: string): Named {
    const named = this.settled.get(`${section}/${reference}`);
    if (named === undefined) throw new Error(`${section}/${reference} was not resolved before it was used`);
    return named;
  }

  /** "in the file or in the ledger", with the nearest key. */
  unknown(section: Section, reference: string, refusal: Refusal): string {
    if (refusal.refused === 'ambiguous-reference') return refusal.detail;
    const keys: string[] = [];
    for (const { entry } of this.inFile.values()) if (entry.section === section) keys.push(entry.key);
    const noun = section.slice(0, -1);
    return reference.includes(':')
      ? `no ${noun} "${reference}" in the ledger; import that dossier first${meant(reference, keys)}`
      : `no ${noun} "${reference}" in the file or in the ledger${meant(reference, keys)}`;
  }

  private fromLedger(section: Section, reference: string): Promise<Named | Refusal> {
    const name = `${section}/${reference}`;
    let asked = this.ledger.get(name);
    if (asked === undefined) this.ledger.set(name, (asked = this.ask(section, reference)));
    return asked;
  }

  private async ask(section: Section, reference: string): Promise<Named | Refusal> {
    if (reference.includes(':')) return this.port.resolve(section, reference);
    // An entry that is gone from the file is still this dossier's.
    const own = await this.port.resolve(section, `${this.dossier}:${reference}`);
    return isRefusal(own) ? this.port.resolve(section, reference) : own;
  }

  private async ofEntry({ entry, bytes }: Surveyed): Promise<Named | Refusal> {
    const { section, key } = entry;
    const id = bytes?.sha256 ?? this.port.entryId(this.dossier, section, key);
    const home = homeOf(entry);
    if (home === undefined) return { id, stream: `${section.slice(0, -1)}-${id}` };
    const { section: at, reference } = home;
    if (section === 'changes' && this.inFile.get(`${at}/${reference}`)?.entry.fields['kind'] === 'reinstate')
      return refuse('unknown-reference', `${at}/${reference} is no retraction`);
    const owner = await this.resolve(at, reference);
    return isRefusal(owner) ? owner : { id, stream: owner.stream };
  }
}

/** The thing in whose stream an entry is recorded; none where it has a stream of its own. */
export function homeOf({
  section,
  fields,
}: Entry): { readonly section: Section; readonly reference: string } | undefined {
  const at = (field: string, home: Section) => ({ section: home, reference: fields[field] as string });
  switch (section) {
    case 'sources':
    case 'claims':
    case 'units':
      return undefined;
    case 'captures':
      return at('source', 'sources');
    case 'assertions':
    case 'decisions':
      return at('claim', 'claims');
    case 'links':
      return at(fields['kind'] === 'supersedes' ? 'to' : 'from', 'claims');
    case 'derivations':
      return at('conclusion', 'claims');
    case 'changes': {
      const target = fields['target'] as string;
      const slash = target.indexOf('/');
      return { section: target.slice(0, slash) as Section, reference: target.slice(slash + 1) };
    }
  }
}
