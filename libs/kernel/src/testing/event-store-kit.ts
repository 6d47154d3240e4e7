import { describe, it } from '@jest/globals';
import { APPENDS } from './event-store-kit-appends.js';
import { runCase } from './event-store-kit-case.js';
import type { EventStoreCase, EventStoreSubject } from './event-store-kit-case.js';
import { COMMANDS } from './event-store-kit-commands.js';
import { HISTORIES } from './event-store-kit-histories.js';
import { LOG } from './event-store-kit-log.js';
import { READS } from './event-store-kit-reads.js';

/** Every promise of the event store's port, as a list: so that the kit itself can be tested on stores with known bugs. */
export const EVENT_STORE_CASES: readonly EventStoreCase[] = [...APPENDS, ...READS, ...LOG, ...COMMANDS, ...HISTORIES];

/** Holds an adapter to every promise of the port. */
export function eventStoreKit(name: string, subject: EventStoreSubject): void {
  describe(`event store ${name}`, () => {
    for (const kitCase of EVENT_STORE_CASES)
      if (kitCase.reopens !== true || subject.reopen !== undefined) it(kitCase.name, () => runCase(kitCase, subject));
  });
}
