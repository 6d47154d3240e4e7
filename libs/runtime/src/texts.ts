import type { CapturedText } from '@credence/anchoring';
import type { TextOf } from '@credence/claims';
import { LedgerError, refuse } from '@credence/contracts';
import type { Refusal } from '@credence/contracts';
import { canonicalize } from '@credence/integrity';
import type { CaptureStore } from '@credence/kernel';
import type { PlaceAnswer, PlaceQuestion } from './place.js';
import { textIn } from './text-bytes.js';
import type { TextBytes } from './text-bytes.js';

/** Texts of captures: files beside their bytes, under the SHA-256 of what they hold. */
export interface Texts {
  /**
   * The text of bytes that are kept, extracted and kept too. Undefined: the bytes are not there, or documents of this
   * kind have no text for us.
   *
   * @param size - of the bytes: of a text that is too long none is read
   * @returns `unreadable-document` where they should have one
   */
  extracted(sha256: string, mediaType: string, size: number): Promise<TextOf | Refusal | undefined>;
  /** @throws store-unavailable - a file is missing or damaged */
  captured(text: TextOf): Promise<CapturedText>;
  /**
   * Places in a text, an answer for each question.
   *
   * @returns `too-large` where looking for one takes more time or memory than there is for it
   * @throws store-unavailable - a file is missing or damaged
   */
  places(text: TextOf, questions: readonly PlaceQuestion[]): Promise<readonly PlaceAnswer[]>;
}

const REMEMBERED = 100;

export function textsOf(captures: CaptureStore): Texts {
  const extracted = new Map<string, Promise<TextOf | Refusal | undefined>>();

  const bytesOf = async ({ sha256, pages }: TextOf): Promise<TextBytes> => {
    const text = await kept(captures, sha256);
    return pages === undefined ? { text } : { text, pages: await kept(captures, pages) };
  };

  return {
    captured: async text => textIn(await bytesOf(text)),
    places: async (text, questions) => {
      // Loaded when there is a quotation to look for.
      const { anchoringOfProcess } = await import('./anchor-apart.js');
      const name = `${text.sha256} ${text.pages ?? ''}`;
      return anchoringOfProcess({ name, length: text.length, bytes: () => bytesOf(text) }, questions);
    },
    extracted: (sha256, mediaType, size) => {
      // A command that is decided again, because another writer came first, finds it done.
      const name = `${sha256} ${mediaType}`;
      const known = extracted.get(name);
      if (known !== undefined) return known;
      const extracting = extractedFrom(captures, sha256, mediaType, size);
      extracted.set(name, extracting);
      extracting.then(
        found => {
          if (found === undefined) extracted.delete(name); // the bytes may come yet
        },
        () => extracted.delete(name),
      );
      for (const old of extracted.keys()) if (extracted.size > REMEMBERED) extracted.delete(old);
      return extracting;
    },
  };
}

async function extractedFrom(captures: CaptureStore, sha256: string, mediaType: string, size: number) {
  if (!(await captures.has(sha256))) return undefined;
  // Loaded when there is a document to read.
  const { extractApart, hasText, tooLargeFor } = await import('../../extraction/src/index.js');
  if (!hasText(mediaType)) return undefined;
  const tooLarge = tooLargeFor(mediaType, size);
  const found = tooLarge ?? (await extractApart(await kept(captures, sha256), mediaType));
  if (found === undefined) return undefined;
  if ('unreadable' in found) return unreadableDocument(found.unreadable, found.detail);
  const { text, pages, extractor } = found;
  const stored = await captures.put([utf8(text)]);
  const map = pages === undefined ? undefined : await captures.put([utf8(canonicalize(pages))]);
  return {
    sha256: stored.sha256,
    length: lengthInCodePoints(text),
    ...(map === undefined ? {} : { pages: map.sha256 }),
    extractor,
  };
}

const unreadableDocument = (code: string, detail: string): Refusal =>
  refuse('unreadable-document', `the document ${detail}; with withoutText its bytes are kept without a text`, [
    { pointer: '/file', code, detail },
  ]);

const utf8 = (text: string) => new TextEncoder().encode(text);

function lengthInCodePoints(text: string): number {
  let pairs = 0;
  for (const _ of text.matchAll(/[\ud800-\udbff](?=[\udc00-\udfff])/g)) pairs++;
  return text.length - pairs;
}

async function kept(captures: CaptureStore, sha256: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const found = await captures.get(sha256);
  if (found === undefined)
    throw new LedgerError('store-unavailable', `${sha256} is missing among the captures; credence doctor says more`);
  for await (const chunk of found) chunks.push(chunk);
  const whole = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  return new Uint8Array(whole.buffer, whole.byteOffset, whole.length); // readers of documents take no Buffer
}
