import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { Ed25519Sign, Ed25519Verify } from '@credence/integrity';

/* Ed25519 (RFC 8032) of the platform, for keys as bare bytes. The prefixes are the DER of RFC 8410 around them. */

const PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC = Buffer.from('302a300506032b6570032100', 'hex');

export const ed25519Verify: Ed25519Verify = (publicKey, message, signature) => {
  const key = createPublicKey({ key: Buffer.concat([PUBLIC, publicKey]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
};

/** @param seed - 32 bytes: the private key of RFC 8032 */
export function ed25519(seed: Uint8Array): { readonly publicKey: Uint8Array; readonly sign: Ed25519Sign } {
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE, seed]), format: 'der', type: 'pkcs8' });
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { publicKey: new Uint8Array(der.subarray(PUBLIC.length)), sign: message => sign(null, message, key) };
}
