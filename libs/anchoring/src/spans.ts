/** A stretch of source, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
