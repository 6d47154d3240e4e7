import { jsonEvent } from '@kurrent/kurrentdb-client';
import { check, Envelope } from '@credence/contracts';
import type { Envelope as EnvelopeType } from '@credence/contracts';
import type { SealedEvent, StoredEvent } from '@credence/kernel';

/** An event of the cluster, whichever way it was read. */
export interface Raw {
  readonly id: string;
  /** As the cluster names it. */
  readonly stream: string;
  /** The cluster's number of it in its stream: others may have written between ours. */
  readonly number: bigint;
  readonly type: string;
  readonly commit: bigint;
  readonly prepare: bigint;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly createdMs: number;
}

interface ReadEvent {
  readonly event?:
    | {
        readonly id: string;
        readonly streamId: string;
        readonly revision: bigint;
        readonly type: string;
        readonly position?: { readonly commit: bigint; readonly prepare: bigint };
        readonly data: unknown;
        readonly metadata?: unknown;
        readonly created: Date;
      }
    | undefined;
  readonly commitPosition?: bigint | undefined;
}

/** Of the client's event; undefined for a link to nothing. */
export function rawOf({ event, commitPosition }: ReadEvent): Raw | undefined {
  if (event === undefined) return undefined;
  const commit = event.position?.commit ?? commitPosition ?? 0n;
  return {
    id: event.id,
    stream: event.streamId,
    number: event.revision,
    type: event.type,
    commit,
    prepare: event.position?.prepare ?? commit,
    data: event.data,
    metadata: event.metadata,
    createdMs: event.created.getTime(),
  };
}

/** What of the envelope the cluster has no place for. */
interface Metadata {
  readonly ledger: string;
  readonly actor: string;
  readonly commandId: string;
  readonly commandHash: string;
  readonly correlationId: string;
  readonly schemaVersion: number;
  readonly recordedAt: string;
  readonly dataHash: string;
  readonly wordsHash: string;
  /** Of canonical data and words together, in UTF-8. */
  readonly bytes: number;
  /** How many events of the same append follow. */
  readonly more: number;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** An event to be appended. JSON throughout: the server's own pages and projections can read it. */
export function encoded(event: SealedEvent, recordedAt: string, more: number) {
  const { id, type, schemaVersion, actor, commandId, commandHash, correlationId, ledger, dataHash, wordsHash } = event;
  const { salts, dataText, wordsText } = event;
  const bytes = Buffer.byteLength(dataText) + Buffer.byteLength(wordsText);
  const head = { ledger, actor, commandId, commandHash, correlationId, schemaVersion, recordedAt };
  const metadata: Metadata = { ...head, dataHash, wordsHash, bytes, more };
  return jsonEvent({
    id,
    type,
    data: {
      data: JSON.parse(dataText) as unknown,
      words: JSON.parse(wordsText) as unknown,
      salts: {
        data: hex(salts.data),
        words: hex(salts.words),
        ...(salts.ids === undefined ? {} : { ids: hex(salts.ids) }),
      },
    },
    metadata: { ...metadata },
  });
}

/** An event that may count: its envelope but for the place that its order gives it. */
export interface Decoded {
  readonly raw: Raw;
  readonly metadata: Metadata;
}

/**
 * Reads an event of a stream of ours, or says why it is none of ours. Nothing of the payload is looked at: what counts must
 * be the same before and after a redaction.
 */
export function decoded(raw: Raw, stream: string): Decoded | string {
  const found = raw.metadata as Partial<Metadata> | undefined;
  if (typeof found !== 'object' || found instanceof Uint8Array) return 'it has no metadata';
  const { bytes, more } = found;
  if (!isCount(bytes) || !isCount(more)) return 'its metadata is not what we write';
  const wrong = check(Envelope, envelopeOf({ raw, metadata: found as Metadata }, { stream, revision: 0, seq: 0 }));
  if (wrong[0] !== undefined) return `its envelope is not valid: ${wrong[0].pointer} ${wrong[0].detail}`;
  const at = new Date(found.recordedAt ?? '');
  if (Number.isNaN(at.getTime()) || at.toISOString() !== found.recordedAt) return 'its recordedAt is no moment';
  return { raw, metadata: found as Metadata };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

export function envelopeOf(
  { raw, metadata }: Decoded,
  place: { readonly stream: string; readonly revision: number; readonly seq: number },
): EnvelopeType {
  const { ledger, actor, commandId, commandHash, correlationId } = metadata;
  const { schemaVersion, recordedAt, dataHash, wordsHash } = metadata;
  const { stream, revision, seq } = place;
  const head = { id: raw.id, stream, revision, seq, type: raw.type, schemaVersion, recordedAt, actor };
  return { ...head, commandId, commandHash, correlationId, ledger, dataHash, wordsHash };
}

/** Where the index has an event, and what it knows of it. */
export interface Indexed {
  readonly seq: number;
  readonly revision: number;
  readonly effectiveAt: number;
  readonly bytes: number;
}

const NOTHING = new Uint8Array();

/** As the port has it. A payload that the server's redactor blanked reads as redacted: `null`, without salts. */
export function storedOf(event: Decoded, stream: string, indexed: Indexed): StoredEvent {
  const payload = event.raw.data as { data?: unknown; words?: unknown; salts?: Record<string, string> } | null;
  const whole = typeof payload === 'object' && payload !== null && !(payload instanceof Uint8Array);
  const salt = (name: string) => {
    const text = whole ? payload.salts?.[name] : undefined;
    return typeof text === 'string' ? new Uint8Array(Buffer.from(text, 'hex')) : undefined;
  };
  const ids = salt('ids');
  return {
    ...envelopeOf(event, { stream, revision: indexed.revision, seq: indexed.seq }),
    position: String(indexed.seq) as StoredEvent['position'],
    effectiveAt: indexed.effectiveAt,
    bytes: indexed.bytes,
    salts: {
      data: salt('data') ?? NOTHING,
      words: salt('words') ?? NOTHING,
      ...(ids === undefined ? {} : { ids }),
    },
    data: whole ? (payload.data ?? null) : null,
    words: whole ? (payload.words ?? null) : null,
  };
}
