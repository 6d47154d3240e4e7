/** Does `work` on a stream when all that came before on the same stream is done, whatever came of it. */
export type InTurn = <T>(stream: string, work: () => Promise<T>) => Promise<T>;

/**
 * The turns of one process. Commands of one process on one stream would only be in each other's way: each would decide on a
 * state that the first of them changes, and the write loop decides anew so many times and no more.
 */
export function turns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (stream, work) => {
    const before = last.get(stream);
    const mine = before === undefined ? work() : before.then(work, work);
    last.set(stream, mine);
    try {
      return await mine;
    } finally {
      if (last.get(stream) === mine) last.delete(stream);
    }
  };
}
