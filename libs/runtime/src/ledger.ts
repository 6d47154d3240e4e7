import type { Refusal, Section } from '@credence/contracts';
import type { Receipt, StoredEvent } from '@credence/kernel';
import type {
  BeliefAnswer,
  BlameAnswer,
  CaptureAnswer,
  Cause,
  ChangeItem,
  ClaimDiff,
  ClaimAnswer,
  ChainAnswer,
  Facets,
  HistoryAnswer,
  Foreseen,
  ImpactAnswer,
  PassageAnswer,
  PassageItem,
  PolicyAnswer,
  SourceAnswer,
  SummaryAnswer,
  TimelineAnswer,
  ClaimItem,
  UnitAnswer,
} from '@credence/views';
import type { AnchorAnswer, AnchorQuestion, AroundAnswer, ReanchoringAnswer } from './capture-answers.js';
import type { DoctorAnswer } from './doctor.js';
import type { Located } from './references.js';
import type { Progress, RebuildAnswer, VerifyAnswer } from './operations.js';
import type { CitationAnswer, ImportAnswer } from '@credence/exchange';
import type { Observable } from 'rxjs';

/** What every read may say: the pins of the three axes, and how new the views must be (WIRE.md, "Pins", "Lists"). */
export interface ReadParameters {
  readonly asOf?: string;
  readonly publicBy?: string;
  readonly certainty?: string;
  readonly holdsAt?: string;
  /** Wait until the views hold this event; at most 5 s. */
  readonly after?: string;
}

export interface ListParameters extends ReadParameters {
  readonly limit?: string;
  readonly cursor?: string;
}

/** What a list of claims is narrowed to. */
export interface ClaimsParameters extends ListParameters {
  /** Status codes, divided by commas. */
  readonly status?: string;
  /** A reference to a source that speaks on the claim. */
  readonly source?: string;
  readonly entity?: string;
  readonly topic?: string;
  /** Words, each of which is found on the claim; `*` after one means whatever begins with it. */
  readonly q?: string;
  /** `relevance`: what says most first. With `q` and without `asOf` alone. */
  readonly sort?: string;
  /** Divided by commas: `status`, `source`, `topic`, `entity`. */
  readonly facets?: string;
}

/** Claims; and, if asked for, how many of all that pass the filters have which status, source (by id), topic or entity. */
export interface ClaimList extends List<ClaimItem> {
  readonly facets?: Facets;
}

/** `axis`: `recorded` (default) or `public`. On the public one `publicBy` is where it ends. */
export interface TimelineParameters extends ListParameters {
  readonly axis?: string;
}

/** Two moments, each as `asOf` is written. `to` is `asOf` unless given, else the head; neither lies behind `asOf`. */
export interface SpanParameters extends ReadParameters {
  readonly from?: string;
  readonly to?: string;
}
export interface ChangesParameters extends SpanParameters, ListParameters {}

/** `field`: a member of the claim or of an assertion, or a pointer into it: `text`, `passage/page`. */
export interface BlameParameters extends ReadParameters {
  readonly field?: string;
}

/** WIRE.md, "Diff". */
export interface DiffAnswer extends ClaimDiff {
  readonly claim: string;
  readonly from: Pins['asOf'];
  readonly to: Pins['asOf'];
  /** The events that made the difference, in order. */
  readonly causes: readonly Cause[];
}

/** WIRE.md, "Changes". */
export interface ChangesAnswer extends List<ChangeItem> {
  readonly from: Pins['asOf'];
  readonly to: Pins['asOf'];
  readonly total: number;
}

/** `whatIf`: `retracted`, `dropped` or `grade:<A-G>`. */
export interface ImpactParameters extends ReadParameters {
  readonly whatIf?: string;
}

/** `style`: `chicago-note` (default), `apa`, `csl-json`. `base`: where readers reach the ledger; absent: links are paths. */
export interface CitationParameters extends ReadParameters {
  readonly style?: string;
  readonly base?: string;
}

/** Which moment an answer speaks of. A token pins the same core for ever. */
export interface Pins {
  readonly asOf: {
    readonly seq: number | null;
    readonly effectiveAt: string | null;
    readonly treeSize: number;
    readonly root: string;
    readonly token: string | null;
    readonly final: boolean;
  };
  readonly publicBy?: string;
  readonly certainty?: 'certain' | 'possible';
  readonly holdsAt?: string;
}

