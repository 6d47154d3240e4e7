/** A payload as stored, under whichever version wrote it. */
export interface VersionedPayload {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: unknown;
  readonly words: unknown;
}

/** Pure: the payload of version n as version n + 1 would have recorded it. */
export type Upcast = (payload: { data: unknown; words: unknown }) => { data: unknown; words: unknown };

/** By type, then by the version that it starts from. Empty until a frozen definition changes (0.1.0 is the first release). */
export const UPCASTS: Readonly<Record<string, Readonly<Record<number, Upcast>>>> = {};

/**
 * Lifts a stored payload to the version that today's folds read, one pure step at a time. Bytes on disk, hashes and
 * proofs stay as they are: an upcast happens on the way out.
 *
 * @throws Error when a step is missing: a log written by a newer release, or an upcast that was forgotten
 */
export function upcast(
  payload: VersionedPayload,
  current: number,
  upcasts = UPCASTS,
): { data: unknown; words: unknown } {
  let parts = { data: payload.data, words: payload.words };
  for (let version = payload.schemaVersion; version !== current; version++) {
    const step = upcasts[payload.type]?.[version];
    if (step === undefined || version > current)
      throw new Error(
        `${payload.type}: found schema version ${String(payload.schemaVersion)}, and this release reads up to ${String(current)}`,
      );
    parts = step(parts);
  }
  return parts;
}
