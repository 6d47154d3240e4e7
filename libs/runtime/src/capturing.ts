import { commandNamed, split } from '@credence/claims';
import type { CommandDefinition } from '@credence/claims';
import { check, LedgerError, refuse } from '@credence/contracts';
import type { Refusal } from '@credence/contracts';
import { memoryCaptureStore } from '@credence/kernel';
import type { CaptureStore } from '@credence/kernel';
import type { CaptureRequest, CommandRequest } from './ledger.js';
import { primitives } from './primitives.js';
import { textsOf } from './texts.js';
import type { Texts } from './texts.js';

/** Bytes of one capture (WIRE.md, "Ids and references"). */
export const MAX_CAPTURE_BYTES = 256 * 1024 * 1024;

/** The bytes as they come. @throws too-large */
export async function* limited(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > MAX_CAPTURE_BYTES)
      throw new LedgerError('too-large', `a capture has at most ${String(MAX_CAPTURE_BYTES)} bytes`, [
        { pointer: '/file', code: 'too-large', detail: `over ${String(MAX_CAPTURE_BYTES)} bytes` },
      ]);
    yield chunk;
  }
}

const TAKE_CAPTURE = commandNamed('TakeCapture') as CommandDefinition;
const NO_BYTES = { sha256: '0'.repeat(64), size: 0 };

/**
 * The command that enters bytes, which are kept first; of a dry run they are kept nowhere but in memory.
 *
 * @returns the command and where its bytes are; or what is wrong with the fields beside them, before any byte is read
 */
export async function capturing(
  { bytes, mediaType, body, ...request }: CaptureRequest,
  captures: CaptureStore,
  texts: Texts,
): Promise<{ readonly request: CommandRequest; readonly texts: Texts } | Refusal> {
  const parts = split({ ...body, mediaType, ...NO_BYTES }, TAKE_CAPTURE);
  const wrong =
    'data' in parts ? [...check(TAKE_CAPTURE.data, parts.data), ...check(TAKE_CAPTURE.words, parts.words)] : parts;
  if (!('data' in parts) || wrong.length > 0) return refuse('invalid-body', detailOf(wrong), wrong);
  const dry = request.dryRun === true;
  const store = dry ? memoryCaptureStore(primitives) : captures;
  const kept = await store.put(limited(bytes));
  const command = { ...request, command: 'TakeCapture', data: { ...parts.data, ...kept }, words: parts.words };
  return { request: command, texts: dry ? textsOf(store) : texts };
}

const detailOf = (wrong: readonly { readonly pointer: string; readonly detail: string }[]) =>
  wrong.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ');
