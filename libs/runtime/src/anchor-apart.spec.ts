import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compiled } from '../../../test/support/compiled.js';
import { nearCopies } from '../../../test/support/near-copies.js';
import { Overrun } from '@credence/threads';
import type { Thread } from '@credence/threads';
import { anchoringApart, anchorThread } from './anchor-apart.js';
import type { AskedText } from './anchor-apart.js';
import { answersFrom } from './answers-from.js';
import type { AnchorAnswers, AnchorWork } from './answers-from.js';

const SENTENCES = Array.from(
  { length: 2000 },
  (_, n) => `On day ${String(n)} somebody said that number ${String(n * n)} had been seen in the harbour.`,
);
const LONG = `${SENTENCES.join(' ')} The end came on a Monday.`;

function textOf(text: string): AskedText & { reads(): number } {
  let reads = 0;
  return {
    name: 'a text',
    length: text.length,
    bytes: () => {
      reads += 1;
      return Promise.resolve({ text: new TextEncoder().encode(text) });
    },
    reads: () => reads,
  };
}

/** A thread that never comes to an end with one quotation. */
function overrunsOver(quote: string): Thread<AnchorWork, AnchorAnswers> {
  const answers = answersFrom(1);
  const ask = (work: AnchorWork) =>
    work.questions.some(({ exact }) => exact === quote)
      ? Promise.reject(new Overrun('too-long', { deadlineMs: 1, memoryMb: 1 }))
      : Promise.resolve(answers(work));
  return { ask, end: () => undefined };
}

describe('looking for places in a thread', () => {
  let worker: ReturnType<typeof compiled>;
  beforeAll(() => {
    worker = compiled('libs/runtime/src/anchor-worker.ts');
  });
  afterAll(() => {
    worker.remove();
  });

  it('answers what is answered without one', async () => {
    const questions = [
      { exact: SENTENCES[7] ?? '' },
      { exact: (SENTENCES[99] ?? '').toUpperCase() },
      { exact: 'The end came on a Tuesday.' },
      { exact: 'somebody said that number' },
      { exact: 'nothing of the kind stands here at all' },
      { exact: 'somebody said', prefix: 'On day 3 ' },
      { exact: SENTENCES[0] ?? '', at: { start: 0, end: 10 } },
      { exact: SENTENCES[0] ?? '', at: { start: 0, end: LONG.length + 1 } },
    ];
    const [apart, here] = [anchoringApart(anchorThread(worker.file)), anchoringApart(undefined)];
    const found = await apart(textOf(LONG), questions);
    expect(found).toEqual(await here(textOf(LONG), questions));
    expect(found.map(answer => ('data' in answer ? answer.data.state : answer.refused))).toEqual([
      'exact',
      'normalised',
      'altered',
      'ambiguous',
      'lost',
      'exact',
      'lost',
      'invalid-body',
    ]);
  });

  it('reads a text once, as long as it is held', async () => {
    const apart = anchoringApart(anchorThread(worker.file));
    const text = textOf(LONG);
    for (let n = 0; n < 3; n++) await apart(text, [{ exact: SENTENCES[n] ?? '' }]);
    expect(text.reads()).toBe(1);
  });

  it('leaves this thread to others meanwhile', async () => {
    const { text, quote } = nearCopies(200_000);
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 5).unref();
    const [found] = await anchoringApart(anchorThread(worker.file))(textOf(text), [{ exact: quote }]);
    clearInterval(ticking);
    expect(found).toMatchObject({ data: { state: 'ambiguous' } });
    expect(ticks).toBeGreaterThan(10); // in this thread: two or three, while the text is read
  });

  it('refuses what takes too long, each by itself, and answers the others', async () => {
    const { text, quote } = nearCopies(200_000);
    const short = text.slice(1000, 1100);
    const apart = anchoringApart(anchorThread(worker.file, { deadlineMs: 1, memoryMb: 1024 }));
    const [refused] = await apart(textOf(text), [{ exact: quote }]);
    expect(refused).toMatchObject({
      refused: 'too-large',
      errors: [{ pointer: '/passage/exact', code: 'too-long' }],
    });
    const hasty = anchoringApart(overrunsOver(quote));
    expect(await hasty(textOf(text), [{ exact: short }, { exact: quote }, { exact: short }])).toMatchObject([
      { data: { state: 'exact' } },
      { refused: 'too-large' },
      { data: { state: 'exact' } },
    ]);
  });
});
