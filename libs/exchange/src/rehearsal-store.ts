import { LedgerError } from '@credence/contracts';
import { place } from '@credence/kernel';
import type { EventStore, Pages, Placed, Position, StoredEvent } from '@credence/kernel';

/**
 * A store for a dry run: what is appended is seen by later reads of its stream, and lost with this object. Nothing
 * reaches `store`. Events of the rehearsal have seqs and times that nothing else will ever see.
 */
export function rehearsalStore(store: EventStore): EventStore {
  const added = new Map<string, StoredEvent[]>();
  let count = 0;
  const pages = async function* (stream: string, from: number, pageSize?: number): Pages {
    yield* store.readStream(stream, { from, ...(pageSize === undefined ? {} : { pageSize }) });
    const more = (added.get(stream) ?? []).filter(event => event.revision >= from);
    if (more.length > 0) yield more;
  };
  return {
    ...store,
    readStream: (stream, { from = 0, pageSize } = {}) => pages(stream, from, pageSize),
    append: async (stream, expected, sealed) => {
      let revision = -1;
      for await (const page of pages(stream, 0)) revision += page.length;
      if ((expected === 'no-stream' ? -1 : expected) !== revision)
        throw new LedgerError(
          'wrong-expected-revision',
          `${stream}: expected ${String(expected)}, found revision ${String(revision)}`,
        );
      const list = added.get(stream) ?? [];
      const placed = sealed.map((event, i): Placed => {
        const { size, effectiveAt } = store.log.head();
        const recordedAt = new Date(Math.max(0, effectiveAt)).toISOString();
        const envelope = place(event, { stream, revision: revision + 1 + i, seq: size + count++, recordedAt });
        list.push({
          ...envelope,
          position: String(envelope.seq) as Position,
          effectiveAt: Math.max(0, effectiveAt),
          bytes: event.dataText.length + event.wordsText.length,
          data: JSON.parse(event.dataText) as unknown,
          words: JSON.parse(event.wordsText) as unknown,
          salts: event.salts,
        });
        const { id, seq } = envelope;
        return { id, revision: envelope.revision, seq, recordedAt };
      });
      added.set(stream, list);
      return placed;
    },
  };
}
