import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  formatCheckpoint,
  formatNote,
  fromHex,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  signNote,
  toHex,
  verifierKey,
  verifierKeyText,
  verifyNote,
} from './index.js';
import type { Ed25519Verify } from './index.js';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const der = (prefix: string, bytes: Uint8Array) => Buffer.concat([Buffer.from(prefix, 'hex'), bytes]);
const ed25519Verify: Ed25519Verify = (publicKey, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: der('302a300506032b6570032100', publicKey), format: 'der', type: 'spki' }),
    signature,
  );
const privateKey = (fill: number) =>
  createPrivateKey({
    key: der('302e020100300506032b657004220420', new Uint8Array(32).fill(fill)),
    format: 'der',
    type: 'pkcs8',
  });
const pair = (name: string, fill = 7) => {
  const key = privateKey(fill);
  const publicKey = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(12));
  return { key: verifierKey(name, publicKey, sha256), sign: (message: Uint8Array) => sign(null, message, key) };
};

/** Of the tests of golang.org/x/mod/sumdb/note (BSD-3-Clause). */
const NEUMANN = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const SIGNATURE =
  '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const OTHER =
  '\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

describe('a signed note', () => {
  const key = parseVerifierKey(NEUMANN, sha256);

  it('of the Go tests is verified by its key, and signatures of others are passed over', () => {
    expect(verifyNote(`${TEXT}\n${SIGNATURE}${OTHER}`, [key], ed25519Verify)).toEqual({ text: TEXT, by: [key] });
    expect(verifyNote(`${TEXT}\n${OTHER}`, [key], ed25519Verify).by).toEqual([]);
    expect(formatNote(parseNote(`${TEXT}\n${SIGNATURE}${OTHER}`))).toBe(`${TEXT}\n${SIGNATURE}${OTHER}`);
  });

  it('is refused when the text, or the signature of a key that is known, is another', () => {
    const changed = `${TEXT.replace('answer', 'Answer')}\n${SIGNATURE}`;
    expect(() => verifyNote(changed, [key], ed25519Verify)).toThrow(expect.objectContaining({ code: 'bad-signature' }));
    const broken = `${TEXT}\n${SIGNATURE.replace('ZJku', 'ZJkv')}`;
    expect(() => verifyNote(broken, [key], ed25519Verify)).toThrow(expect.objectContaining({ code: 'bad-signature' }));
  });

  it.each([
    ['text alone', TEXT],
    ['no empty line', `${TEXT}${SIGNATURE}`],
    ['no signature', `${TEXT}\n`],
    ['no line feed at the end', `${TEXT}\n${SIGNATURE.trimEnd()}`],
    ['a control character', `\u0001${TEXT}\n${SIGNATURE}`],
    ['another dash', `${TEXT}\n${SIGNATURE.replace('\u2014', '-')}`],
    ['a name with a plus sign', `${TEXT}\n${SIGNATURE.replace('Peter', 'Peter+')}`],
    ['loose base64', `${TEXT}\n${SIGNATURE.replace('=\n', '\n')}`],
    ['a hash without a signature', `${TEXT}\n\u2014 PeterNeumann x08gow==\n`],
    ['a hundred and one signatures', `${TEXT}\n${OTHER.repeat(101)}`],
  ])('malformed, with %s, is refused', (_, message) => {
    expect(() => parseNote(message)).toThrow(expect.objectContaining({ code: 'bad-note' }));
  });

  it('goes through signing and verifying, whatever its text', () => {
    const { key: mine, sign: signing } = pair('credence/test');
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~\u00a0-\ud7ff]{1,40}$/u), line => {
        const text = `${line}\n\n${line}\n`;
        const note = signNote(text, mine, signing);
        expect(verifyNote(note, [mine], ed25519Verify)).toEqual({ text, by: [mine] });
        expect(verifyNote(note, [pair('credence/test', 8).key], ed25519Verify).by).toEqual([]);
      }),
    );
  });
});

describe('a verifier key', () => {
  it('is written as it was read', () => {
    expect(verifierKeyText(parseVerifierKey(NEUMANN, sha256))).toBe(NEUMANN);
  });

  it.each([
    NEUMANN.replace('c74f20a3', 'c74f20a4'),
    NEUMANN.replace('PeterNeumann', 'Peter Neumann'),
    NEUMANN.replace('PeterNeumann', ''),
    NEUMANN.replace('+ARpc', '+AhpC'),
    NEUMANN.slice(0, -4),
    'no key',
  ])('%j is none', text => {
    expect(() => parseVerifierKey(text, sha256)).toThrow(expect.objectContaining({ code: 'bad-key' }));
  });
});

describe('a checkpoint', () => {
  const root = toHex(new Uint8Array(32).fill(1));
  it('goes through its text, and extension lines are passed over', () => {
    const checkpoint = { origin: 'credence/test', size: 12, root };
    const text = formatCheckpoint(checkpoint);
    expect(text).toBe(`credence/test\n12\n${Buffer.from(fromHex(root)).toString('base64')}\n`);
    expect(parseCheckpoint(text)).toEqual(checkpoint);
    expect(parseCheckpoint(`${text}more\n`)).toEqual(checkpoint);
  });

  it.each([
    ['a size with a leading zero', 'o\n012\nAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n'],
    ['a size beyond what numbers hold', 'o\n9007199254740993\nAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n'],
    ['a root that is too short', 'o\n12\nAQEB\n'],
    ['no origin', '\n12\nAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n'],
    ['no line feed', 'o\n12\nAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE='],
  ])('with %s is none', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(expect.objectContaining({ code: 'bad-checkpoint' }));
  });
});
