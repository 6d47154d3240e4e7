/** How many commands are under way at once: what waits for the disk together can share a commit. */
export const WINDOW = 256;

/** Runs `task` on each item, at most `size` at once, started in order; the first failure stops what has not begun. */
export async function inWindow<T>(items: readonly T[], task: (item: T) => Promise<void>, size = WINDOW): Promise<void> {
  let next = 0;
  let failed = false;
  let failure: unknown;
  const worker = async () => {
    while (next < items.length && !failed) {
      const item = items[next++] as T;
      try {
        await task(item);
      } catch (error) {
        failed = true;
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, worker));
  if (failed) throw failure;
}
