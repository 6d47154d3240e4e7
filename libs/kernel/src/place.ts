import type { Envelope } from '@credence/contracts';
import type { SealedEvent } from './event-store.js';

/** Where a store puts an event. */
export type Place = Pick<Envelope, 'stream' | 'revision' | 'seq' | 'recordedAt'>;

/** The envelope of a sealed event in its place. Every store takes it from here: the same events, the same root. */
export function place(event: SealedEvent, { stream, revision, seq, recordedAt }: Place): Envelope {
  const { id, type, schemaVersion, actor, commandId, commandHash, correlationId, ledger, dataHash, wordsHash } = event;
  return {
    id,
    stream,
    revision,
    seq,
    type,
    schemaVersion,
    recordedAt,
    actor,
    commandId,
    commandHash,
    correlationId,
    ledger,
    dataHash,
    wordsHash,
  };
}
