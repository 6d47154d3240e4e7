import { EVENT_NAMESPACE, MAX_PAYLOAD_BYTES, LedgerError } from '@credence/contracts';
import { canonicalize, saltedHash, toHex, uuid5, utf8 } from '@credence/integrity';
import type { Sha1, Sha256 } from '@credence/integrity';
import type { RandomBytes } from './clock.js';
import type { SealedEvent, Salts } from './event-store.js';

/** What a pure room cannot do by itself. */
export interface Primitives {
  readonly sha256: Sha256;
  readonly sha1: Sha1;
  readonly random: RandomBytes;
}

export interface EventHead {
  readonly type: string;
  readonly schemaVersion: number;
  readonly actor: string;
  readonly commandId: string;
  readonly commandHash: string;
  readonly correlationId: string;
  readonly ledger: string;
}

/** The id of the event at `index` among those that a command writes to a stream: the same however often it is tried. */
export const eventId = (stream: string, commandId: string, index: number, sha1: Sha1): string =>
  uuid5(EVENT_NAMESPACE, `${stream}\n${commandId}\n${String(index)}`, sha1);

/**
 * Makes an event ready to be appended: canonical parts (RFC 8785), a fresh salt for each, and the salted hashes.
 *
 * @throws event-too-large - canonical data and words together over 256 KiB
 */
export function seal(
  stream: string,
  head: EventHead,
  parts: { readonly data: unknown; readonly words: unknown; readonly idSalt?: Uint8Array },
  { sha256, sha1, random }: Primitives,
): SealedEvent {
  const dataText = canonicalize(parts.data);
  const wordsText = canonicalize(parts.words);
  // A UTF-16 code unit is at most three bytes of UTF-8: only a text near the limit is encoded to be measured.
  if ((dataText.length + wordsText.length) * 3 > MAX_PAYLOAD_BYTES) {
    const bytes = utf8(dataText).length + utf8(wordsText).length;
    if (bytes > MAX_PAYLOAD_BYTES)
      throw new LedgerError(
        'event-too-large',
        `${head.type}: its data and words are ${String(bytes)} bytes, and at most ${String(MAX_PAYLOAD_BYTES)} are kept`,
      );
  }
  const salts: Salts = {
    data: random(16),
    words: random(16),
    ...(parts.idSalt === undefined ? {} : { ids: parts.idSalt }),
  };
  return {
    ...head,
    id: eventId(stream, head.commandId, 0, sha1),
    dataText,
    wordsText,
    dataHash: toHex(saltedHash(salts.data, dataText, sha256)),
    wordsHash: toHex(saltedHash(salts.words, wordsText, sha256)),
    salts,
  };
}
