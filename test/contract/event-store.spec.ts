import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from '@jest/globals';
import { openSqliteEventStore } from '@credence/event-store-sqlite';
import { memoryEventStore } from '@credence/kernel';
import type { EventStore } from '@credence/kernel';
import { assertSame, eventStoreKit, sha256 } from '@credence/kernel/testing';
import type { EventStoreSubject } from '@credence/kernel/testing';

const memory: EventStoreSubject = { open: async ({ clock }) => memoryEventStore({ clock, sha256 }) };

function sqlite(): EventStoreSubject {
  const folders = new Map<EventStore, string>();
  const open: EventStoreSubject['open'] = ({ clock }) => openIn(mkdtempSync(join(tmpdir(), 'credence-')), clock);
  const openIn = async (folder: string, clock: () => number) => {
    const store = await openSqliteEventStore({ folder, clock, sha256 });
    folders.set(store, folder);
    return store;
  };
  return {
    open,
    reopen: async (store, { clock }) => {
      await store.close();
      return openIn(folders.get(store) as string, clock);
    },
    discard: async store => {
      rmSync(folders.get(store) as string, { recursive: true, force: true });
    },
  };
}

const ADAPTERS: readonly (readonly [name: string, subject: EventStoreSubject])[] = [
  ['memory', memory],
  ['sqlite', sqlite()],
];

for (const [name, subject] of ADAPTERS) eventStoreKit(name, subject);

describe('any two event stores', () => {
  for (const [name, subject] of ADAPTERS.slice(1))
    it(`come to the same after any history, in every byte of the log: memory and ${name}`, () =>
      assertSame(memory, subject));
});
