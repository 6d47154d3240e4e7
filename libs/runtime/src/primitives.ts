import { hash, randomBytes } from 'node:crypto';
import type { Primitives, RandomBytes } from '@credence/kernel';

const POOL_BYTES = 4096;

/** Random bytes drawn from the system by the page: a call for sixteen costs as much as one for thousands. */
function pooledRandom(): RandomBytes {
  let pool = randomBytes(POOL_BYTES);
  let used = 0;
  return count => {
    if (count > POOL_BYTES) return randomBytes(count);
    if (used + count > POOL_BYTES) {
      pool = randomBytes(POOL_BYTES);
      used = 0;
    }
    // No byte is given out twice.
    return pool.subarray(used, (used += count));
  };
}

/** By way of a text: a Buffer that `hash` makes has memory of its own, which costs three times the hash. */
const hashed = (algorithm: string) => (bytes: Uint8Array) => Buffer.from(hash(algorithm, bytes, 'binary'), 'binary');

/** Hashes and randomness for the pure rooms, from the platform. */
export const primitives: Primitives = {
  sha256: hashed('sha256'),
  sha1: hashed('sha1'),
  random: pooledRandom(),
};
