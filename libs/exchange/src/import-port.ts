import type { LedgerEvent, Refusal, Section } from '@credence/contracts';
import type { Receipt } from '@credence/kernel';

/** One command of an import, on one stream. References in `data` are ids already; nothing is left to resolve. */
export interface ImportCommand {
  /** The event in the imperative: `RecordClaim`. */
  readonly command: string;
  readonly stream: string;
  /** The thing acted upon; of a new subject: its id. */
  readonly target: string;
  /** Id of the thing that the command makes, where it makes one: the entry's own id. */
  readonly made?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly words: Readonly<Record<string, unknown>>;
  /** The entry that it is written for. `lastEvent`: id of the event last imported for it, else empty. */
  readonly entry: {
    readonly dossier: string;
    readonly section: Section;
    readonly key: string;
    readonly contentHash: string;
    readonly lastEvent: string;
  };
}

/** What was last imported for an entry. */
export interface LastImport {
  /** Of the thing. */
  readonly id: string;
  readonly stream: string;
  readonly contentHash: string;
  readonly event: string;
}

/**
 * What an importer needs of the ledger that it writes to. For a dry run it is a port on `rehearsalStore(store)`: later
 * entries see what earlier ones would have recorded, and nothing is kept, captures neither.
 */
export interface ImportPort {
  /** The id of an entry's thing; the same at every import (WIRE.md, "Ids"). */
  entryId(dossier: string, section: Section, key: string): string;
  /** Of an entry's content, for "was it edited?"; keyed, so that nobody can confirm guessed words. */
  contentHash(content: unknown): string;
  /** What was last imported for the entry, by any earlier run; sees everything that has been acknowledged. */
  lastImport(dossier: string, section: Section, key: string): Promise<LastImport | undefined>;
  /** Every entry of the dossier that was ever imported. */
  entriesOf(dossier: string): Promise<readonly { readonly section: Section; readonly key: string }[]>;
  /** The thing of another dossier or another door that a reference names; for a capture `id` is its SHA-256. */
  resolve(section: Section, reference: string): Promise<{ readonly id: string; readonly stream: string } | Refusal>;
  /** The events of a stream, oldest first; none if it does not exist. */
  events(stream: string): Promise<readonly LedgerEvent[]>;
  /** Carries the command out. Refusals are values; outages throw. */
  perform(command: ImportCommand): Promise<Performed | Refusal>;
  /** Keeps the bytes of a captured file. */
  putCapture(bytes: AsyncIterable<Uint8Array>): Promise<{ readonly sha256: string; readonly size: number }>;
}

/** A receipt; where the command gives a passage, with how well that was found. */
export type Performed = Receipt & { readonly passageState?: string };

/** A bad or doubtful place in an imported file. */
export interface ImportProblem {
  readonly file: string;
  /** 1-based; 0 where the file has no lines. */
  readonly line: number;
  /** RFC 6901 pointer into the file as read; empty for the file itself. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
  readonly found?: string;
  readonly wanted?: string;
}

/** What an import did (WIRE.md, "Import"), without the pins. Entries are `<section>/<key>`. */
export interface ImportAnswer {
  readonly dossier: string | null;
  readonly new: number;
  readonly unchanged: number;
  readonly corrected: number;
  readonly rejected: readonly ImportProblem[];
  readonly warnings: readonly ImportProblem[];
  readonly collided: readonly { readonly entry: string; readonly detail: string }[];
  readonly gone: readonly string[];
  /** Of a dry run: what would be written, in order. */
  readonly plan?: readonly Planned[];
}

/** What a dry run would write for an entry; where it gives a passage, with how well that is found. */
export interface Planned {
  readonly entry: string;
  readonly command: string;
  readonly passageState?: string;
}
