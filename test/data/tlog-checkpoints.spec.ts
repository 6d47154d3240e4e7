import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { fromHex, parseCheckpoint, parseVerifierKey, verifyNote } from '@credence/integrity';
import { primitives } from '@credence/runtime';
import { ed25519Verify } from '../../libs/runtime/src/ed25519.js';
import { describeWithData } from '../support/data-sets.js';

interface Vectors {
  readonly verifier_keys_valid: readonly string[];
  readonly notes: readonly {
    readonly name: string;
    readonly message_base64: string;
    readonly known_verifier_keys: readonly string[];
    readonly expect: 'ok' | 'error';
    readonly verified?: readonly string[];
  }[];
}

describeWithData('tlog-checkpoints', 'checkpoints and notes of others', folder => {
  const { sha256 } = primitives;
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');

  it('checkpoints of a log of tessera are verified by its key, and name the sizes that it went through', () => {
    const key = parseVerifierKey(text('log/log-verifier-key.txt').trim(), sha256);
    for (let size = 0; size < 8; size++) {
      const note = verifyNote(text(`log/checkpoint.${String(size)}`), [key], ed25519Verify);
      expect(note.by).toEqual([key]);
      const checkpoint = parseCheckpoint(note.text);
      expect(checkpoint).toMatchObject({ origin: key.name, size });
      expect(fromHex(checkpoint.root)).toHaveLength(32);
    }
  });

  it('the notes of the Go tests come out as there', () => {
    const { verifier_keys_valid, notes } = JSON.parse(text('signed-note-vectors-2.json')) as Vectors;
    for (const key of verifier_keys_valid) expect(parseVerifierKey(key, sha256).id).toHaveLength(8);
    for (const { message_base64, known_verifier_keys, expect: wanted, verified } of notes) {
      const message = Buffer.from(message_base64, 'base64').toString('utf8');
      const keys = known_verifier_keys.map(key => parseVerifierKey(key, sha256));
      const verifying = () => verifyNote(message, keys, ed25519Verify).by.map(({ name }) => name);
      if (wanted === 'ok') expect(verifying()).toEqual(verified);
      else expect(verifying).toThrow(/malformed note/);
    }
  });
});
