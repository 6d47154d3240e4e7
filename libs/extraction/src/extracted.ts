import type { Page } from '@credence/anchoring';

/** What a document says, as far as a machine can read it: the same bytes and the same extractor give the same text. */
export interface Extracted {
  readonly text: string;
  /** Where it has pages; offsets count Unicode code points. */
  readonly pages?: readonly Page[];
  readonly extractor: Extractor;
}

/** Which program read the document. The version rises when the same bytes would give another text. */
export interface Extractor {
  readonly name: string;
  readonly version: string;
}

export const FAULTS = ['encoding', 'broken', 'encrypted', 'too-large', 'too-long', 'too-much-memory'] as const;
export type Fault = (typeof FAULTS)[number];

/** A document of a kind that we read, and that could not be read. */
export interface Unreadable {
  readonly unreadable: Fault;
  readonly detail: string;
}

export const unreadable = (fault: Fault, detail: string): Unreadable => ({ unreadable: fault, detail });

/** Thrown inside the room, so that a parser's callbacks can stop it. */
export class Stopped extends Error {
  constructor(readonly reason: Unreadable) {
    super(reason.detail);
  }
}

/** Bytes of a document that is text; of a PDF, the limit is that of a capture. */
export const MAX_TEXT_BYTES = 64 * 1024 * 1024;
/** UTF-16 code units of an extracted text: some five thousand pages. What is longer cannot be searched in bounded memory. */
export const MAX_TEXT_LENGTH = 16 * 1024 * 1024;
export const MAX_PAGES = 20_000;

/** @throws Stopped - the text has grown too long */
export function within(length: number): void {
  if (length > MAX_TEXT_LENGTH)
    throw new Stopped(unreadable('too-large', `its text is over ${String(MAX_TEXT_LENGTH)} characters`));
}
