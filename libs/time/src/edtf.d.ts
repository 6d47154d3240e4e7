/** What we use of edtf 4.11.1, which brings no types: whether a text is EDTF of level 0 to 2. */
declare module 'edtf' {
  /** Throws where the text is no EDTF. */
  export function parse(text: string): unknown;
}
