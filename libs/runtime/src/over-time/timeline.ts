import { instantText } from '@credence/time';
import { publicTimeline, recordedTimeline } from '@credence/views';
import type { TimelinePage } from '@credence/views';
import type { Ledger } from '../ledger.js';
import { axisOf, cursorOf, cursorText, limitOf } from '../parameters.js';
import { patiently } from '../patiently.js';
import { certaintyOf } from '../pins.js';
import { primitives } from '../primitives.js';
import { wholePast } from './reads.js';
import type { Reading, Reads } from './reads.js';

/** Each point at which the belief in a claim changed, a page of them, oldest first. */
export const timeline =
  (reads: Reads): Ledger['timeline'] =>
  async (reference, parameters = {}) => {
    const { limit: asked, cursor: text, after, ...filter } = parameters;
    const read = { ...filter, ...(after === undefined ? {} : { after }) };
    const axis = axisOf(filter.axis);
    const limit = limitOf(asked);
    const name = `timeline of ${reference}`;
    const cursor = text === undefined ? undefined : cursorOf(name, filter, text);
    const answered = (at: Reading, claim: string, { items, start, next }: TimelinePage) =>
      reads.pinned(
        {
          claim,
          axis,
          ...(start === undefined ? {} : { start }),
          items,
          next: next === null ? null : cursorText(name, filter, { before: next, seq: at.moment.seq }),
        },
        at,
      );
    if (axis === 'recorded') {
      const at = await reads.reading(read, cursor);
      const claim = reads.claimNamed(reference, at);
      const events = await wholePast(claim, at, reads);
      const of = { limit, query: at.axes.query, sha256: primitives.sha256, ...(cursor && { after: cursor.before }) };
      const steps = recordedTimeline(claim, events, of);
      const { items, ...page } = await patiently(async () => ({ steps, moved: () => false }));
      // As a date resolves: `asOf` that instant takes the event in, whatever clock wrote it.
      const instantOf = (seq: number) => instantText(reads.store.log.effectiveAt(seq));
      return answered(at, claim, {
        ...page,
        items: items.map(item => ({ ...item, at: instantOf(item.seq as number) })),
      });
    }
    const certainty = certaintyOf(filter.certainty);
    let at: Reading | undefined;
    let claim = '';
    const page = await patiently(async () => {
      at = await reads.reading(read, cursor);
      claim = reads.claimNamed(reference, at);
      const of = { limit, certainty, ...(cursor && { from: cursor.before }) };
      return { steps: publicTimeline(claim, at.model, of), moved: reads.movedSince(at) };
    });
    const { pins, ...answer } = answered(at as Reading, claim, page);
    return { ...answer, pins: { ...pins, certainty } }; // with or without `publicBy`, it says which dates count
  };
