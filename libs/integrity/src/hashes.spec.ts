import { describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';

import { fromHex, hmacSha256, saltedHash, toHex, utf8, uuid5, uuid8, type Sha256 } from './index.js';

const sha256: Sha256 = bytes => hash('sha256', bytes, 'buffer');
const sha1 = (bytes: Uint8Array): Uint8Array => hash('sha1', bytes, 'buffer');
const filled = (length: number, byte: number): Uint8Array => new Uint8Array(length).fill(byte);

describe('hmacSha256', () => {
  it.each([
    [1, filled(20, 0x0b), utf8('Hi There'), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      2,
      utf8('Jefe'),
      utf8('what do ya want for nothing?'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [3, filled(20, 0xaa), filled(50, 0xdd), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
    [
      4,
      fromHex('0102030405060708090a0b0c0d0e0f10111213141516171819'),
      filled(50, 0xcd),
      '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
    ],
    [
      6,
      filled(131, 0xaa),
      utf8('Test Using Larger Than Block-Size Key - Hash Key First'),
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
    [
      7,
      filled(131, 0xaa),
      utf8(
        'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
      ),
      '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
    ],
  ])('reproduces RFC 4231 test case %i', (_number, key, message, expected) => {
    expect(toHex(hmacSha256(key, sha256)(message))).toBe(expected);
  });
});

it('takes a text as its UTF-8 bytes', () => {
  const hmac = hmacSha256(filled(20, 0x0b), sha256);
  for (const text of ['', 'Hi There', 'Zoë 𝒳', 'x'.repeat(300_000)]) expect(hmac(text)).toEqual(hmac(utf8(text)));
});

describe('saltedHash', () => {
  it('is SHA-256 over the salt and the UTF-8 bytes', () => {
    expect(saltedHash(Uint8Array.of(1, 2), '{"a":"é"}', sha256)).toEqual(
      sha256(Uint8Array.of(1, 2, ...Buffer.from('{"a":"é"}'))),
    );
  });
});

describe('UUIDs', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

  it('reproduces the version 5 example of RFC 9562 (appendix A.4)', () => {
    expect(uuid5(dns, 'www.example.com', sha1)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('reproduces the name-based version 8 example of RFC 9562 (appendix B.2)', () => {
    const digest = sha256(Uint8Array.of(...fromHex(dns.replaceAll('-', '')), ...utf8('www.example.com')));
    expect(uuid8(digest)).toBe('5c146b14-3c52-8afd-938a-375d0df1fbf6');
  });

  it('sets version and variant whatever the bytes, and leaves the bytes alone', () => {
    const bytes = Buffer.alloc(16, 0xff);
    expect(uuid8(bytes)).toBe('ffffffff-ffff-8fff-bfff-ffffffffffff');
    expect(uuid8(filled(16, 0))).toBe('00000000-0000-8000-8000-000000000000');
    expect(bytes).toEqual(Buffer.alloc(16, 0xff));
  });

  it('refuses a namespace that is no UUID and bytes that are too few', () => {
    expect(() => uuid5('credence', 'x', sha1)).toThrow(expect.objectContaining({ code: 'bad-uuid' }));
    expect(() => uuid8(filled(15, 0))).toThrow(expect.objectContaining({ code: 'bad-uuid' }));
  });
});
