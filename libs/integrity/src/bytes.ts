import { coded } from './errors.js';

const encoder = new TextEncoder();

/** UTF-8 bytes of `text`. A lone surrogate becomes U+FFFD; text that has been through `canonicalize` has none. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Room for what is hashed most: a byte or a salt, and a text. */
const scratch = new Uint8Array(256 * 1024);

/**
 * `prefix` followed by the UTF-8 bytes of `text`, without an allocation where it fits: for hashing at once. The bytes
 * are good until the next call.
 */
export function prefixed(prefix: Uint8Array, text: string): Uint8Array {
  // A UTF-16 code unit is at most three bytes of UTF-8.
  if (prefix.length + text.length * 3 > scratch.length) return concat(prefix, utf8(text));
  scratch.set(prefix);
  const { written } = encoder.encodeInto(text, scratch.subarray(prefix.length));
  return scratch.subarray(0, prefix.length + written);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** Same length and same bytes. Not constant-time: nothing compared here is secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const BASE16 = '0123456789abcdef';

/** Two lower-case digits per byte. */
export function toHex(bytes: Uint8Array): string {
  return digits(bytes, 4, BASE16);
}

/**
 * Bytes of a hexadecimal text, either case.
 *
 * @throws bad-hex — an odd number of digits, or something that is none
 */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) throw coded('bad-hex', 'expected pairs of hexadecimal digits');
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 section 4, padded. */
export function toBase64(bytes: Uint8Array): string {
  const text = digits(bytes, 6, BASE64);
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/**
 * Bytes of a padded RFC 4648 base64 text, strictly: one text per byte sequence, as signed notes need it.
 *
 * @throws bad-base64 — another alphabet, white space, missing padding or bits beyond the last byte
 */
export function fromBase64(text: string): Uint8Array {
  const bare = text.replace(/={1,2}$/, '');
  const bytes = new Uint8Array(Math.floor((bare.length * 6) / 8));
  let buffer = 0;
  let bits = 0;
  let length = 0;
  for (const char of bare) {
    buffer = ((buffer << 6) | BASE64.indexOf(char)) & 0xfff;
    bits += 6;
    if (bits >= 8) bytes[length++] = (buffer >> (bits -= 8)) & 0xff;
  }
  if (!/^[A-Za-z0-9+/]*$/.test(bare) || toBase64(bytes) !== text) {
    throw coded('bad-base64', 'expected padded base64 (RFC 4648 section 4)');
  }
  return bytes;
}

/** RFC 4648 section 6 in lower case without padding: 16 bytes are 26 characters. */
export function base32(bytes: Uint8Array): string {
  return digits(bytes, 5, BASE32);
}

const latin1 = new TextDecoder('latin1');
const room = new Uint8Array(256);

/** Written in one piece: a text that grows digit by digit is kept as a tree of its pieces, twenty times as large. */
function digits(bytes: Uint8Array, width: 4 | 5 | 6, alphabet: string): string {
  const mask = (1 << width) - 1;
  const length = Math.ceil((bytes.length * 8) / width);
  const text = length > room.length ? new Uint8Array(length) : room.subarray(0, length);
  let at = 0;
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= width) text[at++] = alphabet.charCodeAt((buffer >> (bits -= width)) & mask);
  }
  if (bits > 0) text[at] = alphabet.charCodeAt((buffer << (width - bits)) & mask);
  return latin1.decode(text);
}
