import { text } from 'node:stream/consumers';
import { commandNamed, join } from '@credence/claims';
import { LedgerError, PROBLEMS, refuse } from '@credence/contracts';
import type { Refusal, Section } from '@credence/contracts';
import type { Receipt } from '@credence/kernel';
import { ask, askBytes, HttpProblem } from './http-client.js';
import type { HttpAnswer } from './http-client.js';
import { httpFeed } from './http-feed.js';
import type { CaptureRequest, CommandRequest, Done, ImportRequest, Ledger, ReadParameters } from './ledger.js';
import type { Progress, RebuildAnswer } from './operations.js';
import { multipart } from './multipart.js';
import type { Part } from './multipart.js';
import { COMMAND_ROUTES, filled } from './routes.js';

/**
 * A ledger behind another Credence server: every answer is the body of its route.
 *
 * @param url - `http://…` or `https://…`, with or without `/v1`
 * @throws store-unavailable - from every method, where nobody answers at `url`
 */
export function httpLedger(url: string): Ledger {
  const base = url.replace(/\/+$/, '').replace(/\/v1$/, '');
  const get = async <T>(path: string, parameters: object = {}): Promise<T> =>
    (await ask(base, `/v1${path}`, { query: parameters })).body as T;
  const one =
    <T>(path: string) =>
    (reference: string, parameters?: ReadParameters): Promise<T> =>
      get(filled(path, { reference: bare(reference) }), parameters);

  const locate: Ledger['locate'] = (reference, sections) =>
    get('/references', { reference, sections: sections.join(',') });

  return {
    url: base,
    execute: request => execute(base, request, locate),
    capture: request => capture(base, request),
    importDossier: request => importDossier(base, request),
    summary: parameters => get('/summary', parameters),
    claims: parameters => get('/claims', parameters),
    claim: one('/claims/:reference'),
    belief: one('/claims/:reference/belief'),
    chain: one('/claims/:reference/chain'),
    citation: one('/claims/:reference/citation'),
    history: one('/claims/:reference/history'),
    timeline: one('/claims/:reference/timeline'),
    diff: one('/claims/:reference/diff'),
    blame: one('/claims/:reference/blame'),
    changes: parameters => get('/changes', parameters),
    sources: parameters => get('/sources', parameters),
    source: one('/sources/:reference'),
    impact: one('/sources/:reference/impact'),
    captures: (source, parameters) => get(`/sources/${encodeURIComponent(bare(source))}/captures`, parameters),
    captured: async (reference, parameters = {}) => {
      const path = filled('/v1/captures/:reference', { reference: bare(reference) });
      const { headers, bytes } = await askBytes(base, path, parameters);
      return {
        sha256: String(headers.etag).replaceAll('"', ''),
        mediaType: String(headers['content-type']),
        size: Number(headers['content-length']),
        bytes,
      };
    },
    capturedText: async (reference, parameters = {}) => {
      const path = filled('/v1/captures/:reference/text', { reference: bare(reference) });
      const { bytes } = await askBytes(base, path, parameters);
      return text(bytes);
    },
    around: (reference, assertion, parameters) =>
      get(filled('/captures/:reference/text', { reference: bare(reference) }), {
        ...parameters,
        around: bare(assertion),
      }),
    passagesIn: one('/captures/:reference/passages'),
    passages: parameters => get('/passages', parameters),
    anchor: async (reference, question, parameters = {}) => {
      const path = filled('/v1/captures/:reference/anchor', { reference: bare(reference) });
      const headers = { 'content-type': 'application/json' };
      const answer = await ask(base, path, { query: parameters, headers, body: JSON.stringify(question) });
      return answer.body as Awaited<ReturnType<Ledger['anchor']>>;
    },
    reanchoring: one('/captures/:reference/reanchoring'),
    sourceHistory: one('/sources/:reference/history'),
    units: parameters => get('/units', parameters),
    unit: one('/units/:reference'),
    policies: parameters => get('/policies', parameters),
    event: (seq, parameters) => get(`/events/${String(seq)}`, parameters),
    logCheckpoint: async () => text((await askBytes(base, '/v1/log/checkpoint', {})).bytes),
    logKey: async () => (await text((await askBytes(base, '/v1/log/key', {})).bytes)).trimEnd(),
    feed: (after, ready) => httpFeed(base, after, ready),
    locate,
    verify: progress => waiting(get('/operations/verification'), progress),
    doctor: (options, progress) => waiting(get('/operations/doctor', options), progress),
    rebuild: async (view, progress) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(view === undefined ? {} : { view });
      const answer = await waiting(ask(base, '/v1/operations/rebuild', { headers, body }), progress);
      return answer.body as RebuildAnswer;
    },
    health: async () => (await ask(base, '/health/ready')).body as Awaited<ReturnType<Ledger['health']>>,
    close: async () => undefined,
  };
}

const SECOND_MS = 1000;

