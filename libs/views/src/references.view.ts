import { madeBy } from '@credence/contracts';
import type { LedgerEvent, Section } from '@credence/contracts';
import type { RememberingView, Row } from '@credence/kernel';

/** A thing that a reference can name. */
export interface Thing {
  readonly section: Section;
  /** The stream that it lives in. */
  readonly stream: string;
  /** `<dossier>:<key>` */
  readonly key?: string;
  /** Of the event that made it. */
  readonly seq: number;
}

/** What a key stands for, and since when it stands for anything. */
export interface Keyed {
  readonly id: string;
  readonly first: number;
}

/** What was last imported for an entry of a dossier. */
export interface Imported {
  readonly id: string;
  readonly stream: string;
  readonly contentHash: string;
  readonly event: string;
  readonly seq: number;
  /** Of the first event that was imported for it. */
  readonly first: number;
}

/** Every thing by id and by the key that a dossier gave it; and what was last imported for each entry. */
export const referencesView = {
  name: 'references',
  version: 5,
  tables: {
    /** section, id -> Thing */
    things: { key: ['text', 'text'] },
    /** section, key, dossier -> Keyed */
    keys: { key: ['text', 'text', 'text'] },
    /** dossier, section, key -> Imported */
    entries: { key: ['text', 'text', 'text'] },
  },
  past: {
    things: { how: 'since', seq: ({ value }: Row<Thing>) => value.seq },
    keys: { how: 'revised', seq: (keyed: Keyed) => keyed.first },
    entries: { how: 'revised', seq: (imported: Imported) => imported.first },
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
        things.put([section, made], { section, stream, ...key, seq });
    }
    if (entry === undefined) return;
    const keys = tables<Keyed>('keys');
    const at = [entry.section, entry.key, entry.dossier];
    // A later edit of an entry keeps the id that its first event made.
    const known = keys.get(at);
    const keyed = known === undefined || section === entry.section ? { id: made, first: known?.first ?? seq } : known;
    if (keyed !== known) keys.put(at, keyed);
    const entries = tables<Imported>('entries');
    const place = [entry.dossier, entry.section, entry.key];
    const { contentHash } = entry;
    const first = entries.get(place)?.first ?? seq;
    entries.put(place, { id: keyed.id, stream, contentHash, event: event.id, seq, first });
  },
} satisfies RememberingView;

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
