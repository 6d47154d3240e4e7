import { evolution } from '../evolution.js';

/** What the commands on the ledger itself ask about. */
export interface LedgerState {
  /** Seqs of events that every view passes over. */
  readonly setAside: ReadonlySet<number>;
}

export const nothingSetAside: LedgerState = { setAside: new Set() };

export const ledgerEvolution = evolution('ledger', nothingSetAside, (state, event): LedgerState => {
  switch (event.type) {
    case 'LedgerOpened':
    case 'SigningKeyAdopted':
      return state;
    case 'EventSetAside':
      return { ...state, setAside: state.setAside.union(new Set([event.data.event])) };
  }
});
