/** Exit codes (WIRE.md, "Command line"). */
export const EXIT = {
  done: 0,
  /** Refused, found wrong, or an import with a rejected or collided entry. */
  refused: 1,
  usage: 2,
  /** A store or server that is not reachable, or a read of a ledger that does not exist. */
  unreachable: 3,
  /** What shells show of a process that Ctrl-C ended (128 + SIGINT). */
  interrupted: 130,
} as const;
