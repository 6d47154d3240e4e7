import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@credence/kernel';
import { ADAPTERS, localLedger } from '@credence/runtime';
import type { LocalLedger, Media } from '@credence/runtime';

/** A place for one ledger that a test may open several times. */
export interface Place {
  readonly url: string;
  remove(): void;
}

/** A fresh place for a ledger in a store of this scheme. */
export function placeFor(scheme: string): Place {
  if (scheme === 'memory:') return { url: 'memory:', remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'credence-test-'));
  return {
    url: `${scheme}${folder}`,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Every store of this process that the runtime knows. */
export const STORES = ADAPTERS.filter(({ remote }) => remote !== true).map(({ scheme, persists }) => ({
  name: scheme.slice(0, -1),
  persists,
  place: () => placeFor(scheme),
}));

/** A ledger with its media in reach, for tests that look below it. */
export async function openWithMedia(
  url: string,
  clock: Clock = Date.now,
  views?: Parameters<typeof localLedger>[1]['views'],
  others: Pick<Parameters<typeof localLedger>[1], 'mostFolded'> = {},
): Promise<{ ledger: LocalLedger; media: Media }> {
  const adapter = ADAPTERS.find(({ scheme }) => url.startsWith(scheme));
  if (adapter === undefined) throw new Error(`no adapter for ${url}`);
  const media = await adapter.open(url, { clock, create: true });
  return {
    ledger: await localLedger(media, { clock, actor: 'ada', ...others, ...(views === undefined ? {} : { views }) }),
    media,
  };
}
