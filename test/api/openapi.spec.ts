import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { PROBLEMS } from '@credence/contracts';
import { EXAMPLES } from '../../apps/api/src/docs/examples.js';
import type { Example } from '../../apps/api/src/docs/examples.js';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';

const FILE = join('apps', 'api', 'src', 'docs', 'examples.ts');
const DOCUMENT = join('contracts', 'generated', 'openapi.json');

/** Requests on the example dossier, by operation, in the order in which they are sent. */
const REQUESTS: readonly (readonly [operation: string, path: string, sent?: object])[] = [
  ['summary.get', '/v1/summary'],
  ['claims.list', '/v1/claims?limit=2&facets=status'],
  ['claims.get', '/v1/claims/told-of-task'],
  ['claims.belief', '/v1/claims/told-of-task/belief'],
  ['claims.chain', '/v1/claims/told-of-task/chain'],
  ['claims.history', '/v1/claims/five-pages/history'],
  ['claims.timeline', '/v1/claims/five-pages/timeline?axis=public'],
  ['claims.diff', '/v1/claims/five-pages/diff?from=@100'],
  ['claims.blame', '/v1/claims/five-pages/blame?field=text'],
  ['changes.list', '/v1/changes?from=@150&limit=2'],
  ['sources.list', '/v1/sources?limit=2'],
  ['sources.get', '/v1/sources/gazette'],
  ['sources.history', '/v1/sources/gazette/history'],
  ['sources.captures', '/v1/sources/gazette/captures?limit=1'],
  ['sources.impact', '/v1/sources/bulletin/impact'],
  ['units.list', '/v1/units?limit=1'],
  ['events.get', '/v1/events/1'],
  ['references.locate', '/v1/references?reference=five-pages&sections=claims'],
  ['health.live', '/health/live'],
  [
    'claims.record',
    '/v1/claims',
    { text: 'The gazette printed five pages.', form: 'event', holdsDuring: '2019-04-20' },
  ],
  ['sources.register', '/v1/sources', { kind: 'person', name: 'Ann Example', grade: 'C', gradeReason: 'an example' }],
  [
    'assertions.record',
    '/v1/claims/five-pages/assertions',
    { source: 'gazette', stance: 'asserts', basis: 'own-reporting', assertedAt: { edtf: '2019-04-20', said: 'today' } },
  ],
  ['claims.correct', '/v1/claims/five-pages/corrections', { set: { note: 'counted again' }, reason: 'an example' }],
  ['claims.retract', '/v1/claims/five-pages/retractions', { by: 'ledger', reason: 'an example' }],
  ['sources.grade', '/v1/sources/gazette/grades', { grade: 'C', reason: 'an example' }],
  ['units.declare', '/v1/units', { members: ['gazette', 'digest'], reason: 'an example: one owner' }],
];

let door: Served;
const taken: Record<string, Example> = {};

beforeAll(async () => {
  // In memory always: the examples name seqs, and a server side by side gives others.
  door = await served({}, { inMemory: true });
  const folder = join(process.cwd(), 'examples', 'back-channel');
  const form = new FormData();
  form.append(
    'dossier',
    new Blob([readFileSync(join(folder, 'back-channel.dossier.yaml'))]),
    'back-channel.dossier.yaml',
  );
  for (const name of readdirSync(join(folder, 'captures')))
    form.append(`captures/${name}`, new Blob([readFileSync(join(folder, 'captures', name))]), `captures/${name}`);
  const answer = await fetch(`${door.url}/v1/imports/dossier`, {
    method: 'POST',
    body: form,
    headers: { 'credence-actor': 'desk' },
  });
  taken['imports.dossier'] = { status: answer.status, answer: await answer.json() };
  for (const [operation, path, sent] of REQUESTS) {
    const { status, body } = await (sent === undefined ? door.get(path) : door.post(path, sent));
    taken[operation] = { status, ...(sent === undefined ? {} : { sent }), answer: body as unknown };
  }
  if (process.env['CREDENCE_WRITE_EXAMPLES'] === '1') await write();
}, 60_000);
afterAll(() => door.close());