/** An answer that may take long: says every second for how long the server has been at it, which is all that is known here. */
async function waiting<T>(answer: Promise<T>, progress: Progress = () => undefined): Promise<T> {
  let seconds = 0;
  const tell = () => {
    progress('seconds that the server has been at it', seconds, seconds);
    seconds++;
  };
  tell();
  const timer = setInterval(tell, SECOND_MS);
  return answer.finally(() => {
    clearInterval(timer);
  });
}

/** In a path the route has said the section already. */
const bare = (reference: string) => reference.replace(/^[a-z]+\//, '');

async function execute(base: string, request: CommandRequest, locate: Ledger['locate']): Promise<Done | Refusal> {
  const { command, target, data, words } = request;
  const route = COMMAND_ROUTES[command];
  if (route === undefined || commandNamed(command) === undefined)
    return refuse('invalid-body', `no server takes the command "${command}" as a body`);
  if (target === undefined && route.path.includes(':'))
    throw new LedgerError('invalid-body', `${command} needs a target`, [
      { pointer: '/target', code: 'required', detail: 'is missing' },
    ]);
  try {
    const path = filled(route.path, await parameters(route.on, request, locate));
    const answer = await ask(base, `/v1${path}`, {
      ...writing(request, 'application/json'),
      body: JSON.stringify(join(data, words)),
    });
    return done(answer);
  } catch (error) {
    if (error instanceof HttpProblem && PROBLEMS[error.code] < 500) return refusalOf(error);
    throw error;
  }
}

/** The bytes streamed, the fields before them. */
async function capture(
  base: string,
  { target, bytes, mediaType, body, ...request }: CaptureRequest,
): Promise<Done | Refusal> {
  const { type, body: sent } = multipart(
    (async function* (): AsyncGenerator<Part> {
      for (const [name, value] of Object.entries(body)) {
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        yield { name, bytes: new TextEncoder().encode(text) };
      }
      yield { name: 'file', filename: 'file', mediaType, bytes };
    })(),
  );
  try {
    const path = filled('/sources/:target/captures', { target: bare(target) });
    return done(await ask(base, `/v1${path}`, { ...writing(request, type), body: sent }));
  } catch (error) {
    if (error instanceof HttpProblem && PROBLEMS[error.code] < 500) return refusalOf(error);
    throw error;
  }
}

/** Header lines and parameters of a write. */
const writing = (
  { actor, idempotencyKey, correlationId, expected, dryRun }: Omit<CommandRequest, 'command' | 'data' | 'words'>,
  type: string,
) => ({
  query: dryRun === true ? { dryRun: true } : {},
  headers: {
    'content-type': type,
    'credence-actor': actor,
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    ...(correlationId === undefined ? {} : { 'credence-correlation-id': correlationId }),
    ...(expected === undefined ? {} : { 'if-match': `"${String(expected)}"` }),
  },
});

async function parameters(on: Section | undefined, { target = '', within }: CommandRequest, locate: Ledger['locate']) {
  if (on === undefined) return { target: bare(target) };
  if (within !== undefined) return { target: bare(target), claim: bare(within) };
  const { id, claim = '' } = await locate(target, [on]);
  return { target: id, claim };
}

function done({ body, headers }: HttpAnswer): Done {
  const made = /\/v1\/([a-z]+)\/([^/]+)$/.exec(headers.location ?? '');
  return {
    receipt: body as Receipt,
    replayed: headers['idempotency-replayed'] === 'true',
    made: made === null ? undefined : { section: made[1] as Section, id: decodeURIComponent(made[2] as string) },
  };
}

const refusalOf = ({ document }: HttpProblem): Refusal => ({
  ...refuse(document.code, document.detail, document.errors),
  ...(document.candidates === undefined ? {} : { candidates: document.candidates }),
});

/** The dossier and the files that it names, streamed: the server reads no path. */
async function importDossier(
  base: string,
  request: ImportRequest,
): Promise<Awaited<ReturnType<Ledger['importDossier']>>> {
  const { file, bytes, readFile, actor, reason, dryRun, correlationId, onProgress } = request;
  // Loaded when a dossier is sent: nobody who reads needs a YAML parser.
  const { filesNamed } = await import('./dossier-files.js');
  const names = filesNamed(bytes);
  const parts = async function* (): AsyncGenerator<Part> {
    yield { name: 'dossier', filename: file, bytes };
    for (const [i, name] of names.entries()) {
      onProgress?.(i, names.length);
      const content = await readFile(name);
      if (content !== undefined) yield { name, filename: name, bytes: content };
    }
    onProgress?.(names.length, names.length);
  };
  const { type, body } = multipart(parts());
  const { body: answer } = await ask(base, '/v1/imports/dossier', {
    query: { dryRun: dryRun === true ? true : undefined, reason },
    headers: {
      'content-type': type,
      'credence-actor': actor,
      ...(correlationId === undefined ? {} : { 'credence-correlation-id': correlationId }),
    },
    body,
  });
  return answer as Awaited<ReturnType<Ledger['importDossier']>>;
}
