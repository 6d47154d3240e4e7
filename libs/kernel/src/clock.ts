/** Wall clock, milliseconds since 1970 UTC. It may step; what depends on it says how it copes. */
export type Clock = () => number;

/** `count` bytes that nobody can guess. */
export type RandomBytes = (count: number) => Uint8Array;

/** A clock further behind the head's effectiveAt than this refuses to write (DESIGN.md §2). */
export const MAX_CLOCK_SKEW_MS = 5000;

/**
 * recordedAt of the next commit, in milliseconds: the clock, but never before what the log already says.
 *
 * @returns undefined when the clock is more than 5 s behind: `clock-skew`
 */
export function nextRecordedAt(nowMs: number, effectiveAt: number): number | undefined {
  return nowMs < effectiveAt - MAX_CLOCK_SKEW_MS ? undefined : Math.max(nowMs, effectiveAt);
}
