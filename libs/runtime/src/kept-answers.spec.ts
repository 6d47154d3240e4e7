import { describe, expect, it } from '@jest/globals';
import { keptAnswers } from './kept-answers.js';

describe('kept answers', () => {
  const over = () => {
    const moment: [number, number] = [4, 5];
    let computed = 0;
    const kept = keptAnswers(() => moment);
    return { moment, kept, ask: (what: string, text = '') => kept(what, () => ({ what, text, nth: ++computed })) };
  };

  it('are given again while the ledger stands still, each to its own question', () => {
    const { ask } = over();
    expect(ask('a')).toMatchObject({ what: 'a', nth: 1 });
    expect(ask('b')).toMatchObject({ what: 'b', nth: 2 });
    expect(ask('a')).toMatchObject({ what: 'a', nth: 1 });
  });

  it('are computed anew once the views or the log move', () => {
    const { ask, moment } = over();
    ask('a');
    moment[0] = 5;
    expect(ask('a').nth).toBe(2);
    moment[1] = 6;
    expect(ask('a').nth).toBe(3);
  });

  it('are not kept where none could be given', () => {
    const { ask, kept } = over();
    const refusing = () =>
      kept('a', () => {
        throw new Error('no claim is called that');
      });
    expect(refusing).toThrow('no claim is called that');
    expect(ask('a').nth).toBe(1);
  });

  it('are let go beyond a bound, and long ones at once', () => {
    const { ask } = over();
    const long = 'x'.repeat(300 * 1024);
    expect([ask('long', long).nth, ask('long', long).nth]).toEqual([1, 2]);
    const text = 'x'.repeat(200 * 1024);
    ask('first', text);
    for (let i = 0; i < 60; i++) ask(String(i), text);
    expect(ask('first', text).nth).toBeGreaterThan(3);
  });
});
