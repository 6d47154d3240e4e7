import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LedgerError } from '@credence/contracts';
import type { ProblemItem } from '@credence/contracts';

/** What a route takes as its body, by media type, beyond JSON: `@RouteConfig({ accepts })`. */
export interface BodyConfig {
  /** `stream`: the handler reads the request itself. `bytes`: as sent, up to the limit. */
  readonly accepts?: Readonly<Record<string, 'stream' | 'bytes'>>;
}

export const JSON_LIMIT_BYTES = 1024 * 1024;
const MAX_DEPTH = 32;
const JSON_TYPE = 'application/json';

/**
 * Parsers of request bodies: strict JSON, and what single routes accept besides. Anything else is
 * `unsupported-media-type`, on every route that takes a body.
 */
export function readBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(JSON_TYPE, { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, acceptedAs(request) === 'bytes' ? body : jsonObject(body as Buffer));
    } catch (error) {
      done(error as Error, undefined);
    }
  });
  fastify.addContentTypeParser('*', (request, payload, done) => {
    const as = acceptedAs(request);
    if (as === 'stream') return done(null, payload);
    if (as === undefined) return done(unsupported(request), undefined);
    bytesOf(payload, JSON_LIMIT_BYTES).then(
      bytes => {
        done(null, bytes);
      },
      (error: unknown) => {
        done(error as Error, undefined);
      },
    );
  });
}

const acceptedAs = (request: FastifyRequest) => {
  const { accepts } = request.routeOptions.config as BodyConfig;
  return accepts?.[mediaTypeOf(request)];
};

/** The media type without parameters, in lower case; empty if none is given. */
export const mediaTypeOf = (request: FastifyRequest): string =>
  (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

export function unsupported(request: FastifyRequest): LedgerError {
  const { accepts = {} } = request.routeOptions.config as BodyConfig;
  const wanted = [...new Set([JSON_TYPE, ...Object.keys(accepts)])].join(', ');
  const found = mediaTypeOf(request);
  return new LedgerError(
    'unsupported-media-type',
    `${found === '' ? 'no Content-Type' : `Content-Type ${found}`}; wanted ${wanted}`,
  );
}

/** @throws too-large */
export async function bytesOf(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) throw new LedgerError('too-large', `the body is over ${String(limit)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const decoder = new TextDecoder('utf-8', { fatal: true });

const invalid = (detail: string, errors: readonly ProblemItem[] = []) =>
  new LedgerError('invalid-body', detail, errors);

/** A JSON object in UTF-8, of which every string is text and no member is a trap. @throws invalid-body */
export function jsonObject(body: Uint8Array): Record<string, unknown> {
  let text: string;
  try {
    text = decoder.decode(body);
  } catch {
    throw invalid('the body is not UTF-8');
  }
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('the body is no JSON object', [{ pointer: '', code: 'wrong-type', detail: 'wanted an object' }]);
  const wrong = unfit(value);
  if (wrong !== undefined) throw invalid(`${wrong.pointer}: ${wrong.detail}`, [wrong]);
  return value as Record<string, unknown>;
}

function parsed(text: string): unknown {
  if (text.trim() === '') throw invalid('the body is empty');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalid(`the body is not JSON: ${placeIn(text, (error as Error).message)}`);
  }
}

/** Where the JSON breaks off, without quoting it. */
function placeIn(text: string, message: string): string {
  const position = /at position (\d+)/.exec(message);
  if (position === null) return /end of JSON input|Unterminated/.test(message) ? 'it ends too early' : 'bad syntax';
  const before = text.slice(0, Number(position[1])).split('\n');
  return `line ${String(before.length)}, column ${String((before.at(-1) ?? '').length + 1)}`;
}

const PROTOTYPE_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** The first place that nothing behind this door could handle: too deep, no Unicode text, a name that means a prototype. */
function unfit(root: object): ProblemItem | undefined {
  const open: { readonly value: object; readonly at: string; readonly depth: number }[] = [
    { value: root, at: '', depth: 1 },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, at, depth } = next;
    if (depth > MAX_DEPTH)
      return { pointer: at, code: 'too-deep', detail: `nested deeper than ${String(MAX_DEPTH)} levels` };
    for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
      const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (PROTOTYPE_NAMES.has(name)) return { pointer, code: 'unknown-field', detail: `unknown field "${name}"` };
      if (!name.isWellFormed() || (typeof inner === 'string' && !inner.isWellFormed()))
        return { pointer: pointer.toWellFormed(), code: 'pattern', detail: 'holds a lone surrogate' };
      if (typeof inner === 'object' && inner !== null) open.push({ value: inner, at: pointer, depth: depth + 1 });
    }
  }
  return undefined;
}
