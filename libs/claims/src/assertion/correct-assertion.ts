import { Closed, fields, isRefusal } from '@credence/contracts';
import { NOTHING } from '@credence/kernel';
import { command } from '../command.js';
import { invalid } from '../refusals.js';
import { equal } from '../set.js';
import { assertionCorrected, contradictions, placed } from './assertion.js';
import { openAssertion, setWithVoice } from './open-assertion.js';
import { unfitRelay } from './relays.js';

/** Our record of an assertion was wrong, in anything but its claim and its source. */
export const CorrectAssertion = command(
  'CorrectAssertion',
  { category: 'claim', target: 'assertions' },
  {
    data: { ...fields.change.data, set: Closed(fields.assertionCorrection.data) },
    words: { ...fields.change.words, set: Closed(fields.assertionCorrection.words) },
  },
  ({ data, words, target }, claim, { place }) => {
    const before = openAssertion(claim, target);
    if (isRefusal(before)) return before;
    const set = setWithVoice(data.set);
    const correction = { data: { ...data, assertion: target, set }, words };
    const { said } = assertionCorrected(before, correction);
    if (equal(said, before.said)) return NOTHING;
    const wrong = contradictions(said);
    if (wrong.length > 0) return invalid(...wrong.map(item => ({ ...item, pointer: inSet(item.pointer) })));
    const unfit = unfitRelay(set.relays ?? [], target, claim, '/set/relays');
    if (unfit !== undefined) return unfit;
    const found = placed(set, words.set, place);
    return {
      type: 'AssertionCorrected',
      data: { ...correction.data, set: found.data },
      words: { ...words, set: found.words },
    };
  },
);

/** The source cannot be set: an unknown hop that nobody is named for stays one. */
const inSet = (pointer: string) => (pointer === '/source' ? '/set/hold' : `/set${pointer}`);
