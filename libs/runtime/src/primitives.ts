import { hash, randomBytes } from 'node:crypto';
import type { Primitives } from '@credence/kernel';

/** Hashes and randomness for the pure rooms, from the platform. */
export const primitives: Primitives = {
  sha256: bytes => hash('sha256', bytes, 'buffer'),
  sha1: bytes => hash('sha1', bytes, 'buffer'),
  random: count => randomBytes(count),
};
