import { fields, refuse } from '@credence/contracts';
import { command } from '../command.js';
import { notFound } from '../refusals.js';
import { sameAs } from '../retractions.js';

/** Withdraws a source: nothing that it says counts until the retraction is lifted. Several retractions may stand. */
export const RetractSource = command(
  'RetractSource',
  { category: 'source', target: 'sources' },
  { ...fields.withdrawal, makes: 'retraction' },
  ({ data, words, target, made }, source) => {
    if (!source.exists) return notFound('source', target);
    const same = sameAs(source.standing, { data, words });
    if (same !== undefined)
      return refuse('already-retracted', `source ${target} is already retracted by ${same.by} as ${same.id}`);
    return { type: 'SourceRetracted', data: { ...data, retraction: made }, words };
  },
);
