import { MAX_DOSSIER_ENTRIES, SECTIONS } from '@credence/contracts';
import { expandChains, local } from './chains.js';
import { entryOf, Findings, headOf, itemsOfSection, keyOf } from './entries.js';
import type { Entry, Head } from './entries.js';
import { isFile, readFile } from './file.js';
import type { DossierFile, Item } from './item.js';
import { Gathered } from './gathered.js';
import { chainAsRead, ENTRY_SCHEMAS } from './schema.js';
import { isRecord, own, referencesIn } from './schema-walk.js';
import type { Schema } from './schema-walk.js';
import type { ImportProblem } from '../import-port.js';

/** A dossier as read: what stands in it, and what cannot. */
export interface Dossier {
  readonly head: Head;
  /** In file order, section by section; by `<section>/<key>`. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Names of entries that something is wrong with. */
  readonly rejected: ReadonlySet<string>;
  readonly problems: readonly ImportProblem[];
  readonly warnings: readonly ImportProblem[];
}

/** A file that is none. */
export interface Unread {
  readonly problems: readonly ImportProblem[];
}

/**
 * Reads a dossier, entry by entry; or says why the file is none.
 *
 * @param most - entries; all are in memory at once
 */
export async function readDossier(
  file: string,
  bytes: Uint8Array,
  most = MAX_DOSSIER_ENTRIES,
): Promise<Dossier | Unread> {
  const read = await readFile(file, bytes, schemaOfSection);
  if (!isFile(read)) return { problems: [read] };
  const findings = new Findings(file);
  const warnings = new Findings(file);
  const head = headOf(read, findings);
  if (head === undefined) return { problems: findings.list };
  const count = entriesIn(read);
  if (count > most) {
    findings.add({ pointer: '', line: 1 }, tooMany(count, most));
    return { problems: findings.list };
  }
  const gathered = new Gathered(findings);
  for (const section of SECTIONS)
    for (const item of itemsOfSection(read, section, findings)) {
      const key = keyOf(item, section);
      const free = key === undefined || gathered.claim(section, key, () => item.place(['key']));
      if (!free) continue;
      const entry = entryOf(item, section, findings);
      if (entry !== undefined) gathered.add(entry);
      else if (key !== undefined) {
        const value = section === 'assertions' ? item.value(ENTRY_SCHEMAS.assertions, []) : undefined;
        gathered.reject(section, key, isRecord(value) ? value : {});
      }
    }
  expandChains(itemsOfSection(read, 'chains', findings), head.id, gathered, warnings);
  for (const entry of gathered.entries.values()) withLocalNames(entry, head.id);
  return {
    head,
    entries: gathered.entries,
    rejected: gathered.rejected,
    problems: findings.list,
    warnings: warnings.list,
  };
}

/** Entries of all sections; of a chain, its hops. */
function entriesIn({ members }: DossierFile): number {
  const lengths = members.flatMap(({ name, items = [] }) => (name === 'chains' ? items.map(hopsIn) : [items.length]));
  return lengths.reduce((sum, length) => sum + length, 0);
}

function hopsIn(chain: Item): number {
  const value = chain.value(chainAsRead, []);
  const hops = isRecord(value) ? value['hops'] : undefined;
  return Array.isArray(hops) ? hops.length : 1;
}

const tooMany = (count: number, most: number) => ({
  code: 'too-large',
  detail: `the file has ${String(count)} entries, and at most ${String(most)} are read`,
  found: `${String(count)} entries`,
  wanted: `at most ${String(most)} entries; divide it into several dossiers`,
});

export const isDossier = (dossier: Dossier | Unread): dossier is Dossier => 'entries' in dossier;

const schemaOfSection = (section: string): Schema | undefined =>
  section === 'chains' ? chainAsRead : own(ENTRY_SCHEMAS as Readonly<Record<string, Schema>>, section);

/** `<this dossier>:<key>` and `<key>` are one reference. */
function withLocalNames({ section, schema, fields }: Entry, dossier: string): void {
  for (const { reference, holder, member } of referencesIn(schema, fields)) holder[member] = local(reference, dossier);
  if (section !== 'changes') return;
  const target = fields['target'] as string;
  const slash = target.indexOf('/') + 1;
  (fields as Record<string, unknown>)['target'] = target.slice(0, slash) + local(target.slice(slash), dossier);
}
