import { describe, expect, it } from '@jest/globals';
import { runCase } from './event-store-kit-case.js';
import { EVENT_STORE_CASES } from './event-store-kit.js';
import { BUGS, faultyEventStore } from './faulty-event-store.js';
import type { Bug } from './faulty-event-store.js';

/** The case that is there for a bug; others may notice it too. */
const CAUGHT_BY: Readonly<Record<Bug, RegExp>> = {
  'create-only not enforced': /a stream is created once/,
  'stale revision accepted': /a stale revision writes nothing/,
  'lost update': /under 64 writers/,
  'half-visible batch': /a batch is there as a whole or not at all/,
  'visible before the commit': /what was refused is never seen/,
  'early checkpoint': /the head of the log is never ahead/,
  'reused seq': /a stale revision writes nothing/,
  'gap in seq': /a stale revision writes nothing/,
  'event lost at the seam': /misses nothing between catching up and the live feed/,
  'event repeated at the seam': /misses nothing between catching up and the live feed/,
  'conflict fails its neighbours': /a conflict fails alone/,
  'clock followed backwards': /never decreases while the clock steps back/,
  'interior nodes not kept': /the RFC 6962 tree/,
  'read runs on': /appended during a read of all events is not in it/,
};

const complaintOf = (name: RegExp, bug?: Bug) => {
  const kitCase = EVENT_STORE_CASES.find(one => name.test(one.name));
  if (kitCase === undefined) throw new Error(`the kit has no case ${String(name)}`);
  return runCase(kitCase, { open: async options => faultyEventStore(options, bug) }).then(
    () => undefined,
    (error: unknown) => String(error),
  );
};

describe('the event store kit', () => {
  it('finds nothing wrong with a store that keeps its promises', async () => {
    for (const { name, run, reopens } of EVENT_STORE_CASES)
      if (reopens !== true)
        await runCase({ name, run }, { open: async options => faultyEventStore(options) }).catch((error: unknown) => {
          throw new Error(name, { cause: error });
        });
  });

  it.each(BUGS)('catches a store with this bug: %s', async bug => {
    expect(await complaintOf(CAUGHT_BY[bug], bug)).toMatch(/^(AssertionError|Error: no level 1)/);
  });

  it('knows random histories that catch most of them by themselves', async () => {
    const found: Bug[] = [];
    for (const bug of BUGS) if ((await complaintOf(/after any history/, bug)) !== undefined) found.push(bug);
    expect(found).toEqual(
      expect.arrayContaining([
        'create-only not enforced',
        'stale revision accepted',
        'lost update',
        'gap in seq',
        'reused seq',
      ]),
    );
  });
});
