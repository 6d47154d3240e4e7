import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PROBLEMS } from '@credence/contracts';
import { applyPage, fingerprint, memoryViewStore, projection, settleSlice, verify } from '@credence/kernel';
import type { Receipt } from '@credence/kernel';
import { primitives } from '@credence/runtime';
import type { LocalLedger, Media } from '@credence/runtime';
import { VIEWS } from '@credence/views';
import { createApp } from '../../apps/api/src/app.js';
import { openApi } from '../../apps/api/src/docs/document.js';
import { terminal } from '../../apps/cli/src/testing.js';
import type { Terminal } from '../../apps/cli/src/testing.js';
import { VERBS } from '../../apps/cli/src/verbs/index.js';
import { openWithMedia } from '../support/ledgers.js';

/** How many inputs are tried; the suite keeps it short. */
const RUNS = Number(process.env['CREDENCE_FUZZ_RUNS'] ?? 300);
const LONG = { timeout: 60_000 + RUNS * 200 };

let media: Media;
let ledger: LocalLedger;
let url: URL;
let close: () => Promise<void>;
/** `POST /v1/claims/{claim}/retractions`, as the OpenAPI document and Fastify have them. */
const routes: { method: string; path: string }[] = [];
/** What stands in the ledger, by the name of the path parameter that it can be. */
const known: Record<string, string> = { seq: '1' };

const held = { hold: 'held', holdReason: 'in the file' };
const reason = 'an example';
/** A body that each route accepts, with `$name` for what stands in the ledger. */
const BODIES: Readonly<Record<string, object>> = {
  '/v1/claims': { text: 'It rained.', form: 'event', topics: ['rain'], holdsDuring: { edtf: '2019-04', said: 'then' } },
  '/v1/sources': { kind: 'person', name: 'Ann', named: 'publicly', grade: 'C', gradeReason: 'x', cite: { title: 'x' } },
  '/v1/units': { members: ['$source', '$other'], reason },
  '/v1/policies': { trust: { C: '0.6' }, reason },
  '/v1/set-asides': { event: 1, reason, authority: 'x' },
  assertions: { source: '$source', stance: 'asserts', basis: 'first-hand', assertedAt: '2019-04-18', ...held },
  relays: { source: '$other', relays: [{ assertion: '$assertion', how: 'verbatim', fidelity: 'weaker' }], ...held },
  corrections: { set: { note: 'x', locator: 'p. 1' }, code: 'entry-error', reason },
  description: { set: { describedAs: 'x' }, reason },
  revisions: { set: { note: 'x', stance: 'denies' }, reason, assertedAt: '2019-05' },
  supersession: { successor: '$second', reason },
  retractions: { by: 'ledger', reason, assertedAt: '2019-05-01' },
  reinstatements: { retraction: '$retraction', reason },
  confirmations: { reason },
  links: { to: '$second', kind: 'tension', phi: '0.5', reason },
  derivations: { premises: ['$second'], polarity: 'for', phi: '0.9', reason },
  decisions: { verdict: 'print', by: 'desk', reason },
  grades: { grade: 'B', reason },
  members: { add: ['$other'], reason },
  anything: { reason },
};
const bodyFor = (path: string): object =>
  BODIES[path] ?? BODIES[path.slice(path.lastIndexOf('/') + 1)] ?? (BODIES['anything'] as object);

