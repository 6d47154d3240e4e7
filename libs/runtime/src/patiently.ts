/** A long computation over the read models: it pauses where it yields. */
export interface Long<T> {
  readonly steps: Generator<void, T>;
  /** Whether the models are no longer those that it began with. */
  moved(): boolean;
}

const SLICE_MS = 8;
const ATTEMPTS = 3;

/**
 * Runs a computation in slices, so that writes and other reads come between. If the models move meanwhile it begins
 * again, at last without a pause: the answer is always of one moment.
 */
export async function patiently<T>(begin: () => Promise<Long<T>>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const { steps, moved } = await begin();
    for (let until = performance.now() + SLICE_MS; ;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (attempt === ATTEMPTS || performance.now() < until) continue;
      await new Promise(resume => setImmediate(resume));
      if (moved()) break;
      until = performance.now() + SLICE_MS;
    }
  }
}
