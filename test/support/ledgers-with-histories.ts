import type { LocalLedger } from '@credence/runtime';
import { happen, nothingMade } from './histories.js';
import type { Happening } from './histories.js';
import { openWithMedia } from './ledgers.js';

/** Ledgers in memory to which random histories were written, and what closes them. */
export function ledgersWithHistories(options: Parameters<typeof openWithMedia>[3] = {}) {
  let open: LocalLedger[] = [];
  return {
    /** Opens one, carries the history out, and waits until its views have it. */
    ledgerOf: async (steps: readonly Happening[]) => {
      const { ledger } = await openWithMedia('memory:', Date.now, undefined, options);
      open.push(ledger);
      const made = nothingMade();
      for (const step of steps) await happen(ledger, step, made);
      const { head } = await ledger.health();
      await ledger.summary({ after: String(head) });
      return { ledger, made, head };
    },
    close: async () => {
      await Promise.all(open.map(ledger => ledger.close()));
      open = [];
    },
  };
}