const DOSSIER = `dossier: 1
id: fuzz
reason: made up
sources: [{ key: ann, kind: person, name: Ann, grade: C }, { key: paper, kind: record, name: Paper }]
claims: [{ key: rain, text: It rained. }]
chains: [{ claim: rain, hops: [{ source: paper, hold: held, holdReason: x }, { source: ann, stance: asserts }] }]
`;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** As any program may send it, without a client's good manners. A stream of events is left after its headers. */
const send = ({ method, path, headers, body }: Sent) =>
  new Promise<{ status: number; type: string; told: string }>((resolve, reject) => {
    const { hostname, port } = url;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(
      { hostname, port, method, path, headers: { ...headers, ...length } },
      (answer: IncomingMessage) => {
        const [status, type] = [answer.statusCode ?? 0, answer.headers['content-type'] ?? ''];
        if (!type.startsWith('text/event-stream'))
          return void text(answer).then(told => resolve({ status, type, told }), reject);
        answer.on('error', () => undefined).destroy();
        resolve({ status, type, told: '' });
      },
    );
    sent.on('error', reject).end(body);
  });

const named = (body: string) => body.replaceAll(/\$(\w+)/g, (whole, name: string) => known[name] ?? whole);
const post = async (path: string, body = bodyFor(path)): Promise<Receipt> => {
  const headers = { 'content-type': 'application/json', 'credence-actor': 'ada' };
  const { status, told } = await send({
    method: 'POST',
    path: named(path),
    headers,
    body: named(JSON.stringify(body)),
  });
  if (status >= 300) throw new Error(`${path}: ${told}`);
  return JSON.parse(told) as Receipt;
};
const head = async () => (await ledger.health()).head;

beforeAll(async () => {
  ({ ledger, media } = await openWithMedia('memory:'));
  const app = await createApp(ledger);
  await app.listen(0, '127.0.0.1');
  url = new URL(await app.getUrl());
  close = () => app.close();
  for (const [path, operations] of Object.entries(openApi(app).paths))
    for (const method of Object.keys(operations)) routes.push({ method: method.toUpperCase(), path });
  for (const path of ['/openapi.json', '/docs', '/metrics']) routes.push({ method: 'GET', path });
  known['claim'] = (await post('/v1/claims')).id;
  known['second'] = (await post('/v1/claims', { text: 'It snowed.' })).id;
  known['source'] = (await post('/v1/sources')).id;
  known['other'] = (await post('/v1/sources', { kind: 'record', name: 'Paper' })).id;
  known['unit'] = (await post('/v1/units')).id;
  known['assertion'] = (await post('/v1/claims/$claim/assertions')).id;
  await post('/v1/claims/$claim/assertions', BODIES['relays']);
  known['link'] = (await post('/v1/claims/$claim/links')).id;
  known['derivation'] = (await post('/v1/claims/$claim/derivations')).id;
  known['decision'] = (await post('/v1/claims/$claim/decisions')).id;
  known['retraction'] = (await post('/v1/sources/$source/retractions')).id;
  const sent = { file: 'fuzz.yaml', bytes: Buffer.from(DOSSIER), readFile: async () => undefined };
  const { rejected } = await ledger.importDossier({ ...sent, actor: 'ada' });
  expect(rejected).toEqual([]);
});
afterAll(() => close());

const ODD_TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '1e999',
  '\0',
  '\u0007',
  '\ud800',
  'x'.repeat(5000),
  '__proto__',
  'constructor',
  '../..',
  'fuzz:rain',
  'rain',
  '%',
  '2019-02-30',
  '/',
  '@1',
  '🙂',
  'asserts',
  'ledger',
];
const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...ODD_TEXTS),
  fc.constantFrom(null, true, 0, -1, 1.5, 2 ** 53, 1e308, 5e-324),
  fc.constantFrom<unknown>([], {}, [[]], ['x', 'x'], { edtf: '2019' }, { b: '0.5', d: '0.6' }, nested(500)),
  fc.constant('{"__proto__":{"reason":"x"},"constructor":{"prototype":1}}').map(json => JSON.parse(json) as unknown),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
);

type Of<A> = A extends fc.Arbitrary<infer T> ? T : never;

/** A place in a body, by number, and what happens to it. */
const mutation = fc.record({
  at: fc.nat(30),
  how: fc.constantFrom('replace', 'remove', 'add', 'wrap', 'repeat'),
  name: fc.constantFrom('reason', 'id', '__proto__', 'toString', 'text', 'a/b~c', '', 'set', 'source'),
  value: odd,
});

