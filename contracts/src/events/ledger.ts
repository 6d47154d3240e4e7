import { Type } from '@sinclair/typebox';
import { event, Id, Text } from '../schema.js';

/** The first event of a ledger: its id, and the origin under which its checkpoints are signed. */
export const LedgerOpened = event('LedgerOpened', { data: { ledger: Id, origin: Text(255) }, words: {} });

/**
 * From here on checkpoints of the ledger may be signed with this key: a verifier key as signed notes write it,
 * `<origin>+<key id>+<base64>` (C2SP signed-note). Keys that were adopted before stay good for what they signed.
 */
export const SigningKeyAdopted = event('SigningKeyAdopted', {
  data: { key: Type.String({ pattern: '^[^\\s+]{1,255}\\+[0-9a-f]{8}\\+A[A-Za-z0-9+/]{43}$' }) },
  words: {},
});

/** A named person lets views pass an event that they cannot apply. */
export const EventSetAside = event('EventSetAside', {
  data: { event: Type.Integer({ minimum: 0 }) },
  words: { reason: Text(), authority: Text(1000) },
});
