import { Type } from '@sinclair/typebox';
import { fields } from '@credence/contracts';
import { command } from '../command.js';
import { invalid } from '../refusals.js';
import { notOpen } from './open-claim.js';

/** Infers for or against this claim, the conclusion, from other claims: all the premises together. */
export const RecordDerivation = command(
  'RecordDerivation',
  { category: 'claim', target: 'claims' },
  {
    data: { ...fields.derivation.data, polarity: Type.Optional(fields.derivation.data.polarity) },
    words: fields.derivation.words,
    makes: 'derivation',
  },
  ({ data, words, target, made }, claim) => {
    const itself = data.premises.indexOf(target);
    if (itself >= 0)
      return invalid({ pointer: `/premises/${String(itself)}`, code: 'itself', detail: 'is the conclusion itself' });
    const closed = notOpen(claim, target);
    if (closed !== undefined) return closed;
    const premises = [...new Set(data.premises)];
    return {
      type: 'DerivationRecorded',
      data: { ...data, premises, polarity: data.polarity ?? 'for', derivation: made },
      words,
    };
  },
);
