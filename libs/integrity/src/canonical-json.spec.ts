import { describe, expect, it } from '@jest/globals';
import npmCanonicalize from 'canonicalize';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { canonicalize, fromHex, utf8 } from './index.js';

const dataSet = resolve(process.env['CREDENCE_DATASETS'] ?? '../shared/data', 'jcs-rfc8785');
const withDataSet = existsSync(dataSet) ? it : it.skip;

const thrownBy = (value: unknown): unknown => {
  try {
    return canonicalize(value);
  } catch (error) {
    return error;
  }
};

describe('canonicalize', () => {
  it('writes members in UTF-16 code-unit order of their names (RFC 8785 section 3.2.3)', () => {
    const value = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.keys(JSON.parse(canonicalize(value)) as object)).toHaveLength(7);
    expect(canonicalize(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
        '"€":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it('writes numbers as ECMAScript does', () => {
    const numbers = [-0, 1e21, 1e-7, 1e30 / 3e21, 5e-324, 2 ** 53, 0.1 + 0.2, 1e20, 4.5];
    expect(canonicalize(numbers)).toBe(
      '[0,1e+21,1e-7,333333333.3333333,5e-324,9007199254740992,0.30000000000000004,100000000000000000000,4.5]',
    );
  });

  it('leaves out undefined members and writes undefined elements as null', () => {
    expect(canonicalize({ b: undefined, a: [undefined, { c: undefined }] })).toBe('{"a":[null,{}]}');
  });

  it('keeps a member called __proto__', () => {
    expect(canonicalize(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}');
  });

  it('tells shapes apart whose names run together', () => {
    expect(canonicalize({ a: 1, b: 2, c: 3 })).toBe('{"a":1,"b":2,"c":3}');
    expect(canonicalize({ 'a\0b': 1, c: 2 })).toBe('{"a\\u0000b":1,"c":2}');
    expect(canonicalize({ a: 1, 'b\0c': 2 })).toBe('{"a":1,"b\\u0000c":2}');
    expect(canonicalize({ 'a\0b\0c': 1 })).toBe('{"a\\u0000b\\u0000c":1}');
    expect(canonicalize({ '': 1 })).toBe('{"":1}');
    expect(canonicalize({})).toBe('{}');
  });

  it.each([
    ['a string', { words: { text: ['fine', '\ud800'] } }, 'lone-surrogate', '/words/text/1'],
    ['a name', { words: { '\udc00': 1 } }, 'lone-surrogate', '/words'],
    ['NaN', { a: NaN }, 'not-json', '/a'],
    ['Infinity', [Infinity], 'not-json', '/0'],
    ['a bigint', { 'a/b~': 1n }, 'not-json', '/a~1b~0'],
    ['a function', { f: () => 1 }, 'not-json', '/f'],
    ['a symbol', { s: Symbol('s') }, 'not-json', '/s'],
    ['a Date', { at: new Date(0) }, 'not-json', '/at'],
    ['undefined itself', undefined, 'not-json', 'the value'],
  ])('refuses %s and says where', (_what, value, code, place) => {
    expect(thrownBy(value)).toMatchObject({ code, message: expect.stringContaining(`${place}: `) });
  });

  it('refuses a cycle instead of overflowing the stack', () => {
    const loop: unknown[] = [];
    loop.push({ loop });
    expect(thrownBy(loop)).toMatchObject({ code: 'too-deep' });
  });

  it('agrees with the canonicalize package on any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), value => canonicalize(value) === npmCanonicalize(value)),
      { numRuns: 2000 },
    );
  });

  it('gives one text for one meaning: parsing and writing again, and any order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), members => {
        const reversed = Object.fromEntries(Object.entries(members).reverse());
        const text = canonicalize(members);
        return canonicalize(reversed) === text && canonicalize(JSON.parse(text)) === text;
      }),
    );
  });

  it('refuses exactly the strings that are no Unicode text', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0xd7f0, max: 0xe00f }), { maxLength: 4 }), units => {
        const text = String.fromCharCode(...units);
        const wellFormed = new TextDecoder().decode(utf8(text)) === text;
        return [text, { [text]: 1 }].every(value => (typeof thrownBy(value) === 'string') === wellFormed);
      }),
    );
  });

  withDataSet('reproduces the vectors of RFC 8785 (data set jcs-rfc8785)', () => {
    for (const name of ['arrays', 'values']) {
      const text = canonicalize(JSON.parse(readFileSync(join(dataSet, 'input', `${name}.json`), 'utf8')));
      const hex = readFileSync(join(dataSet, 'outhex', `${name}.txt`), 'utf8').replace(/\s/g, '');
      expect(text).toBe(readFileSync(join(dataSet, 'output', `${name}.json`), 'utf8'));
      expect(utf8(text)).toEqual(fromHex(hex));
    }
  });
});
