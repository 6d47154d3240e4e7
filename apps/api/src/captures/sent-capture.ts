import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { LedgerError, mediaTypeOf as byEnding } from '@credence/contracts';
import { MAX_CAPTURE_BYTES } from '@credence/runtime';
import type { CaptureRequest } from '@credence/runtime';
import { mediaTypeOf } from '../http/bodies.js';
import { flagOf } from '../http/parameters.js';

type Sent = Pick<CaptureRequest, 'bytes' | 'mediaType' | 'body'>;
const BYTES = 'application/octet-stream';

/**
 * Reads a capture from a request and hands it over: a raw body, streamed, with its fields as parameters; or a multipart
 * one, whose parts come in any order, so that its file waits on disk until `use` is done.
 */
export async function withSentCapture<T>(
  request: FastifyRequest,
  parameters: Readonly<Record<string, string>>,
  use: (sent: Sent) => Promise<T>,
): Promise<T> {
  if (mediaTypeOf(request) !== 'multipart/form-data') {
    const bytes = (request.body ?? []) as Readable | [];
    return use({ bytes, mediaType: request.headers['content-type'] ?? BYTES, body: bodyOf(parameters) });
  }
  const folder = await mkdtemp(join(tmpdir(), 'credence-capture-'));
  try {
    return await use(await parts(request, join(folder, 'file'), parameters).catch(malformed));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function parts(
  request: FastifyRequest,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Sent> {
  const fields = new Map(Object.entries(parameters));
  let mediaType: string | undefined;
  const limits = { fileSize: MAX_CAPTURE_BYTES, fieldSize: 64 * 1024, fieldNameSize: 100, files: 2, parts: 30 };
  for await (const part of request.parts({ limits })) {
    const again = part.fieldname === 'file' ? mediaType !== undefined : fields.has(part.fieldname);
    if (again) throw wrongPart(part.fieldname, 'given more than once', 'repeated');
    if (part.type === 'field') fields.set(part.fieldname, String(part.value));
    else if (part.fieldname !== 'file') throw wrongPart(part.fieldname, 'the bytes are in the part "file"');
    else {
      await pipeline(part.file, createWriteStream(path));
      if (part.file.truncated) throw tooLarge();
      mediaType = part.mimetype === BYTES ? byEnding(part.filename) : part.mimetype;
    }
  }
  if (mediaType === undefined) throw wrongPart('file', 'is missing');
  const { mediaType: said = mediaType, ...rest } = Object.fromEntries(fields);
  return { bytes: createReadStream(path), mediaType: said, body: bodyOf(rest) };
}

/** Fields as a command's flat body has them: a date may be an object, a flag is one. */
function bodyOf({ withoutText, ...fields }: Readonly<Record<string, string>>): Record<string, unknown> {
  const { retrievedAt } = fields;
  return {
    ...fields,
    ...(retrievedAt?.startsWith('{') === true ? { retrievedAt: jsonOf(retrievedAt) } : {}),
    ...(flagOf('withoutText', withoutText) ? { withoutText: true } : {}),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The parser's own complaints have no code, unlike limits, refusals and the disk's. */
function malformed(error: unknown): never {
  if (error instanceof Error && ('code' in error || 'statusCode' in error)) throw error;
  throw new LedgerError('invalid-body', 'the body is no well-formed multipart/form-data');
}

function tooLarge(): LedgerError {
  const detail = `over ${String(MAX_CAPTURE_BYTES)} bytes`;
  return new LedgerError('too-large', `file: ${detail}`, [{ pointer: '/file', code: 'too-large', detail }]);
}

const wrongPart = (name: string, detail: string, code = 'required') =>
  new LedgerError('invalid-body', `part ${name}: ${detail}`, [{ pointer: `/${name}`, code, detail }]);
