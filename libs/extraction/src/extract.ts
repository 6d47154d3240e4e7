import { pagesOfFormFeeds, withPrintedNumbers } from '@credence/anchoring';
import type { Page } from '@credence/anchoring';
import { pagedText } from './csv.js';
import { decoded } from './decoded.js';
import { MAX_TEXT_BYTES, Stopped, unreadable, within } from './extracted.js';
import type { Extracted, Extractor, Unreadable } from './extracted.js';
import { htmlText } from './html.js';
import { kindOf } from './kinds.js';

const TEXT: Extractor = { name: 'credence-text', version: '1' };
const CSV: Extractor = { name: 'credence-csv', version: '1' };
const HTML: Extractor = { name: 'credence-html', version: '1' };

/**
 * Reads a document in this thread: for `extractApart`, which bounds its time and memory, and for small texts.
 *
 * @param mediaType - with its parameters: `charset` says the encoding of a text
 * @returns undefined of a kind of document that has no text for us: pictures, also in a PDF; archives; bytes
 */
export async function extract(bytes: Uint8Array, mediaType: string): Promise<Extracted | Unreadable | undefined> {
  const kind = kindOf(mediaType);
  if (kind === undefined) return undefined;
  try {
    if (kind === 'pdf') return await ofPdf(bytes);
    const tooLarge = tooLargeFor(mediaType, bytes.length);
    if (tooLarge !== undefined) return tooLarge;
    const text = decoded(bytes, charsetOf(mediaType), kind === 'html' || kind === 'xml');
    if (kind === 'html') return extracted(htmlText(text), undefined, HTML);
    const paged = kind === 'csv' ? pagedText(text) : undefined;
    return paged === undefined ? extracted(text, undefined, TEXT) : extracted(paged.text, paged.pages, CSV);
  } catch (error) {
    if (error instanceof Stopped) return error.reason;
    throw error;
  }
}

/** What is said of a document before a byte of it is read: one of so many bytes would be too long a text. */
export function tooLargeFor(mediaType: string, size: number): Unreadable | undefined {
  const kind = kindOf(mediaType);
  if (kind === undefined || kind === 'pdf' || size <= MAX_TEXT_BYTES) return undefined;
  return unreadable('too-large', `is over ${String(MAX_TEXT_BYTES)} bytes, too much for a text that is to be searched`);
}

async function ofPdf(bytes: Uint8Array): Promise<Extracted | undefined> {
  // Loaded when there is one to read: it is as large as all the rest.
  const { pdfText, version } = await import('./pdf.js');
  const found = await pdfText(bytes);
  return found && extracted(found.text, found.pages, { name: 'pdfjs-dist', version });
}

function extracted(text: string, given: readonly Page[] | undefined, extractor: Extractor): Extracted {
  within(text.length);
  const pages = given ?? pagesOfFormFeeds(text);
  if (pages.length === 0) return { text, extractor };
  return { text, pages: withPrintedNumbers({ text, pages }).pages ?? pages, extractor };
}

/** RFC 9110 §8.3.2: a token, or a quoted string. */
const charsetOf = (mediaType: string): string | undefined =>
  /;\s*charset\s*=\s*"?([^\s";]+)"?/i.exec(mediaType)?.[1]?.toLowerCase();