async function write(): Promise<void> {
  const { format, resolveConfig } = await import('prettier');
  const head = readFileSync(FILE, 'utf8').split('export const EXAMPLES')[0] ?? '';
  const source = `${head}export const EXAMPLES: Readonly<Record<string, Example>> = ${JSON.stringify(taken)};\n`;
  writeFileSync(FILE, await format(source, { ...(await resolveConfig(FILE)), parser: 'typescript' }));
}

/** What differs from run to run stands as what it is; lists in the order of ids have none. */
function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value === 'object' && value !== null)
    return Object.keys(value).some(name => MASKS.reduce(mask, name) !== name)
      ? masked(Object.values(value))
      : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, masked(inner)]));
  return typeof value === 'string' ? MASKS.reduce(mask, value) : value;
}
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{64}\b/g, '<hash>'],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uuid>'],
  [/\b[a-z2-7]{26}\b/g, '<id>'],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>'],
  [/(@\d+)\.[0-9a-f]{32}/g, '$1.<root>'],
  [/^[A-Za-z0-9_-]{30,60}$/g, '<cursor>'],
];
const mask = (text: string, [pattern, by]: readonly [RegExp, string]) => text.replace(pattern, by);

describe('examples in the OpenAPI document', () => {
  it.each([['imports.dossier'], ...REQUESTS.map(([operation]) => [operation])])(
    '%s is what the example dossier answers (CREDENCE_WRITE_EXAMPLES=1 takes it anew)',
    operation => {
      expect(taken[operation]?.status).toBeLessThan(300);
      expect(masked(EXAMPLES[operation])).toEqual(masked(taken[operation]));
    },
  );
});

type Schema = Record<string, unknown>;
interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

/** Objects that say nothing of other members have none: an answer's every field is described. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { example: _, ...rest } = schema as Schema;
  const inner = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, closed(value)]));
  return 'properties' in inner && !('additionalProperties' in inner)
    ? { ...inner, additionalProperties: false }
    : inner;
}

const describeIfWritten = existsSync(DOCUMENT) ? describe : describe.skip;

describeIfWritten(`answers and ${DOCUMENT}${existsSync(DOCUMENT) ? '' : ' (not written yet)'}`, () => {
  const document = existsSync(DOCUMENT)
    ? (JSON.parse(readFileSync(DOCUMENT, 'utf8')) as {
        paths: Record<string, Record<string, Operation>>;
        components: { schemas: Record<string, Schema> };
      })
    : { paths: {}, components: { schemas: {} } };
  const operations = Object.values(document.paths).flatMap(path => Object.values(path));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema({ $id: 'openapi', components: closed(document.components) });
  const wrongIn = (ref: string, value: unknown) => {
    const valid = ajv.validate({ $ref: `openapi${ref}` }, value);
    return valid ? [] : ajv.errors?.map(e => `${e.instancePath} ${e.message ?? ''} ${JSON.stringify(e.params)}`);
  };

  it.each([['imports.dossier'], ...REQUESTS.map(([operation]) => [operation])])(
    '%s answers as described',
    operation => {
      const { status, answer } = taken[operation] as Example;
      const described = operations.find(o => o.operationId === operation)?.responses[String(status)];
      const schema = Object.values(described?.content ?? {})[0]?.schema;
      expect(wrongIn(String(schema?.['$ref']), answer)).toEqual([]);
    },
  );

  it('describes problems, with every code', async () => {
    const { body } = await door.post('/v1/claims', { txt: 'x' }).expect(400);
    expect(wrongIn('#/components/schemas/ProblemDto', body)).toEqual([]);
    expect(document.components.schemas['ProblemCode']?.['enum']).toEqual(Object.keys(PROBLEMS));
  });

  it('leads every reference somewhere', () => {
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g))
      expect(document.components.schemas).toHaveProperty(String(name));
  });
});
