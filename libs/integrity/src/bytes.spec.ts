import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { base32, concat, equalBytes, fromBase64, fromHex, toBase64, toHex, utf8 } from './index.js';

const bytes = fc.uint8Array({ maxLength: 300 });

describe('bytes and their texts', () => {
  it.each([
    ['', '', ''],
    ['f', 'my', 'Zg=='],
    ['fo', 'mzxq', 'Zm8='],
    ['foo', 'mzxw6', 'Zm9v'],
    ['foob', 'mzxw6yq', 'Zm9vYg=='],
    ['fooba', 'mzxw6ytb', 'Zm9vYmE='],
    ['foobar', 'mzxw6ytboi', 'Zm9vYmFy'],
  ])('writes %j as RFC 4648 section 10 does', (text, in32, in64) => {
    expect(base32(utf8(text))).toBe(in32);
    expect(toBase64(utf8(text))).toBe(in64);
    expect(fromBase64(in64)).toEqual(utf8(text));
  });

  it('names 16 bytes with 26 characters', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), id => /^[a-z2-7]{26}$/.test(base32(id))));
  });

  it('agrees with node on hex and base64, and reads back what it wrote', () => {
    fc.assert(
      fc.property(bytes, b => {
        const node = Buffer.from(b);
        return (
          toHex(b) === node.toString('hex') &&
          toBase64(b) === node.toString('base64') &&
          equalBytes(fromHex(toHex(b).toUpperCase()), b) &&
          equalBytes(fromBase64(toBase64(b)), b)
        );
      }),
    );
  });

  it.each(['Zg', 'Zg=', 'Zh==', 'Zg===', '====', 'Zm 9v', 'Zm-v', 'Zm9v\n', 'A'])('refuses base64 %j', text => {
    expect(() => fromBase64(text)).toThrow(expect.objectContaining({ code: 'bad-base64' }));
  });

  it.each(['0', '0g', ' 00', '0x00'])('refuses hex %j', text => {
    expect(() => fromHex(text)).toThrow(expect.objectContaining({ code: 'bad-hex' }));
  });

  it('joins bytes in order', () => {
    expect(concat(utf8('a'), utf8(''), utf8('bc'))).toEqual(utf8('abc'));
  });
});