export type Pinned<T> = T & { readonly pins: Pins };

export interface List<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly pins: Pins;
}

/** A command as sent, by any door. */
export interface CommandRequest {
  /** The event in the imperative: `RecordClaim`. */
  readonly command: string;
  /** A reference to the existing subject; absent where the command makes it. */
  readonly target?: string;
  /** The claim that the target is said to lie on, where a door names both. */
  readonly within?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly words: Readonly<Record<string, unknown>>;
  readonly actor: string;
  readonly commandId?: string;
  readonly idempotencyKey?: string;
  readonly correlationId?: string;
  /** `If-Match`: the revision that the caller saw. */
  readonly expected?: number;
  readonly dryRun?: boolean;
}

/** What a write came to. `made`: a new subject stands under its own address now. */
export interface Done {
  /** Of a dry run with what it would change; of a quotation with where it was found. */
  readonly receipt: Receipt & Partial<Foreseen> & { readonly passage?: PassageAnswer };
  readonly replayed: boolean;
  readonly made: { readonly section: Section; readonly id: string } | undefined;
}

/** A document as retrieved, by any door. */
export interface CaptureRequest extends Omit<CommandRequest, 'command' | 'target' | 'data' | 'words' | 'within'> {
  /** A reference to the source whose it is. */
  readonly target: string;
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** With its parameters: `charset` says the encoding of a text. */
  readonly mediaType: string;
  /** The other fields (WIRE.md, "Dossier", captures). */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A capture with its bytes. */
export interface CapturedBytes {
  readonly sha256: string;
  readonly mediaType: string;
  readonly size: number;
  /** Checked while they are read: bytes that are no longer what the name says end in `store-unavailable`. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** `source`: whose capture is meant, where two sources have the same bytes. */
export interface CaptureParameters extends ReadParameters {
  readonly source?: string;
}

export interface AroundParameters extends CaptureParameters {
  /** Characters before and after the passage; 200 unless given. */
  readonly characters?: string;
}

export interface PassagesParameters extends ListParameters {
  /** States, divided by commas; `none`: no text was extracted. */
  readonly state?: string;
  /** Only what this source says, or what is quoted from it. */
  readonly source?: string;
}

export interface ReanchoringParameters extends CaptureParameters {
  /** Another capture than the one that this one replaces. */
  readonly replaces?: string;
}

export interface ImportRequest {
  /** Name of the dossier file, for messages. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Bytes of a file that the dossier names, or undefined if it is not there. */
  readFile(name: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  readonly actor: string;
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly correlationId?: string;
  onProgress?(done: number, total: number): void;
}

/**
 * A ledger, wherever it is kept: what Nest provides, the command line holds and the tests drive. Answers are exactly the
 * bodies of the matching routes of WIRE.md. Reads throw LedgerError (`not-found`, `invalid-parameter`, …); writes answer
 * a refusal as a value, and throw only what is an outage or a conflict.
 */
export interface Ledger {
  /** The store's URL as opened. */
  readonly url: string;

  execute(request: CommandRequest): Promise<Done | Refusal>;
  /** Enters bytes of a source: they are kept, their text is extracted, and the event says so. */
  capture(request: CaptureRequest): Promise<Done | Refusal>;
  importDossier(request: ImportRequest): Promise<Pinned<ImportAnswer>>;

