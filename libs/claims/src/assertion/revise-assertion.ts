import { Closed, fields, isRefusal } from '@credence/contracts';
import { NOTHING } from '@credence/kernel';
import { command } from '../command.js';
import { invalid } from '../refusals.js';
import { equal } from '../set.js';
import { assertionRevised, contradictions, placed } from './assertion.js';
import { openAssertion, setWithVoice } from './open-assertion.js';

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
  ({ data, words, target }, claim, { place }) => {
    const before = openAssertion(claim, target);
    if (isRefusal(before)) return before;
    const set = setWithVoice(data.set);
    const revision = { data: { ...data, assertion: target, set }, words };
    const { said } = assertionRevised(before, revision);
    if (equal({ ...said, assertedAt: before.said.assertedAt }, before.said)) return NOTHING;
    const wrong = contradictions(said);
    if (wrong.length > 0) return invalid(...wrong.map(item => ({ ...item, pointer: inSet(item.pointer) })));
    const found = placed(set, words.set, place);
    return {
      type: 'AssertionRevised',
      data: { ...revision.data, set: found.data },
      words: { ...words, set: found.words },
    };
  },
);

/** Whether the document is held is no part of a revision: the passage that made it so is. */
const inSet = (pointer: string) => (pointer === '/holdReason' ? '/set/passage' : `/set${pointer}`);