function mutated(body: object, changes: readonly Of<typeof mutation>[]): unknown {
  const root: Record<string, unknown> = { body: structuredClone(body) };
  for (const { at, how, name, value: given } of changes) {
    const value = structuredClone(given); // one that is set twice would otherwise come to hold itself
    const places: [Record<string, unknown>, string][] = [];
    const walk = (holder: Record<string, unknown>, depth: number) => {
      for (const key of Object.keys(holder)) {
        places.push([holder, key]);
        const next = holder[key];
        if (typeof next === 'object' && next !== null && depth < 6) walk(next as Record<string, unknown>, depth + 1);
      }
    };
    walk(root, 0);
    const [holder, key] = places[at % places.length] ?? [root, 'body'];
    const there = holder[key];
    if (how === 'replace') holder[key] = value;
    else if (how === 'remove') Reflect.deleteProperty(holder, key);
    else if (how === 'wrap') holder[key] = [there];
    else if (how === 'repeat')
      holder[key] = Array.isArray(there) ? [...there, ...(there as unknown[])] : [there, there];
    else
      Object.defineProperty(there instanceof Object ? there : holder, name, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return root['body'];
}

const mostly = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: other });
const oddText = fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ maxLength: 12 }));
const PARAMETERS = [
  'asOf',
  'publicBy',
  'certainty',
  'holdsAt',
  'limit',
  'cursor',
  'whatIf',
  'status',
  'source',
  'topic',
  'q',
  'sort',
  'facets',
  'reference',
  'sections',
  'dryRun',
  'from',
  'nonsense',
  '__proto__',
];
const VALUES = [
  '@1',
  '@0',
  '@99999',
  '2019',
  '2026-11',
  'possible',
  '1',
  '500',
  'retracted',
  'grade:D',
  'dropped',
  'disputed',
  'true',
  'rain*',
  'relevance',
  'status,source',
  'claims',
  'fuzz:rain',
];
const query = fc.array(fc.tuple(fc.constantFrom(...PARAMETERS), mostly(fc.constantFrom(...VALUES), oddText)), {
  maxLength: 3,
});
const line = fc
  .string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter(c => c < 0x7f || c > 0x9f)
      .map(c => String.fromCharCode(c)),
    maxLength: 12,
  })
  .map(s => s.trim());
const headers = fc
  .record(
    {
      'credence-actor': mostly(fc.constant('ada'), line),
      'content-type': mostly(
        fc.constant('application/json'),
        fc.oneof(
          line,
          fc.constantFrom(
            'application/x-ndjson',
            'application/yaml',
            'text/plain',
            'application/json; charset=utf-16',
            'multipart/form-data',
            'multipart/form-data; boundary=x',
          ),
        ),
      ),
      'idempotency-key': fc.oneof(fc.constantFrom('k1', 'k2'), line),
      'if-match': fc.oneof(fc.constantFrom('"0"', '"1"', '*', 'W/"1"', '"99999999999999999999"'), line),
      'last-event-id': fc.oneof(fc.constantFrom('0', '-1', '1e9'), line),
      accept: line,
      origin: line,
      'credence-correlation-id': line,
    },
    { requiredKeys: ['credence-actor', 'content-type'] },
  )
  .chain(all =>
    fc
      .subarray(Object.keys(all).slice(2))
      .map(rest =>
        Object.fromEntries(
          Object.entries(all).filter(([name], i) => i < 2 || (rest.includes(name) && all.origin === undefined)),
        ),
      ),
  );

