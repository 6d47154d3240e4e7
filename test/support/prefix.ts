import { memoryCaptureStore, memoryCheckpointStore, memoryViewStore } from '@credence/kernel';
import type { EventStore, Pages } from '@credence/kernel';
import { localLedger, primitives } from '@credence/runtime';
import type { LocalLedger } from '@credence/runtime';

/**
 * The store as it was when it had `size` events; only that the ledger's own stream is whole, for an event that is set aside
 * is so at every pin.
 */
export function prefixOf(store: EventStore, size: number): EventStore {
  const cut = async function* (pages: Pages) {
    for await (const page of pages) {
      const kept = page.filter(({ seq }) => seq < size);
      if (kept.length > 0) yield kept;
      if (kept.length < page.length) return;
    }
  };
  return {
    ...store,
    readStream: (stream, options) =>
      stream === 'ledger-main' ? store.readStream(stream, options) : cut(store.readStream(stream, options)),
    readAll: (after, options) => cut(store.readAll(after, options)),
    follow: async function* (after, options) {
      yield* cut(store.readAll(after, options));
      await new Promise(resolve => {
        options.signal.addEventListener('abort', resolve);
      });
    },
    readEvent: async seq => (seq < size ? store.readEvent(seq) : undefined),
    log: {
      ...store.log,
      head: () => ({ size, effectiveAt: size === 0 ? -Infinity : store.log.effectiveAt(size - 1) }),
    },
    close: async () => undefined,
  };
}

/** The naive fold: a ledger that never had another event than the first `size`, and has them in its views. */
export async function ledgerOfPrefix(store: EventStore, size: number, nowMs: number): Promise<LocalLedger> {
  const media = {
    url: 'memory:',
    events: prefixOf(store, size),
    views: memoryViewStore(),
    checkpoints: memoryCheckpointStore(),
    captures: memoryCaptureStore(primitives),
    announce: () => undefined,
    close: async () => undefined,
  };
  const ledger = await localLedger(media, { clock: () => nowMs, actor: 'ada' });
  await ledger.built();
  return ledger;
}
