import { describe, it } from '@jest/globals';
import { memoryEventStore } from '@credence/kernel';
import { assertSame, eventStoreKit, sha256 } from '@credence/kernel/testing';
import { kurrentSubject } from '../support/kurrent-stores.js';
import { LIVE_URL } from '../support/live-kurrent.js';

/*
 * Each case makes stores of its own: on the double, a server each; on a live one, streams under a name of their own.
 */

eventStoreKit('kurrentdb, on its double', kurrentSubject());

describe('memory and kurrentdb', () => {
  it('come to the same after any history, in every byte of the log', () =>
    assertSame({ open: async ({ clock }) => memoryEventStore({ clock, sha256 }) }, kurrentSubject(), 6));
});

if (LIVE_URL === undefined)
  describe('event store kurrentdb, on a live server', () => {
    it.skip('CREDENCE_KURRENTDB_URL names none', () => undefined);
  });
else eventStoreKit('kurrentdb, on a live server', kurrentSubject(LIVE_URL));
