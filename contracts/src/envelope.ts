import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { CATEGORIES } from './vocabulary.js';
import { Closed, Id, Sha256Hex } from './schema.js';

/** An actor is a handle that may be published: it is in every proof. */
export const ACTOR_PATTERN = '^[\\x21-\\x7e]{1,128}$';
export const IDEMPOTENCY_KEY_PATTERN = '^[\\x21-\\x7e]{1,255}$';
/** `<category>-<id>`; `ledger-main` is the ledger's own. Lower case only: some stores fold case. */
export const STREAM_PATTERN = `^(ledger-main|(${CATEGORIES.filter(c => c !== 'ledger').join('|')})-[a-z2-7]{26})$`;

/**
 * All of an event but its payload, of which it holds the salted hashes. Its canonical form is the leaf of the Merkle
 * log, so nothing in it can ever be changed, and nothing in it may be anybody's words.
 */
export const Envelope = Closed({
  id: Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' }),
  stream: Type.String({ pattern: STREAM_PATTERN }),
  /** 0-based number of the event in its stream. */
  revision: Type.Integer({ minimum: 0 }),
  /** 0-based dense number of the event in the ledger; leaf index of the Merkle log. */
  seq: Type.Integer({ minimum: 0 }),
  type: Type.String({ pattern: '^[A-Z][A-Za-z]{2,63}$' }),
  schemaVersion: Type.Integer({ minimum: 1 }),
  /** UTC with milliseconds, set by the store inside the commit. */
  recordedAt: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
  actor: Type.String({ pattern: ACTOR_PATTERN }),
  commandId: Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' }),
  commandHash: Sha256Hex,
  correlationId: Type.String({ minLength: 1, maxLength: 128, pattern: '^[\\x21-\\x7e]+$' }),
  ledger: Id,
  dataHash: Sha256Hex,
  wordsHash: Sha256Hex,
});
export type Envelope = Static<typeof Envelope>;

/** Namespace of event ids: UUIDv5 over stream LF commandId LF index (RFC 9562 §5.5). */
export const EVENT_NAMESPACE = '7d1f0a3e-6c1b-4d57-9a0e-5f2b8c4e1d90';

/** Canonical data and words together, in UTF-8 bytes; and the canonical envelope (a C2SP entry is at most 65,535). */
export const MAX_PAYLOAD_BYTES = 256 * 1024;
export const MAX_ENVELOPE_BYTES = 65_535;
