import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '@credence/contracts';
import { turns } from './in-turn.js';
import { openLedger } from './index.js';

describe('work in turn', () => {
  it('on one stream begins when what came before is done, also where that failed', async () => {
    const inTurn = turns();
    const told: string[] = [];
    const { promise: held, resolve: release } = Promise.withResolvers<undefined>();
    const first = inTurn('a', async () => {
      await held;
      told.push('first');
      throw new Error('first failed');
    });
    const second = inTurn('a', async () => told.push('second'));
    await inTurn('b', async () => told.push('other stream'));
    release(undefined);
    await expect(first).rejects.toThrow('first failed');
    await second;
    expect(told).toEqual(['other stream', 'first', 'second']);
  });
});

it('of sixty-four corrections of one claim at once none is refused because others came first', async () => {
  const ledger = await openLedger({ url: 'memory:', actor: 'desk' });
  try {
    const recorded = await ledger.execute({
      command: 'RecordClaim',
      actor: 'desk',
      data: {},
      words: { text: 'The bridge was closed.' },
    });
    if (isRefusal(recorded)) throw new Error(recorded.detail);
    const { id: target } = recorded.receipt;
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, n) =>
        ledger.execute({
          command: 'CorrectClaim',
          target,
          actor: 'desk',
          data: { set: {} },
          words: { set: { text: `The bridge was closed, version ${String(n)}.` }, reason: 'read again' },
        }),
      ),
    );
    expect(answers.filter(isRefusal)).toEqual([]);
    const revisions = answers.map(answer => (isRefusal(answer) ? -1 : answer.receipt.revision));
    expect(revisions).toEqual(Array.from({ length: 64 }, (_, n) => n + 1));
  } finally {
    await ledger.close();
  }
});
