import { Type } from '@sinclair/typebox';
import { fields } from '@credence/contracts';
import { command } from '../command.js';
import { alreadyExists } from '../refusals.js';

/** Enters one atomic proposition, about the world or about an utterance. It says nothing yet about who holds it true. */
export const RecordClaim = command(
  'RecordClaim',
  { category: 'claim', target: null },
  {
    data: { ...fields.claim.data, form: Type.Optional(fields.claim.data.form) },
    words: fields.claim.words,
    makes: 'claim',
  },
  ({ data, words, target }, claim) => {
    if (claim.exists) return alreadyExists('claim', target);
    return { type: 'ClaimRecorded', data: { ...data, form: data.form ?? 'event' }, words };
  },
);
