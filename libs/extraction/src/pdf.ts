import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pagesOfFormFeeds } from '@credence/anchoring';
import type { Page } from '@credence/anchoring';
import { getDocument, InvalidPDFException, version, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { MAX_PAGES, Stopped, unreadable, within } from './extracted.js';

export { version };

/**
 * The text layer of a PDF, a page after the other, form feeds between them, each with the label that the file gives it.
 * Nothing is run, drawn, or fetched: no scripts, no fonts, no images; tables for Asian encodings come from the package.
 *
 * @returns undefined of a document without a text layer: pictures of pages
 * @throws Stopped
 */
export async function pdfText(bytes: Uint8Array): Promise<{ text: string; pages: readonly Page[] } | undefined> {
  const loading = getDocument({
    data: bytes,
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    isImageDecoderSupported: false,
    disableAutoFetch: true,
    disableStream: true,
    disableRange: true,
    stopAtErrors: false,
    maxImageSize: 0,
    cMapUrl: packed('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: packed('standard_fonts'),
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await loading.promise;
    const { numPages } = document;
    if (numPages > MAX_PAGES) throw new Stopped(unreadable('too-large', `it has more than ${String(MAX_PAGES)} pages`));
    const labels = (await document.getPageLabels().catch(() => null)) as readonly string[] | null;
    const texts: string[] = [];
    let length = 0;
    for (let number = 1; number <= numPages; number++) {
      const text = await pageText(document, number);
      within((length += text.length + 1));
      texts.push(text);
    }
    const text = texts.join('\f');
    if (text.replaceAll('\f', '').trim() === '') return undefined;
    const pages = pagesOfFormFeeds(
      text,
      texts.map((_, i) => i + 1),
    );
    return { text, pages: labels === null ? pages : pages.map((page, i) => labelled(page, labels[i])) };
  } catch (error) {
    throw stoppedBy(error);
  } finally {
    void loading.destroy().catch(() => undefined); // not waited for: what stopped us may go on for long
  }
}

interface TextItem {
  readonly str: string;
  readonly hasEOL: boolean;
}
type Document = Awaited<ReturnType<typeof getDocument>['promise']>;

async function pageText(document: Document, number: number): Promise<string> {
  const page = await document.getPage(number);
  let text = '';
  const stream = page.streamTextContent() as AsyncIterable<{ readonly items: readonly (TextItem | object)[] }>;
  for await (const { items } of stream)
    // as it comes: a page may never end
    for (const item of items) if ('str' in item) within((text += item.str + (item.hasEOL ? '\n' : '')).length);
  page.cleanup();
  return text.replaceAll(/[\f\0]/g, ' ').trimEnd();
}

const labelled = (page: Page, label: string | undefined): Page =>
  label === undefined || label.trim() === '' ? page : { ...page, printed: label.trim() };

function stoppedBy(error: unknown): unknown {
  if (nameOf(error) === 'PasswordException') return new Stopped(unreadable('encrypted', 'the PDF wants a password'));
  if (error instanceof InvalidPDFException)
    return new Stopped(unreadable('broken', `is no PDF that can be read: ${error.message}`));
  if (error instanceof Stopped) return error;
  return new Stopped(
    unreadable('broken', `is a broken PDF: ${error instanceof Error ? error.message : String(error)}`),
  );
}

/** A folder of the package, as a URL that ends in a slash. */
function packed(folder: string): string {
  const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  return join(root, folder) + sep;
}

const nameOf = (error: unknown) => (error as Partial<Error> | null)?.name;
