import { describe, expect, it } from '@jest/globals';
import { actorFrom, optionAt } from './common.js';

describe('a login name as an actor', () => {
  it.each([
    ['anna', 'anna'],
    ['Anna Müller', 'Anna-Muller'],
    ['DOMAIN\\anna', 'DOMAIN\\anna'],
    ['анна', '-'],
    ['', 'somebody'],
  ])('%s is %s', (login, actor) => expect(actorFrom(login)).toBe(actor));
});

describe('what a problem points at', () => {
  it.each([
    ['/reason', '--reason'],
    ['/set/stanceReason', '--stance-reason'],
    ['/passage/pdfPage', '--passage.pdf-page'],
    ['/relays/1/assertion', '--relays.assertion (no. 2)'],
    ['asOf', '--as-of'],
    ['idempotencyKey', '--idempotency-key'],
    ['Idempotency-Key', '--idempotency-key'],
    ['Credence-Actor', '--actor'],
  ])('%s is %s', (pointer, option) => expect(optionAt(pointer)).toBe(option));
});
