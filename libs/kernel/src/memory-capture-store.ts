import { concat, toHex } from '@credence/integrity';
import type { Sha256 } from '@credence/integrity';
import type { CaptureStore } from './capture-store.js';

/** The reference adapter: captures in memory, which they outlive no process of. */
export function memoryCaptureStore({ sha256 }: { readonly sha256: Sha256 }): CaptureStore {
  const captures = new Map<string, Uint8Array>();
  return {
    put: async bytes => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) chunks.push(chunk.slice()); // the giver may fill the same buffer again
      const all = concat(...chunks);
      const name = toHex(sha256(all));
      if (!captures.has(name)) captures.set(name, all);
      return { sha256: name, size: all.length };
    },
    get: async name => {
      const kept = captures.get(name);
      return kept && inChunks(kept);
    },
    has: async name => captures.has(name),
  };
}

const CHUNK_BYTES = 65_536;

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.slice(at, at + CHUNK_BYTES);
}
