import { madeBy } from '@credence/contracts';
import type { LedgerEvent, Section } from '@credence/contracts';
import type { View } from '@credence/kernel';

/** A thing that a reference can name. */
export interface Thing {
  readonly section: Section;
  /** The stream that it lives in. */
  readonly stream: string;
  /** `<dossier>:<key>` */
  readonly key?: string;
}

/** What was last imported for an entry of a dossier. */
export interface Imported {
  readonly id: string;
  readonly stream: string;
  readonly contentHash: string;
  readonly event: string;
  readonly seq: number;
}

/** Every thing by id and by the key that a dossier gave it; and what was last imported for each entry. */
export const referencesView = {
  name: 'references',
  version: 1,
  tables: {
    /** section, id -> Thing */
    things: { key: ['text', 'text'] },
    /** section, key, dossier -> id */
    keys: { key: ['text', 'text', 'text'] },
    /** dossier, section, key -> Imported */
    entries: { key: ['text', 'text', 'text'] },
  },
  apply(event, tables) {
    const { stream, seq } = event;
    const { entry } = event.words;
    const made = madeBy(event);
    const section = SECTION_OF[event.type];
    if (section !== undefined) {
      const key = entry === undefined || entry.section !== section ? {} : { key: `${entry.dossier}:${entry.key}` };
      const things = tables<Thing>('things');
      // The same bytes may be captures of two sources: the first keeps the name.
      if (section !== 'captures' || things.get([section, made]) === undefined)
        things.put([section, made], { section, stream, ...key });
    }
    if (entry === undefined) return;
    const keys = tables<string>('keys');
    const at = [entry.section, entry.key, entry.dossier];
    // A later edit of an entry keeps the id that its first event made.
    if (keys.get(at) === undefined || section === entry.section) keys.put(at, made);
    const entries = tables<Imported>('entries');
    const id = keys.get(at) ?? made;
    const { contentHash } = entry;
    entries.put([entry.dossier, entry.section, entry.key], { id, stream, contentHash, event: event.id, seq });
  },
} satisfies View;

/** The section of the thing that an event makes. */
const SECTION_OF: Partial<Record<LedgerEvent['type'], Section>> = {
  SourceRegistered: 'sources',
  CaptureTaken: 'captures',
  ClaimRecorded: 'claims',
  AssertionRecorded: 'assertions',
  UnitDeclared: 'units',
  ClaimsLinked: 'links',
  DerivationRecorded: 'derivations',
  DecisionRecorded: 'decisions',
  SourceRetracted: 'changes',
  ClaimRetracted: 'changes',
  ClaimSuperseded: 'changes',
  AssertionRetracted: 'changes',
};
