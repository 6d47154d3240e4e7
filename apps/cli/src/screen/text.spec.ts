import { describe, expect, it } from '@jest/globals';
import { clean, cleaned, listed, widthOf, wrapped } from './text.js';

describe('people’s words on a terminal', () => {
  it('cannot move or colour it', () =>
    expect(clean('a\u001b[31mred\u009bX\u0007\u0000\r')).toBe('a\\u001b[31mred\\u009bX\\u0007\\u0000\\u000d'));

  it('cannot turn the direction of what follows', () => expect(clean('x\u202ey\u2066z')).toBe('x\\u202ey\\u2066z'));

  it('keep line feeds, and blanks for tabs', () => expect(clean('a\tb\nc')).toBe('a b\nc'));

  it('are cleaned wherever they stand in an answer', () =>
    expect(cleaned({ a: ['\u001b'], b: { c: 1, d: null } })).toEqual({ a: ['\\u001b'], b: { c: 1, d: null } }));
});

describe('wrapping', () => {
  it('keeps every line within the width', () =>
    expect(wrapped('the quick brown fox', 9)).toEqual(['the quick', 'brown fox']));

  it('breaks a word that no line can hold', () => expect(wrapped('a'.repeat(7), 3)).toEqual(['aaa', 'aaa', 'a']));

  it('counts wide and combining characters as a terminal does', () => {
    expect(widthOf('日本')).toBe(4);
    expect(widthOf('e\u0301')).toBe(1);
    expect(wrapped('日本 日本', 5)).toEqual(['日本', '日本']);
  });
});

describe('lists in a sentence', () => {
  it.each([
    [[], ''],
    [['A'], 'A'],
    [['A', 'B'], 'A and B'],
    [['A', 'B', 'C'], 'A, B and C'],
  ])('%j is "%s"', (items, text) => expect(listed(items)).toBe(text));
});
