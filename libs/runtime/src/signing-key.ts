import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { LedgerError } from '@credence/contracts';
import { concat, fromBase64, toBase64, verifierKey } from '@credence/integrity';
import type { Ed25519Sign, VerifierKey } from '@credence/integrity';
import { ed25519 } from './ed25519.js';
import { primitives } from './primitives.js';

/** What signs checkpoints. */
export interface SigningKey {
  readonly key: VerifierKey;
  readonly sign: Ed25519Sign;
}

const ED25519 = 0x01;
const SEED_BYTES = 32;

export const newSigningKey = (origin: string): SigningKey => keyOf(origin, new Uint8Array(randomBytes(SEED_BYTES)));

/**
 * The key in a file, as Go's signed notes write it: `PRIVATE+KEY+<name>+<key id>+<base64>`. Made if it is not there, for
 * its owner alone.
 *
 * @throws store-unavailable - unreadable, of another ledger, or readable by others than its owner
 */
export function signingKeyIn(file: string, origin: string): SigningKey {
  if (!existsSync(file)) {
    const seed = new Uint8Array(randomBytes(SEED_BYTES));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${textOf(origin, seed)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    chmodSync(file, 0o600);
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw unusable(file, 'others than its owner may read it: chmod 600');
  const [, name, id, data = ''] =
    /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(readFileSync(file, 'utf8').trim()) ?? [];
  const bytes = seedIn(data);
  if (name === undefined || bytes === undefined) throw unusable(file, 'it holds no signing key');
  if (name !== origin) throw unusable(file, `it is the key of ${name}, and this ledger is ${origin}`);
  const made = keyOf(name, bytes);
  if (made.key.id !== id) throw unusable(file, `its id is not that of the key, ${made.key.id}`);
  return made;
}

function keyOf(name: string, seed: Uint8Array): SigningKey {
  const { publicKey, sign } = ed25519(seed);
  return { key: verifierKey(name, publicKey, primitives.sha256), sign };
}

const textOf = (name: string, seed: Uint8Array) =>
  `PRIVATE+KEY+${name}+${keyOf(name, seed).key.id}+${toBase64(concat(Uint8Array.of(ED25519), seed))}`;

function seedIn(base64: string): Uint8Array | undefined {
  try {
    const bytes = fromBase64(base64);
    return bytes[0] === ED25519 && bytes.length === SEED_BYTES + 1 ? bytes.slice(1) : undefined;
  } catch {
    return undefined;
  }
}

const unusable = (file: string, why: string) => new LedgerError('store-unavailable', `signing key ${file}: ${why}`);
