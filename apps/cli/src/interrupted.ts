/** Somebody asked the process to stop before its work was done; the message says what has become of it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
