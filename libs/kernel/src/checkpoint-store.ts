/**
 * Signed checkpoints of a ledger, where every process that reads the ledger finds them. They have no seq. To the store they
 * are texts: who signed them, and whether they fit the log, is for the reader to find out.
 */
export interface CheckpointStore {
  /**
   * Those that were published last, newest first, of which the log as this process has it should know; none before the first.
   *
   * @throws store-unavailable
   */
  newest(): Promise<readonly string[]>;
  /** Resolves once it is kept. @throws store-unavailable - it is not, or nobody knows: the next one stands for both */
  publish(note: string): Promise<void>;
  /** Calls `tell` with each that comes later, after the events before it. */
  watch(tell: (note: string) => void): void;
}

/** The reference adapter. */
export function memoryCheckpointStore(): CheckpointStore {
  const notes: string[] = [];
  return {
    newest: async () => notes.slice(0, 1),
    publish: async note => {
      notes.unshift(note);
    },
    watch: () => undefined, // whoever publishes is the only reader
  };
}
