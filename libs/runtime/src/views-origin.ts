import { each, rootOfFirst, setAsideBy } from '@credence/kernel';
import type { EventStore, Position, Tables, ViewShape, ViewState, ViewStore } from '@credence/kernel';
import { primitives } from './primitives.js';

/** What the views' store remembers of the log that its rows come from: how far it went when last looked at, and its root there. */
export const ORIGIN: ViewShape = { name: 'origin', version: 1, tables: { seen: { key: ['text'] } } };

interface Seen {
  readonly size: number;
  readonly root: string;
}

/** What was read of the ledger's own stream: so many events, and those that they set aside. */
interface Known {
  readonly read: number;
  readonly setAside: readonly number[];
}
const NOTHING: Known = { read: 0, setAside: [] };

/** Where the rows of a views' store come from. */
export interface Origin {
  /**
   * Empties views whose rows come from events that the log does not have: another ledger's, which now stand in the place
   * of ours, or those after an older copy that was put back. What the log said when it was last noted must still be so.
   */
  forgetForeign(states: readonly ViewState[]): void;
  /** Notes how far the log goes. */
  note(): void;
  /** The events that views pass over. Of the ledger's own stream only what came since it was last asked for is read. */
  setAside(): Promise<Set<number>>;
}

export function originOf(
  { log, readStream }: Pick<EventStore, 'log' | 'readStream'>,
  views: Pick<ViewStore, 'open'>,
): Origin {
  const origin = views.open(ORIGIN);
  const rootAt = (size: number) => rootOfFirst(log, size, primitives.sha256);
  const seen = () => origin.tables<Seen>('seen').get(['log']);
  const write = (change: (tables: Tables) => void) => {
    const last = log.head().size - 1;
    origin.write({ seq: last, position: String(last) as Position }, change);
  };
  const note = () => {
    const { size } = log.head();
    if (size === (seen()?.size ?? 0)) return;
    write(tables => {
      tables<Seen>('seen').put(['log'], { size, root: rootAt(size) });
    });
  };
  return {
    forgetForeign: states => {
      const { size } = log.head();
      const known = seen();
      const foreign = known !== undefined && (known.size > size || rootAt(known.size) !== known.root);
      for (const state of states) if (foreign || (state.checkpoint()?.seq ?? -1) >= size) state.reset();
      if (foreign) origin.reset();
      note();
    },
    note,
    setAside: async () => {
      const known = origin.tables<Known>('seen').get(['main']) ?? NOTHING;
      let { read } = known;
      const setAside = [...known.setAside];
      for await (const event of each(readStream('ledger-main', { from: read }))) {
        read++;
        const seq = setAsideBy(event);
        if (seq !== undefined) setAside.push(seq);
      }
      if (read > known.read) {
        note(); // all that was read belongs to the log that is known again
        write(tables => {
          tables<Known>('seen').put(['main'], { read, setAside });
        });
      }
      return new Set(setAside);
    },
  };
}
