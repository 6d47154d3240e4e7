import type { Position, StoredEvent } from '@credence/kernel';
import type { EventRow } from './statements.js';

const SALT_BYTES = 16;
const HEX_DIGITS = 64;

// The events of a commit share their moment, and writing one down costs as much as the rest of the row.
let lastMoment = { ms: NaN, iso: '' };

function isoOf(ms: number): string {
  if (ms !== lastMoment.ms) lastMoment = { ms, iso: new Date(ms).toISOString() };
  return lastMoment.iso;
}

/**
 * An event over its row. Its payload is parsed when it is asked for; all members are the event's own, so that a copy by
 * spreading has them too.
 */
export function stored(row: EventRow, nameOf: (id: number) => string): StoredEvent {
  const [seq, effectiveAt, stream, revision, recordedAt, type, schemaVersion, actor, ledger] = row;
  const [, , , , , , , , , id, commandId, correlationId, bytes, hashes, salts, dataText, wordsText] = row;
  const hex = hashes.toString('hex');
  let data: unknown;
  let words: unknown;
  return {
    id,
    stream,
    revision,
    seq,
    type: nameOf(type),
    schemaVersion,
    recordedAt: isoOf(recordedAt),
    actor: nameOf(actor),
    commandId,
    commandHash: hex.slice(0, HEX_DIGITS),
    correlationId,
    ledger: nameOf(ledger),
    dataHash: hex.slice(HEX_DIGITS, 2 * HEX_DIGITS),
    wordsHash: hex.slice(2 * HEX_DIGITS),
    position: String(seq) as Position,
    effectiveAt,
    bytes,
    salts: saltsOf(salts),
    get data() {
      return (data ??= dataText === null ? null : (JSON.parse(dataText) as unknown));
    },
    get words() {
      return (words ??= wordsText === null ? null : (JSON.parse(wordsText) as unknown));
    },
  };
}

function saltsOf(all: Buffer): StoredEvent['salts'] {
  const data = all.subarray(0, SALT_BYTES);
  const words = all.subarray(SALT_BYTES, 2 * SALT_BYTES);
  return all.length === 2 * SALT_BYTES ? { data, words } : { data, words, ids: all.subarray(2 * SALT_BYTES) };
}
