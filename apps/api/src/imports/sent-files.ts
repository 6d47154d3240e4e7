import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { LedgerError, MAX_DOSSIER_BYTES } from '@credence/contracts';
import type { ImportRequest } from '@credence/runtime';
import { bytesOf, mediaTypeOf } from '../http/bodies.js';

/** What a dossier's request holds: the dossier, and the files that it names. */
export type Sent = Pick<ImportRequest, 'file' | 'bytes' | 'readFile'>;

export const FILE_LIMIT_BYTES = 256 * 1024 * 1024;
const MOST_FILES = 10_000;
const DOSSIER_PART = 'dossier';

/**
 * Reads the request and hands over what it holds. Parts come in any order and an importer asks in its own, so files
 * wait on disk; they are gone when `use` is done.
 */
export async function withSent<T>(request: FastifyRequest, use: (sent: Sent) => Promise<T>): Promise<T> {
  if (mediaTypeOf(request) !== 'multipart/form-data') {
    const bytes = await bytesOf(request.body as Readable, MAX_DOSSIER_BYTES);
    return use({ file: DOSSIER_PART, bytes, readFile: async () => undefined });
  }
  const folder = await mkdtemp(join(tmpdir(), 'credence-import-'));
  try {
    return await use(await parts(request, folder).catch(malformed));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function parts(request: FastifyRequest, folder: string): Promise<Sent> {
  const files = new Map<string, string>();
  let dossier: { file: string; bytes: Uint8Array } | undefined;
  const limits = { fileSize: FILE_LIMIT_BYTES, fieldSize: MAX_DOSSIER_BYTES, fieldNameSize: 1000 };
  for await (const part of request.parts({ limits: { ...limits, parts: MOST_FILES }, preservePath: true })) {
    if (part.type === 'field') {
      if (part.fieldname === DOSSIER_PART)
        dossier = { file: DOSSIER_PART, bytes: Buffer.from(String(part.value), 'utf8') };
      else throw unknownPart(part.fieldname);
    } else if (part.fieldname === DOSSIER_PART) {
      dossier = { file: part.filename || DOSSIER_PART, bytes: await bytesOf(part.file, MAX_DOSSIER_BYTES) };
    } else {
      const path = join(folder, String(files.size));
      await pipeline(part.file, createWriteStream(path));
      if (part.file.truncated)
        throw new LedgerError('too-large', `part ${part.fieldname}: over ${String(FILE_LIMIT_BYTES)} bytes`);
      files.set(part.fieldname, path);
    }
  }
  if (dossier === undefined)
    throw new LedgerError('invalid-body', 'the part "dossier" is missing', [
      { pointer: `/${DOSSIER_PART}`, code: 'required', detail: 'is missing' },
    ]);
  return {
    ...dossier,
    readFile: async name => {
      const path = files.get(name);
      return path === undefined ? undefined : createReadStream(path);
    },
  };
}

/** The parser's own complaints have no code, unlike limits, refusals and the disk's. */
function malformed(error: unknown): never {
  if (error instanceof Error && ('code' in error || 'statusCode' in error)) throw error;
  throw new LedgerError('invalid-body', 'the body is no well-formed multipart/form-data');
}

const unknownPart = (name: string) =>
  new LedgerError('invalid-body', `part ${name} is no file`, [
    { pointer: `/${name}`, code: 'wrong-type', detail: 'wanted a part with a file name' },
  ]);
