const HOUR_MS = 3_600_000;

/**
 * A moment as people say it, as one that every ledger takes: `yesterday` is that day in UTC, to its end; `36h` and `7d`
 * are so many hours and days before now. Anything else stays as it is.
 */
export function explicit(moment: string, nowMs: number): string {
  if (moment === 'yesterday') return new Date(nowMs - 24 * HOUR_MS).toISOString().slice(0, 10);
  const [, count, unit] = /^(\d{1,6})([hd])$/.exec(moment) ?? [];
  if (count === undefined) return moment;
  const hours = Number(count) * (unit === 'd' ? 24 : 1);
  return new Date(Math.max(0, nowMs - hours * HOUR_MS)).toISOString();
}

/** `--from` and `--to`, made explicit. */
export function spanOf(
  { from, to }: { readonly from?: string; readonly to?: string },
  nowMs: number,
): { readonly from?: string; readonly to?: string } {
  return {
    ...(from === undefined ? {} : { from: explicit(from, nowMs) }),
    ...(to === undefined ? {} : { to: explicit(to, nowMs) }),
  };
}
