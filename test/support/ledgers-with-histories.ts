import type { LocalLedger } from '@credence/runtime';
import { carryOut, nothingMade } from './histories.js';
import type { Step } from './histories.js';
import { openWithMedia } from './ledgers.js';

/** Ledgers in memory to which random histories were written, and what closes them. */
export function ledgersWithHistories() {
  let open: LocalLedger[] = [];
  return {
    /** Opens one, carries the history out, and waits until its views have it. */
    ledgerOf: async (steps: readonly Step[]) => {
      const { ledger } = await openWithMedia('memory:');
      open.push(ledger);
      const made = nothingMade();
      for (const step of steps) await carryOut(ledger, step, made);
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
