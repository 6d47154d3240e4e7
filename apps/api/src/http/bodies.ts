import type { IncomingMessage } from 'node:http';
import type { FastifyContentTypeParser, FastifyInstance, FastifyRequest } from 'fastify';
import { LedgerError } from '@credence/contracts';
import { jsonObject } from './json-object.js';

/** What a route takes as its body, by media type: `@RouteConfig({ accepts })`. Without it: JSON. */
export interface BodyConfig {
  /** `json`: one object, to 1 MiB. `stream`: the handler reads the request itself. `*`: any other media type. */
  readonly accepts?: Accepts;
}

type Accepts = Readonly<Record<string, 'json' | 'stream'>>;

export const JSON_LIMIT_BYTES = 1024 * 1024;
const MULTIPART = 'multipart/form-data';
const JSON_ALONE: Accepts = { 'application/json': 'json' };

/** Reads bodies as their routes take them; any other media type is `unsupported-media-type`. */
export function readBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  // The multipart plug-in has a parser of its own, for every route.
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const foreign =
      mediaTypeOf(request) === MULTIPART && !request.is404 && acceptedBy(request)[MULTIPART] === undefined;
    done(foreign ? unsupported(request) : null, payload);
  });
  const parse: FastifyContentTypeParser = (request, payload, done) => {
    if (request.is404) return done(null, payload.resume());
    const as = acceptedBy(request)[mediaTypeOf(request)] ?? acceptedBy(request)['*'];
    if (as === undefined) {
      // As what is too large: a client that is cut off while it sends never sees the answer.
      const refuse = () => {
        payload.off('end', refuse).off('error', refuse);
        done(unsupported(request), undefined);
      };
      return void payload.on('end', refuse).on('error', refuse).resume();
    }
    if (as === 'stream') return done(null, payload);
    collected(payload, JSON_LIMIT_BYTES, (error, bytes) => {
      if (error !== undefined) return done(error, undefined);
      try {
        done(null, jsonObject(bytes));
      } catch (wrong) {
        done(wrong as Error, undefined);
      }
    });
  };
  // JSON by its name too: what is parsed by `*` Fastify looks for anew with each request.
  for (const type of ['application/json', '*']) fastify.addContentTypeParser(type, parse);
}

const acceptedBy = (request: FastifyRequest): Accepts =>
  (request.routeOptions.config as BodyConfig).accepts ?? JSON_ALONE;

/** The media type without parameters, in lower case; empty if none is given. */
export const mediaTypeOf = (request: FastifyRequest): string =>
  (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

export function unsupported(request: FastifyRequest): LedgerError {
  const found = mediaTypeOf(request);
  return new LedgerError(
    'unsupported-media-type',
    `${found === '' ? 'no Content-Type' : `Content-Type ${found}`}; wanted ${Object.keys(acceptedBy(request)).join(', ')}`,
  );
}

const tooLarge = (limit: number) => new LedgerError('too-large', `the body is over ${String(limit)} bytes`);

/**
 * By events, not by iteration: a small body is there with the first of them. What is too large is read to its end and
 * let go: a client that is cut off while it sends never sees the answer.
 */
function collected(
  payload: IncomingMessage | AsyncIterable<Uint8Array>,
  limit: number,
  done: (error: Error | undefined, bytes: Buffer) => void,
): void {
  const stream = payload as IncomingMessage;
  const chunks: Buffer[] = [];
  let size = 0;
  const finish = (error?: Error) => {
    stream.off('data', more).off('end', finish).off('error', finish);
    const [only] = chunks;
    done(
      error ?? (size > limit ? tooLarge(limit) : undefined),
      chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks),
    );
  };
  const more = (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) chunks.length = 0;
    else chunks.push(chunk);
  };
  stream.on('data', more).on('end', finish).on('error', finish);
}

/** @throws too-large */
export async function bytesOf(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
