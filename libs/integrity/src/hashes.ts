import { concat, prefixed } from './bytes.js';

/** SHA-256 of `bytes`, 32 bytes. An argument everywhere: node and browsers bring different ones. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** SHA-1 of `bytes`, 20 bytes. For UUIDv5 and nothing else. */
export type Sha1 = (bytes: Uint8Array) => Uint8Array;

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;

/** HMAC-SHA256 (RFC 2104) under one key, 32 bytes, of bytes or of a text's UTF-8. Vectors: RFC 4231. */
export function hmacSha256(key: Uint8Array, sha256: Sha256): (message: Uint8Array | string) => Uint8Array {
  const short = key.length > BLOCK_BYTES ? sha256(key) : key;
  const inner = new Uint8Array(BLOCK_BYTES).fill(0x36);
  const outer = new Uint8Array(BLOCK_BYTES + HASH_BYTES).fill(0x5c, 0, BLOCK_BYTES);
  short.forEach((byte, i) => {
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  });
  return message => {
    outer.set(sha256(typeof message === 'string' ? prefixed(inner, message) : concat(inner, message)), BLOCK_BYTES);
    return sha256(outer);
  };
}

/**
 * SHA-256 over `salt` followed by the UTF-8 bytes of `canonicalText`: the commitment that an envelope carries for
 * each part of its payload. Once the salt is destroyed, nobody can confirm a guess at the text.
 */
export function saltedHash(salt: Uint8Array, canonicalText: string, sha256: Sha256): Uint8Array {
  return sha256(prefixed(salt, canonicalText));
}
