import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaptureStore } from '@credence/kernel';

/**
 * Captures for a dry run: what is put is seen by later reads, from a temporary folder that is gone when `run` has ended.
 * Nothing reaches `captures`.
 */
export async function rehearsingCaptures<T>(
  captures: CaptureStore,
  run: (over: CaptureStore) => Promise<T>,
): Promise<T> {
  const { fsCaptureStore } = await import('../../capture-store-fs/src/index.js');
  const folder = await mkdtemp(join(tmpdir(), 'credence-dry-run-'));
  try {
    const added = fsCaptureStore({ folder });
    return await run({
      put: bytes => added.put(bytes),
      get: async name => (await added.get(name)) ?? captures.get(name),
      has: async name => (await added.has(name)) || captures.has(name),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
