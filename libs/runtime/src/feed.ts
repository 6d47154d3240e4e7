import { Observable } from 'rxjs';
import { LedgerError } from '@credence/contracts';
import { each } from '@credence/kernel';
import type { EventStore, StoredEvent } from '@credence/kernel';

/** Follows the store for many readers. */
export interface Feeds<T> {
  from(after?: number, ready?: () => Promise<void>): Observable<T>;
  /** Completes every feed that is open. */
  stop(): void;
}

export function feedsOf<T>(store: EventStore, answer: (event: StoredEvent) => T): Feeds<T> {
  const open = new Set<AbortController>();
  return {
    from: (after, ready) => {
      const head = store.log.head().size - 1;
      const last = after ?? head;
      if (last > head)
        throw new LedgerError('invalid-parameter', `after: ${String(last)} is beyond the head, @${String(head)}`, [
          { pointer: 'after', code: 'invalid', detail: 'is beyond the head' },
        ]);
      return new Observable<T>(reader => {
        const abort = new AbortController();
        open.add(abort);
        const run = async () => {
          const position = last < 0 ? null : ((await store.readEvent(last))?.position ?? null);
          for await (const event of each(store.follow(position, { signal: abort.signal }))) {
            await ready?.();
            if (abort.signal.aborted) return;
            reader.next(answer(event));
          }
        };
        run().then(
          () => {
            reader.complete();
          },
          (error: unknown) => {
            reader.error(error);
          },
        );
        return () => {
          open.delete(abort);
          abort.abort();
        };
      });
    },
    stop: () => {
      for (const abort of open) abort.abort();
    },
  };
}
