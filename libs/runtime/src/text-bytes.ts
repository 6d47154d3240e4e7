import type { CapturedText, Page } from '@credence/anchoring';

/** An extracted text as it is kept. */
export interface TextBytes {
  readonly text: Uint8Array;
  /** The map of its pages. */
  readonly pages?: Uint8Array;
}

export function textIn({ text, pages }: TextBytes): CapturedText {
  const read = new TextDecoder('utf-8', { ignoreBOM: true }).decode(text);
  if (pages === undefined) return { text: read };
  return { text: read, pages: JSON.parse(new TextDecoder().decode(pages)) as Page[] };
}
