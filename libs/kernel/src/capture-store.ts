/** Bytes of captured documents, by content: the SHA-256 of the bytes, in 64 hex digits, is the name. */
export interface CaptureStore {
  /**
   * Keeps the bytes, once: durable when it resolves, and never half-visible (temporary name, sync, rename).
   * The same bytes again are a no-op.
   *
   * @throws store-unavailable - the medium refused; nothing is visible under the name
   */
  put(
    bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<{ readonly sha256: string; readonly size: number }>;

  /**
   * The bytes in order, or undefined if no such capture is kept.
   *
   * @throws store-unavailable - while they are read: the medium refused, or the bytes are no longer what the name says
   */
  get(sha256: string): Promise<AsyncIterable<Uint8Array> | undefined>;

  has(sha256: string): Promise<boolean>;
}
