/** How far this machine's clock is off the server's, as far as its answers tell. */
export interface ServerClock {
  sent(ids: readonly string[]): void;
  answered(ids: readonly string[]): void;
  /** An event as the feed brought it, with the moment that the server gave it. */
  read(id: string, createdMs: number): void;
  /** The server's clock minus ours in milliseconds, by at least so much; 0: not known to be off. */
  off(): number;
}

/** Known so long: a clock that is set right must be found out by trying. */
const KNOWN_FOR_MS = 30_000;
const MAX_PENDING = 10_000;

/** @param wallClock - of this machine, whatever clock the ledger goes by */
export function serverClock(wallClock: () => number): ServerClock {
  const pending = new Map<string, { readonly sentAt: number; answeredAt?: number }>();
  let off = 0;
  let at = -Infinity;
  return {
    sent: ids => {
      if (pending.size > MAX_PENDING) pending.clear();
      for (const id of ids) if (!pending.has(id)) pending.set(id, { sentAt: wallClock() });
    },
    answered: ids => {
      for (const id of ids) {
        const known = pending.get(id);
        if (known !== undefined) known.answeredAt = wallClock();
      }
    },
    read: (id, createdMs) => {
      const known = pending.get(id);
      if (known === undefined) return;
      pending.delete(id);
      const until = known.answeredAt ?? wallClock();
      off = createdMs > until ? createdMs - until : createdMs < known.sentAt ? createdMs - known.sentAt : 0;
      at = performance.now();
    },
    off: () => (performance.now() - at > KNOWN_FOR_MS ? 0 : off),
  };
}