const input = fc.record({
  route: fc.nat(),
  method: mostly(fc.constant(''), fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS')),
  references: fc.array(mostly(fc.constant(''), oddText), { minLength: 3, maxLength: 3 }),
  query: mostly(fc.constant<[string, string][]>([]), query),
  headers,
  changes: fc.array(mutation, { maxLength: 3 }),
  raw: mostly(
    fc.constant<string | null>(null),
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '',
        '{',
        '[]',
        'null',
        '[[',
        '\u0000',
        '{"text":"\\ud800"}',
        DOSSIER,
        `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
      ),
    ),
  ),
  command: fc.constantFrom(
    'RecordClaim',
    'RetractSource',
    'RecordAssertion',
    'LinkClaims',
    'CorrectClaim',
    'Nonsense',
    '__proto__',
  ),
});

function sentOf({
  route,
  method,
  references,
  query: asked,
  headers: lines,
  changes,
  raw,
  command,
}: Of<typeof input>): Sent {
  const { path: template, method: own } = routes[route % routes.length] as (typeof routes)[number];
  const given = [...references];
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const reference = given.pop() ?? '';
    return reference === '' ? (known[name] ?? known['claim'] ?? 'x') : encodeURIComponent(reference.toWellFormed());
  });
  const search = asked.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&');
  const whole = `${path}${search === '' ? '' : `?${search}`}`;
  const as = method === '' ? own : method;
  if (as === 'GET' || as === 'HEAD') return { method: as, path: whole, headers: lines };
  const commands = template.endsWith('/commands');
  const valid = commands ? { command, target: '$claim', data: {}, words: { reason, text: 'x' } } : bodyFor(template);
  const body = raw ?? named(JSON.stringify(mutated(valid, changes)) ?? '');
  const type = commands
    ? { 'content-type': 'application/x-ndjson' }
    : template.endsWith('/dossier') && raw !== null
      ? { 'content-type': 'application/yaml' }
      : {};
  return { method: as, path: whole, headers: { ...lines, ...type }, body };
}

/** How many events an answer acknowledges. */
function acknowledged({ path }: Sent, told: string, status: number): number | undefined {
  if (status >= 300) return 0;
  if (path.startsWith('/v1/imports/')) {
    const { new: made, corrected, plan } = JSON.parse(told) as { new: number; corrected: number; plan?: unknown };
    return made + corrected === 0 || plan !== undefined ? 0 : undefined;
  }
  const receipts = path.startsWith('/v1/commands') ? told.split('\n').filter(Boolean) : [told];
  return receipts
    .map(json => JSON.parse(json) as Partial<Receipt>)
    .reduce((sum, { events, seq }) => sum + (seq === undefined ? 0 : (events?.length ?? 0)), 0);
}

/** What is wrong with how the server took an input; undefined: nothing. */
async function wrongWith(sent: Sent): Promise<string | undefined> {
  const before = await head();
  const { status, type, told } = await send(sent);
  const moved = (await head()) - before;
  if (status >= 400 && sent.method !== 'HEAD') {
    const problem = type.startsWith('application/problem+json')
      ? (JSON.parse(told) as { code: string; status: number })
      : undefined;
    if (problem === undefined) return `${String(status)} is no problem document: ${type} ${told}`;
    if (!Object.hasOwn(PROBLEMS, problem.code) || problem.status !== status) return `an unknown problem: ${told}`;
    if (status >= 500 && problem.code !== 'view-behind') return `${String(status)}: ${told}`;
  } else if (status >= 500) return String(status);
  const due = sent.method === 'POST' ? acknowledged(sent, told, status) : 0;
  const replayed = due !== undefined && moved === 0 && sent.headers['idempotency-key'] !== undefined;
  return due === undefined || due === moved || replayed
    ? undefined
    : `${String(moved)} events for ${String(due)} acknowledged: ${told}`;
}

describe('whatever comes in over HTTP', () => {
  it(
    `is answered or refused by code, and nothing is written unacknowledged (${String(RUNS)} inputs)`,
    async () => {
      await fc.assert(
        fc.asyncProperty(input, async given => {
          const sent = sentOf(given);
          const wrong = await wrongWith(sent);
          if (wrong !== undefined)
            throw new Error(
              `${sent.method} ${sent.path} ${JSON.stringify(sent.headers)} ${sent.body?.slice(0, 500) ?? ''}\n${wrong}`,
            );
        }),
        { numRuns: RUNS },
      );
    },
    LONG.timeout,
  );

  it(
    'leaves a log that is whole, and views that a replay makes again',
    async () => {
      await ledger.summary({ after: String(await head()) });
      expect((await verify(media.events, primitives.sha256)).damage).toBeUndefined();
      const rebuilt = memoryViewStore();
      for (const view of Object.values(VIEWS(primitives.sha256))) {
        const again = projection(view, rebuilt.open(view));
        for await (const page of media.events.readAll(null)) applyPage(again, page);
        while (again.unsettled) settleSlice(again);
        expect(again.stopped).toBeUndefined();
        const live = fingerprint(view, media.views.open(view), primitives.sha256);
        expect([view.name, fingerprint(view, again.state, primitives.sha256)]).toEqual([view.name, live]);
      }
    },
    LONG.timeout,
  );
});

describe('whatever is typed', () => {
  /** They work on folders and ports of this machine. */
  const ELSEWHERE = ['serve', 'demo', 'backup', 'restore', 'migrate', 'doctor', 'rebuild', 'export', 'bundle'];
  const verbs = Object.keys(VERBS).filter(name => !ELSEWHERE.includes(name));
  const options = new Map<string, { name: string; valued: boolean }[]>();
  let typing: Terminal;
  beforeAll(async () => {
    typing = await terminal();
    for (const verb of verbs) {
      const { out } = await typing.type(...verb.split(' '), '--help');
      const found = Array.from(out.matchAll(/^ {2}(?:-\w, )?(--[a-z.-]+)( <)?/gm), ([, name, value]) => ({
        name: name as string,
        valued: value !== undefined,
      }));
      options.set(
        verb,
        found.filter(({ name }) => !['--help', '--ledger'].includes(name)),
      );
    }
    const sent = { file: 'fuzz.yaml', bytes: Buffer.from(DOSSIER), readFile: async () => undefined };
    await typing.ledger.importDossier({ ...sent, actor: 'ada' });
  });
  afterAll(() => typing.close());

  const word = mostly(
    fc.constantFrom(
      'rain',
      'ann',
      'fuzz:rain',
      'rain.ann',
      'claims/rain',
      'sources/ann',
      '1',
      'asserts',
      'x',
      '2019',
      'C',
      'ledger',
      'p1',
      'dossier',
      '{"a":1}',
      '["x"]',
    ),
    oddText,
  );
  const typed = fc.record({
    verb: fc.constantFrom(...verbs),
    words: fc.array(word, { maxLength: 3 }),
    options: fc.array(fc.tuple(fc.nat(60), word), { maxLength: 5 }),
    json: fc.boolean(),
  });

  it(
    'ends with a known code and a document or a message, and is no crash',
    async () => {
      const runs = Math.ceil(RUNS / 3);
      await fc.assert(
        fc.asyncProperty(typed, async ({ verb, words, options: picked, json }) => {
          const known = options.get(verb) ?? [];
          const given = picked.flatMap(([at, value]) => {
            const { name, valued } = known[at % known.length] ?? { name: '--json', valued: false };
            return valued ? [name, value] : [name];
          });
          const { code, out, err } = await typing.type(
            ...verb.split(' '),
            ...words,
            ...given,
            ...(json ? ['--json'] : []),
          );
          if (![0, 1, 2, 3].includes(code)) return false;
          if (code !== 0 && out === '' && err === '') return false;
          if (code === 1 && (json || given.includes('--json'))) JSON.parse(out);
          return !out.includes('"internal"') && !/\n\s+at /.test(err);
        }),
        { numRuns: runs },
      );
    },
    LONG.timeout,
  );
});
