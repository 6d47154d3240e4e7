import { fields } from '@credence/contracts';
import { NOTHING } from '@credence/kernel';
import { at } from '../by-id.js';
import { command } from '../command.js';
import { notFound } from '../refusals.js';

/** Enters bytes of a source as retrieved. The same bytes of the same source again are the same capture. */
export const TakeCapture = command(
  'TakeCapture',
  { category: 'source', target: 'sources' },
  fields.capture,
  ({ data, words, target }, source, { text }) => {
    if (!source.exists) return notFound('source', target);
    if (at(source.captures, data.sha256) !== undefined) return NOTHING;
    return { type: 'CaptureTaken', data: { ...data, ...(text === undefined ? {} : { text }) }, words };
  },
);
