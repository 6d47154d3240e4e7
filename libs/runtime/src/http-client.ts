import { request as plain } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { LedgerError, PROBLEMS } from '@credence/contracts';
import type { ProblemDocument } from '@credence/contracts';

export interface HttpRequest {
  readonly query?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Posted; absent: a GET. A stream is sent as it comes. */
  readonly body?: string | AsyncIterable<Uint8Array>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body, parsed. */
  readonly body: unknown;
}

/** What a server said no to. */
export class HttpProblem extends LedgerError {
  constructor(readonly document: ProblemDocument) {
    super(document.code, document.detail, document.errors, document.candidates);
  }
}

/**
 * Asks a Credence server. Connections are kept and used again. By `node:http`: it starts in half the time of `fetch`, and
 * does not give up on an import that takes longer than five minutes.
 *
 * @param base - the server's URL without `/v1`
 * @throws store-unavailable - nobody answers there, or not as a Credence server does
 * @throws HttpProblem - it refused; carries its problem document
 */
export async function ask(base: string, path: string, request: HttpRequest = {}): Promise<HttpAnswer> {
  const { query = {}, headers = {}, body } = request;

  const search = searchOf(query);
  let response: IncomingMessage;
  let answered: string;
  try {
    response = await exchanged(`${base}${path}${search === '' ? '' : `?${search}`}`, headers, body);
    answered = await text(response);
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw unreachable(base, error, body === undefined ? 'asked' : 'sent');
  }
  const { statusCode: status = 0 } = response;
  const answer = parsed(answered);
  if (status >= 200 && status < 300 && answer !== undefined) return { status, headers: response.headers, body: answer };
  if (isProblem(answer)) throw new HttpProblem(answer);
  throw new LedgerError(
    'store-unavailable',
    `${base} is no Credence server: it answered ${path} with status ${String(status)}`,
  );
}

/**
 * Asks for bytes. The answer's body is streamed; what is no success is read as the problem that it is.
 *
 * @throws store-unavailable, HttpProblem - as `ask`
 */
export async function askBytes(
  base: string,
  path: string,
  query: object,
): Promise<{ readonly headers: IncomingHttpHeaders; readonly bytes: AsyncIterable<Uint8Array> }> {
  const search = searchOf(query);
  const url = `${base}${path}${search === '' ? '' : `?${search}`}`;
  let response: IncomingMessage;
  try {
    response = await exchanged(url, { accept: '*/*' }, undefined);
  } catch (error) {
    throw unreachable(base, error);
  }
  if (response.statusCode === 200) return { headers: response.headers, bytes: toTheEnd(response, base) };
  const problem = parsed(await text(response));
  if (isProblem(problem)) throw new HttpProblem(problem);
  throw new LedgerError('store-unavailable', `${base} is no Credence server`);
}

/** @throws store-unavailable - the server goes away before all of them came */
async function* toTheEnd(response: IncomingMessage, base: string): AsyncGenerator<Uint8Array> {
  try {
    yield* response as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw unreachable(base, error);
  }
}

function searchOf(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.append(name, String(value));
  return search.toString();
}

/**
 * The lines of an answer that goes on for as long as the server has something to say.
 *
 * @param signal - ends it
 * @throws store-unavailable, HttpProblem - as `ask`; a connection that breaks off is `store-unavailable` too
 */
export async function* lines(
  base: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  try {
    const response = await exchanged(`${base}${path}`, headers, undefined);
    signal.addEventListener('abort', () => response.destroy());
    if (response.statusCode !== 200) {
      const problem = parsed(await text(response));
      if (isProblem(problem)) throw new HttpProblem(problem);
      throw new LedgerError('store-unavailable', `${base} is no Credence server`);
    }
    yield* createInterface({ input: response, crlfDelay: Infinity });
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof LedgerError) throw error;
    throw unreachable(base, error);
  }
}

/** Resolves when the answer begins; a server may refuse a stream that it has not read to its end. */
async function exchanged(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: HttpRequest['body'],
): Promise<IncomingMessage> {
  const request = url.startsWith('https:') ? (await import('node:https')).request : plain;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = request(
    url,
    { method: body === undefined ? 'GET' : 'POST', headers: { accept: 'application/json', ...headers } },
    resolve,
  );
  sent.on('error', reject);
  if (body === undefined || typeof body === 'string') sent.end(body);
  else
    pipeline(body, sent).catch((error: unknown) => {
      // A file that cannot be read, or a server that hung up: where it answered first, the answer counts.
      reject(error instanceof Error ? error : new Error(String(error)));
      sent.destroy();
    });
  return promise;
}

const BROKEN_OFF = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED']);

/** What a connection that fails means. `sent`: whether it was carried out is not known. */
function unreachable(base: string, error: unknown, what: 'asked' | 'sent' = 'asked'): LedgerError {
  const reason = reasonOf(error);
  if (!BROKEN_OFF.has(reason)) return new LedgerError('store-unavailable', `${base} cannot be reached: ${reason}`);
  const known =
    what === 'asked'
      ? ''
      : '; what was sent may be recorded, in part or whole: an import, and whatever has an idempotency key, can be sent again, and is recorded once';
  return new LedgerError('store-unavailable', `${base} went away before its answer was whole (${reason})${known}`);
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? ((error as { code?: string }).code ?? error.message) : String(error);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const isProblem = (value: unknown): value is ProblemDocument =>
  typeof value === 'object' && value !== null && String((value as { code?: unknown }).code) in PROBLEMS;
