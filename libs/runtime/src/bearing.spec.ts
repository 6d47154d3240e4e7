import { describe, expect, it } from '@jest/globals';
import { bearingOf, collide } from './bearing.js';
import type { CommandRequest } from './ledger.js';

const id = (letter: string) => letter.repeat(26);
const command = (name: string, more: Partial<CommandRequest> = {}): CommandRequest => ({
  command: name,
  data: {},
  words: {},
  actor: 'ada',
  ...more,
});
const assertion = (claim: string, source: string, relays: readonly string[] = []) =>
  command('RecordAssertion', {
    target: id(claim),
    data: { source: id(source), relays: relays.map(r => ({ assertion: id(r) })) },
  });
const meet = (a: CommandRequest, b: CommandRequest) => collide(bearingOf(a), bearingOf(b));

describe('what a command bears on', () => {
  it.each<[string, CommandRequest, CommandRequest, boolean]>([
    ['assertions on two claims, by one source', assertion('a', 's'), assertion('b', 's'), false],
    ['assertions on one claim', assertion('a', 's'), assertion('a', 't'), true],
    ['new claims', command('RecordClaim'), command('RecordClaim'), false],
    ['one command twice', command('RecordClaim', { commandId: 'x' }), command('RecordClaim', { commandId: 'x' }), true],
    ['a source retracted, and asserting', command('RetractSource', { target: id('s') }), assertion('a', 's'), true],
    [
      'a source retracted, and another asserting',
      command('RetractSource', { target: id('t') }),
      assertion('a', 's'),
      false,
    ],
    [
      'bytes captured, and quoted',
      command('TakeCapture', { target: id('s'), data: { sha256: '0'.repeat(64) } }),
      command('RecordAssertion', {
        target: id('a'),
        data: { source: id('t'), passage: { capture: '0'.repeat(64) } },
      }),
      true,
    ],
    ['a claim by its key, and any', command('RetractClaim', { target: 'rain' }), assertion('a', 's'), true],
    [
      'a source by its key, and any',
      assertion('b', 't'),
      command('RecordAssertion', { target: id('a'), data: { source: 'ann' } }),
      true,
    ],
    [
      'an assertion, whose claim a view knows',
      command('RetractAssertion', { target: id('x') }),
      assertion('a', 's'),
      true,
    ],
    ['a policy, and any', command('AdoptPolicy'), assertion('a', 's'), true],
    ['no command, and any', command('Dance'), assertion('a', 's'), false],
  ])('%s', (_what, a, b, wanted) => {
    expect([meet(a, b), meet(b, a)]).toEqual([wanted, wanted]);
  });
});
