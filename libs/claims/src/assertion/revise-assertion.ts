import { Closed, fields } from '@credence/contracts';
import { NOTHING } from '@credence/kernel';
import { at } from '../by-id.js';
import { notOpen } from '../claim/open-claim.js';
import { command } from '../command.js';
import { invalid, notFound } from '../refusals.js';
import { equal } from '../set.js';
import { assertionRevised, contradictions, withVoice } from './assertion.js';

/** The speaker changed what it says: a version of the assertion from its own date on. */
export const ReviseAssertion = command(
  'ReviseAssertion',
  { category: 'claim', target: 'assertions' },
  {
    data: {
      ...fields.change.data,
      assertedAt: fields.DateData,
      set: Closed(fields.assertionRevision.data),
    },
    words: { ...fields.change.words, set: Closed(fields.assertionRevision.words) },
  },
  ({ data, words, target }, claim) => {
    const before = at(claim.assertions, target);
    if (before === undefined) return notFound('assertion', target);
    const closed = notOpen(claim, target);
    if (closed !== undefined) return closed;
    const { passage } = data.set;
    const set = passage === undefined || passage === null ? data.set : { ...data.set, passage: withVoice(passage) };
    const revision = { data: { ...data, assertion: target, set }, words };
    const { said } = assertionRevised(before, revision);
    if (equal({ ...said, assertedAt: before.said.assertedAt }, before.said)) return NOTHING;
    const wrong = contradictions(said);
    if (wrong.length > 0) return invalid(...wrong.map(item => ({ ...item, pointer: inSet(item.pointer) })));
    return { type: 'AssertionRevised', ...revision };
  },
);

/** Whether the document is held is no part of a revision: the passage that made it so is. */
const inSet = (pointer: string) => (pointer === '/holdReason' ? '/set/passage' : `/set${pointer}`);
