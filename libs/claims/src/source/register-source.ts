import { Type } from '@sinclair/typebox';
import { fields } from '@credence/contracts';
import { command } from '../command.js';
import { alreadyExists, invalid, missing } from '../refusals.js';

/** Enters a person, an organisation, a group or a record that can assert something. A grade needs its reason at once. */
export const RegisterSource = command(
  'RegisterSource',
  { category: 'source', target: null },
  {
    data: { ...fields.source.data, named: Type.Optional(fields.source.data.named) },
    words: fields.source.words,
    makes: 'source',
  },
  ({ data, words, target }, source) => {
    if (source.exists) return alreadyExists('source', target);
    if (data.grade !== undefined && words.gradeReason === undefined)
      return invalid(missing('/gradeReason', 'a grade needs a reason'));
    return { type: 'SourceRegistered', data: { ...data, named: data.named ?? 'publicly' }, words };
  },
);