  summary(parameters?: ReadParameters): Promise<Pinned<SummaryAnswer>>;
  claims(parameters?: ClaimsParameters): Promise<ClaimList>;
  claim(reference: string, parameters?: ReadParameters): Promise<Pinned<ClaimAnswer>>;
  belief(claim: string, parameters?: ReadParameters): Promise<Pinned<BeliefAnswer>>;
  chain(claim: string, parameters?: ReadParameters): Promise<Pinned<ChainAnswer>>;
  citation(claim: string, parameters?: CitationParameters): Promise<Pinned<CitationAnswer>>;
  history(claim: string, parameters?: ReadParameters): Promise<Pinned<HistoryAnswer>>;
  /** Each point at which the belief in the claim changed, oldest first. @throws too-large - it hangs on too much */
  timeline(claim: string, parameters?: TimelineParameters): Promise<Pinned<TimelineAnswer>>;
  /** @throws too-large - as `timeline` */
  diff(claim: string, parameters: SpanParameters): Promise<Pinned<DiffAnswer>>;
  blame(claim: string, parameters?: BlameParameters): Promise<Pinned<BlameAnswer>>;
  /** What else is believed at `to` than at `from`: other statuses first, then the weightiest. */
  changes(parameters: ChangesParameters): Promise<ChangesAnswer>;
  sources(parameters?: ListParameters): Promise<List<SourceAnswer>>;
  source(reference: string, parameters?: ReadParameters): Promise<Pinned<SourceAnswer>>;
  impact(source: string, parameters?: ImpactParameters): Promise<Pinned<ImpactAnswer>>;
  captures(source: string, parameters?: ListParameters): Promise<List<CaptureAnswer>>;
  captured(reference: string, parameters?: CaptureParameters): Promise<CapturedBytes>;
  /** @throws not-found - no text was extracted */
  capturedText(reference: string, parameters?: CaptureParameters): Promise<string>;
  /** A passage, by its assertion, in its context. */
  around(reference: string, assertion: string, parameters?: AroundParameters): Promise<Pinned<AroundAnswer>>;
  passagesIn(capture: string, parameters?: PassagesParameters): Promise<List<PassageItem>>;
  passages(parameters?: PassagesParameters): Promise<List<PassageItem>>;
  /** Where words stand in a capture; asks only. */
  anchor(capture: string, question: AnchorQuestion, parameters?: CaptureParameters): Promise<Pinned<AnchorAnswer>>;
  /** Where the passages of the capture that this one replaces stand in it; asks only. */
  reanchoring(capture: string, parameters?: ReanchoringParameters): Promise<Pinned<ReanchoringAnswer>>;
  sourceHistory(source: string, parameters?: ReadParameters): Promise<Pinned<HistoryAnswer>>;
  units(parameters?: ListParameters): Promise<List<UnitAnswer>>;
  unit(reference: string, parameters?: ReadParameters): Promise<Pinned<UnitAnswer>>;
  /** Newest first; the last one of all is p1, which is built in. */
  policies(parameters?: ListParameters): Promise<List<PolicyAnswer>>;
  event(seq: number, parameters?: Pick<ReadParameters, 'after'>): Promise<EventAnswer>;
  /** The newest signed checkpoint, a signed note (C2SP tlog-checkpoint). @throws not-found - none was signed */
  logCheckpoint(): Promise<string>;
  /** The verifier key of the checkpoints (C2SP signed-note). @throws not-found - none was adopted */
  logKey(): Promise<string>;

  /**
   * Every event after seq `after`, then each as it is recorded; without it, from now on. Completes when the ledger is
   * closed.
   *
   * @param ready - awaited before each event: a slow reader holds its own feed back, and nothing piles up for it
   * @throws invalid-parameter - `after` is beyond the head
   */
  feed(after?: number, ready?: () => Promise<void>): Observable<EventAnswer>;

  /** The section and id that a reference names; for a verb whose target may be a claim, a source or an assertion. */
  locate(reference: string, sections: readonly Section[]): Promise<Located>;

  /** Reads every event and recomputes every hash. */
  verify(progress?: Progress): Promise<VerifyAnswer>;
  /** Looks at everything that the ledger rests on; `deep`: reads every event and every capture too. */
  doctor(options?: { readonly deep?: boolean }, progress?: Progress): Promise<DoctorAnswer>;
  /**
   * Fills second generations of one view, or of all, from the first event, and puts them in the place of those that are
   * read until then.
   *
   * @throws invalid-parameter - no view is called that
   */
  rebuild(view?: string, progress?: Progress): Promise<RebuildAnswer>;

  /** Whether reads and writes can be served now, and where each view stands. */
  health(): Promise<Health>;

  close(): Promise<void>;
}

/** The envelope with its payload (WIRE.md, "Event"). */
export type EventAnswer = Omit<StoredEvent, 'position' | 'effectiveAt' | 'bytes' | 'salts'>;

export interface Health {
  readonly ready: boolean;
  readonly ledger: string;
  readonly head: number;
  readonly views: readonly {
    readonly name: string;
    readonly version: number;
    readonly seq: number;
    /** Pieces of work (beliefs) that are still to be done; reads do without them, only slower. Absent: none. */
    readonly unsettled?: number;
    readonly stopped?: string;
  }[];
}
