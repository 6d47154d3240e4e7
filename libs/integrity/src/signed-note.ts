import { concat, fromBase64, fromHex, toBase64, toHex, utf8 } from './bytes.js';
import { coded } from './errors.js';
import type { Sha256 } from './hashes.js';

/*
 * Signed notes (C2SP signed-note): a text, an empty line, and lines that sign the text. Ed25519 comes as an argument.
 */

/** Whether `signature` (64 bytes) is that of `message` under `publicKey` (32 bytes), RFC 8032. */
export type Ed25519Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
/** The signature of `message`, 64 bytes. */
export type Ed25519Sign = (message: Uint8Array) => Uint8Array;

/** What verifies notes: its text form is `<name>+<key id>+<base64 of 0x01 and the public key>`. */
export interface VerifierKey {
  readonly name: string;
  /** 8 hexadecimal digits: the first 4 bytes of SHA-256 over name, LF, 0x01 and the public key. */
  readonly id: string;
  readonly publicKey: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

export interface SignedNote {
  /** Ends with a line feed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const ED25519 = 0x01;
const MAX_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;
/** No white space, no plus sign (C2SP signed-note, "Format"). */
const NAME = /^[^\s+\u0085]+$/u;
// eslint-disable-next-line no-control-regex -- those are what a note must not have
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;

/** The key with this public half. @throws bad-key - the name is empty, or has white space or a plus sign */
export function verifierKey(name: string, publicKey: Uint8Array, sha256: Sha256): VerifierKey {
  if (!NAME.test(name) || publicKey.length !== 32) throw coded('bad-key', 'wanted a name without blanks, and 32 bytes');
  const hash = sha256(concat(utf8(`${name}\n`), Uint8Array.of(ED25519), publicKey));
  return { name, id: toHex(hash.subarray(0, 4)), publicKey };
}

export const verifierKeyText = ({ name, id, publicKey }: VerifierKey): string =>
  `${name}+${id}+${toBase64(concat(Uint8Array.of(ED25519), publicKey))}`;

/** @throws bad-key - malformed, of another algorithm, or its id is not that of its name and public key */
export function parseVerifierKey(text: string, sha256: Sha256): VerifierKey {
  const [, name = '', id = '', data = ''] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/.exec(text) ?? [];
  const bytes = decoded(data);
  if (bytes?.[0] !== ED25519 || bytes.length !== 33) throw coded('bad-key', 'wanted an Ed25519 verifier key');
  const key = verifierKey(name, bytes.subarray(1), sha256);
  if (key.id !== id) throw coded('bad-key', `key id ${id} is not that of the key, ${key.id}`);
  return key;
}

/** @throws bad-note - not a signed note, or without any signature */
export function parseNote(message: string): SignedNote {
  const bad = (why: string) => coded('bad-note', `malformed note: ${why}`);
  if (message.length > MAX_BYTES) throw bad('too long');
  if (CONTROL.test(message)) throw bad('control characters');
  const end = message.lastIndexOf('\n\n');
  if (end < 0) throw bad('no empty line before the signatures');
  const text = message.slice(0, end + 1);
  const rest = message.slice(end + 2);
  if (!rest.endsWith('\n')) throw bad('no signature, or none that ends with a line feed');
  const lines = rest.slice(0, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw bad('too many signatures');
  const signatures = lines.map(line => {
    const [, name = '', data = ''] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = decoded(data);
    if (!NAME.test(name) || bytes === undefined || bytes.length < 5) throw bad(`"${line.slice(0, 80)}" signs nothing`);
    return { name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) };
  });
  return { text, signatures };
}

export const formatNote = ({ text, signatures }: SignedNote): string =>
  `${text}\n${signatures.map(({ name, keyId, signature }) => `\u2014 ${name} ${toBase64(concat(fromHex(keyId), signature))}\n`).join('')}`;

/** @param text - ends with a line feed */
export const signNote = (text: string, { name, id }: VerifierKey, sign: Ed25519Sign): string =>
  formatNote({ text, signatures: [{ name, keyId: id, signature: sign(utf8(text)) }] });

/**
 * Which of `keys` signed a note. Signatures of other keys say nothing, and are passed over.
 *
 * @returns none: no key that is known signed it
 * @throws bad-note - malformed; bad-signature - one that claims to be of a known key is not
 */
export function verifyNote(
  message: string,
  keys: readonly VerifierKey[],
  verify: Ed25519Verify,
): { readonly text: string; readonly by: readonly VerifierKey[] } {
  const { text, signatures } = parseNote(message);
  const by: VerifierKey[] = [];
  for (const { name, keyId, signature } of signatures) {
    const key = keys.find(one => one.name === name && one.id === keyId);
    if (key === undefined || by.includes(key)) continue;
    if (signature.length !== 64 || !verify(key.publicKey, utf8(text), signature))
      throw coded('bad-signature', `the signature of ${name}+${keyId} does not fit the text`);
    by.push(key);
  }
  return { text, by };
}

function decoded(base64: string): Uint8Array | undefined {
  try {
    return fromBase64(base64);
  } catch {
    return undefined;
  }
}
