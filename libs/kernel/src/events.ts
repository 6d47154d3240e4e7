import { definitionOf, LedgerError, upcast } from '@credence/contracts';
import type { LedgerEvent } from '@credence/contracts';
import type { Pages, StoredEvent } from './event-store.js';

/** An event as folds get it. */
export type Delivered = LedgerEvent & Pick<StoredEvent, 'bytes' | 'effectiveAt'>;

/**
 * The stored event as today's folds read it: payload lifted to the present version, words and data still lazy.
 *
 * @throws view-behind - this release does not know its type
 */
export function present(stored: StoredEvent): Delivered {
  const definition = definitionOf(stored.type);
  if (definition === undefined)
    throw new LedgerError(
      'view-behind',
      `event ${String(stored.seq)}: this release does not know the type ${stored.type}; a later one may`,
    );
  if (stored.schemaVersion === definition.version) return stored as Delivered;
  return Object.create(stored, lifted(stored, definition.version)) as Delivered;
}

function lifted(stored: StoredEvent, version: number): PropertyDescriptorMap {
  const { data, words } = upcast(stored, version);
  return { data: { value: data }, words: { value: words }, schemaVersion: { value: version } };
}

/** One by one what a store gives by pages. */
export async function* each(pages: Pages): AsyncGenerator<StoredEvent> {
  for await (const page of pages) yield* page;
}
