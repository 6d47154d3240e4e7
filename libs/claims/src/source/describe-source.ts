import { Closed, fields } from '@credence/contracts';
import { NOTHING } from '@credence/kernel';
import { command } from '../command.js';
import { notFound } from '../refusals.js';
import { equal, withSet } from '../set.js';

/** Corrects what is on record about a source: kind, name, naming, description, bibliography. */
export const DescribeSource = command(
  'DescribeSource',
  { category: 'source', target: 'sources' },
  {
    data: { ...fields.change.data, set: Closed(fields.sourceDescription.data) },
    words: { ...fields.change.words, set: Closed(fields.sourceDescription.words) },
  },
  ({ data, words, target }, source) => {
    if (!source.exists) return notFound('source', target);
    if (equal(withSet(source.described, { data: data.set, words: words.set }), source.described)) return NOTHING;
    return { type: 'SourceDescribed', data, words };
  },
);
