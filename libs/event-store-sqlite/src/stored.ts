import type { Position, StoredEvent } from '@credence/kernel';
import type { EventRow } from './statements.js';

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/**
 * An event over its row. Hexadecimal forms and payload are made when they are asked for; the members are the event's own,
 * so a copy by spreading has them all.
 */
export function stored(row: EventRow, nameOf: (id: number) => string): StoredEvent {
  const [seq, effectiveAt, stream, revision, recordedAt, type, schemaVersion, actor, ledger] = row;
  const [, , , , , , , , , id, commandId, correlationId, bytes, hashes, salts, dataText, wordsText] = row;
  let data: unknown;
  let words: unknown;
  return {
    id,
    stream,
    revision,
    seq,
    type: nameOf(type),
    schemaVersion,
    actor: nameOf(actor),
    commandId,
    correlationId,
    ledger: nameOf(ledger),
    effectiveAt,
    bytes,
    get recordedAt() {
      return new Date(recordedAt).toISOString();
    },
    get position() {
      return String(seq) as Position;
    },
    get commandHash() {
      return hashes.toString('hex', 0, HASH_BYTES);
    },
    get dataHash() {
      return hashes.toString('hex', HASH_BYTES, 2 * HASH_BYTES);
    },
    get wordsHash() {
      return hashes.toString('hex', 2 * HASH_BYTES);
    },
    get salts() {
      const [data, words, ids] = [
        salts.subarray(0, SALT_BYTES),
        salts.subarray(SALT_BYTES, 2 * SALT_BYTES),
        salts.subarray(2 * SALT_BYTES),
      ];
      return ids.length === 0 ? { data, words } : { data, words, ids };
    },
    get data() {
      return (data ??= dataText === null ? null : (JSON.parse(dataText) as unknown));
    },
    get words() {
      return (words ??= wordsText === null ? null : (JSON.parse(wordsText) as unknown));
    },
  };
}
