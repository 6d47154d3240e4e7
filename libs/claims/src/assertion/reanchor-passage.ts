import { Type } from '@sinclair/typebox';
import { isRefusal, Reason, Ref } from '@credence/contracts';
import { NOTHING } from '@credence/kernel';
import { command } from '../command.js';
import { invalid } from '../refusals.js';
import { equal } from '../set.js';
import { openAssertion } from './open-assertion.js';

/** Takes over another place for the passage of an assertion: the quotation stays, and how well it fits is found anew. */
export const ReanchorPassage = command(
  'ReanchorPassage',
  { category: 'claim', target: 'assertions' },
  {
    data: {
      capture: Ref('captures'),
      /** The source whose capture it is, where that is not the asserting source. */
      of: Type.Optional(Ref('sources')),
      /** In Unicode code points of the extracted text; `end` is exclusive. */
      start: Type.Integer({ minimum: 0 }),
      end: Type.Integer({ minimum: 1 }),
    },
    words: { reason: Reason },
  },
  ({ data, words, target }, claim, { place }) => {
    const assertion = openAssertion(claim, target);
    if (isRefusal(assertion)) return assertion;
    if (assertion.said.passage === undefined)
      return invalid({ pointer: '', code: 'no-passage', detail: 'the assertion quotes nothing' });
    if (place === undefined)
      return invalid({ pointer: '/capture', code: 'no-text', detail: 'no text was extracted of this capture' });
    if (place.data.state === 'lost' || place.data.state === 'ambiguous')
      return invalid({ pointer: '/start', code: 'other-words', detail: 'other words stand there than are quoted' });
    const { capture, of } = data;
    const { state, pieces } = place.data;
    if (equal(assertion.place, { capture, state, pieces })) return NOTHING;
    return {
      type: 'PassageReanchored',
      data: { assertion: target, capture, ...(of === undefined ? {} : { of }), ...place.data },
      words: { ...place.words, ...words },
    };
  },
);
