import { fromHex, prefixed, toHex } from './bytes.js';
import { coded } from './errors.js';
import type { Sha1 } from './hashes.js';

/**
 * UUIDv5 (RFC 9562 section 5.5) of `name` within `namespaceUuid`, lower case with hyphens. Same arguments, same id.
 *
 * @throws bad-uuid — the namespace is none
 */
export function uuid5(namespaceUuid: string, name: string, sha1: Sha1): string {
  if (namespaceUuid !== lastNamespace.uuid) lastNamespace = namespaceOf(namespaceUuid);
  return marked(sha1(prefixed(lastNamespace.bytes, name)), '5');
}

// A ledger has one namespace, and reading it costs as much as the hash.
let lastNamespace: { readonly uuid: string; readonly bytes: Uint8Array } = { uuid: '', bytes: new Uint8Array(0) };

function namespaceOf(uuid: string) {
  if (!UUID.test(uuid)) throw coded('bad-uuid', `namespace ${uuid} is no UUID`);
  return { uuid, bytes: fromHex(uuid.replaceAll('-', '')) };
}

/**
 * UUIDv8 (RFC 9562 section 5.8) whose 122 free bits are those of `bytes`, of which the first 16 are read.
 *
 * @throws bad-uuid — fewer than 16 bytes
 */
export function uuid8(bytes: Uint8Array): string {
  if (bytes.length < 16) throw coded('bad-uuid', `a UUID takes 16 bytes, found ${bytes.length}`);
  return marked(bytes, '8');
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function marked(bytes: Uint8Array, version: '5' | '8'): string {
  const hex = toHex(bytes.subarray(0, 16));
  const variant = ((bytes[8]! & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20)}`;
}
