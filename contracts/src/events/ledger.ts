import { Type } from '@sinclair/typebox';
import { event, Id, Text } from '../schema.js';

/** The first event of a ledger: its id, and the origin under which its checkpoints are signed. */
export const LedgerOpened = event('LedgerOpened', { data: { ledger: Id, origin: Text(255) }, words: {} });

/** A named person lets views pass an event that they cannot apply. */
export const EventSetAside = event('EventSetAside', {
  data: { event: Type.Integer({ minimum: 0 }) },
  words: { reason: Text(), authority: Text(1000) },
});
