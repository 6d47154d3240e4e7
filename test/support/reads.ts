import { createHash } from 'node:crypto';
import type { Made } from './histories.js';
import type { Served } from './http.js';

/** What a read may be asked beside the moment. */
export const AXES = ['', 'publicBy=2018', 'publicBy=2019-04-18&certainty=possible', 'holdsAt=2019-04-18'];

const DOCUMENT = 'It rained. It rained again.';
const CAPTURE = createHash('sha256').update(DOCUMENT).digest('hex');

/** Quotes from the document on the claim of the first dossier. */
const quote = (door: Served, exact: string) =>
  door
    .post('/v1/claims/first:told/assertions', { source: 'first:teller', passage: { capture: CAPTURE, exact } })
    .expect(200);

/** Every read that takes `asOf`, by the path of its route; a test holds this list against the OpenAPI document. */
export const READS: Readonly<Record<string, (made: Made) => readonly string[]>> = {
  '/v1/summary': () => [''],
  '/v1/claims': () => [
    ...['', 'limit=2', 'q=claim', 'q=source&limit=1', 'q=corrected&facets=status,source,topic,entity'],
    ...['status=attributed,disputed', 'topic=topic-1', 'facets=status,source,topic,entity'],
  ],
  '/v1/claims/{claim}': () => [''],
  '/v1/claims/{claim}/belief': () => [''],
  '/v1/claims/{claim}/chain': () => [''],
  '/v1/claims/{claim}/history': () => [''],
  '/v1/claims/{claim}/timeline': () => ['', 'limit=1', 'axis=public', 'axis=public&limit=1&certainty=possible'],
  '/v1/claims/{claim}/diff': () => ['from=@1', 'from=2016-12'],
  '/v1/claims/{claim}/blame': () => ['', 'field=text'],
  '/v1/claims/{claim}/citation': () => ['', 'style=csl-json'],
  '/v1/changes': () => ['from=@1', 'from=2016-12&limit=1'],
  '/v1/sources': () => ['', 'limit=1'],
  '/v1/sources/{source}': () => [''],
  '/v1/sources/{source}/history': () => [''],
  '/v1/sources/{source}/impact': () => ['', 'whatIf=retracted', 'whatIf=dropped', 'whatIf=grade:D'],
  '/v1/sources/{source}/captures': () => ['', 'limit=1'],
  '/v1/captures/{capture}': () => [''],
  '/v1/captures/{capture}/text': () => [''],
  '/v1/captures/{capture}/passages': () => ['', 'limit=1'],
  '/v1/captures/{capture}/reanchoring': () => [`replaces=${CAPTURE}`],
  '/v1/passages': () => ['', 'state=exact&limit=1'],
  '/v1/units': () => ['', 'limit=1'],
  '/v1/units/{unit}': () => [''],
  '/v1/policies': () => ['', 'limit=1'],
};

/** Reads of what no moment changes, of the present by their nature, or of the server. */
export const WITHOUT_MOMENT = [
  '/v1/events/{seq}',
  '/v1/feed',
  '/v1/references',
  '/v1/log/checkpoint',
  '/v1/log/key',
  '/v1/operations/doctor',
  '/v1/operations/verification',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/openapi.json',
];

/** The addresses of every read of what a history has made, with the parameters that stand before the pin. */
export function addresses(made: Made, keys: readonly string[]): string[] {
  const things: Record<string, readonly string[]> = {
    claim: [...made.claims.slice(0, 3), ...keys],
    source: made.sources.slice(0, 2),
    unit: made.units.slice(0, 1),
    capture: [CAPTURE],
  };
  return Object.entries(READS).flatMap(([route, queries]) => {
    const name = /\{(\w+)\}/.exec(route)?.[1];
    const paths = name === undefined ? [route] : (things[name] ?? []).map(id => route.replace(`{${name}}`, id));
    return paths.flatMap(path =>
      queries(made).flatMap(query =>
        AXES.map(
          axes =>
            `${path}?${[query, axes].filter(p => p !== '' && !(query.includes('certainty') && axes.includes('certainty'))).join('&')}`,
        ),
      ),
    );
  });
}

const dossier = (id: string) =>
  Buffer.from(
    JSON.stringify({
      dossier: 1,
      id,
      reason: 'as told',
      sources: [{ key: 'teller', kind: 'person', name: `Teller of ${id}` }],
      claims: [{ key: 'told', text: `Claim of ${id}.` }],
      assertions: [
        {
          key: 'a',
          claim: 'told',
          source: 'teller',
          stance: 'asserts',
          hold: 'held',
          holdReason: 'x',
          assertedAt: '2018',
        },
      ],
    }),
  );

/** A claim that a teller asserts, from a dossier; a captured document of his, and a quotation from it. */
export async function firstDossier(door: Served): Promise<void> {
  await door.ledger.importDossier({
    file: 'x.json',
    bytes: dossier('first'),
    readFile: async () => undefined,
    actor: 'ada',
  });
  const bytes = [new TextEncoder().encode(DOCUMENT)];
  await door.ledger.capture({ target: 'first:teller', bytes, mediaType: 'text/plain', body: {}, actor: 'ada' });
  await quote(door, 'It rained.');
}

/** Another dossier with the same keys, a capture, words that are looked for: what histories do not have. */
export async function moreRecorded(door: Served, made: Made): Promise<void> {
  await quote(door, 'rained again');
  await door.ledger.importDossier({
    file: 'x.json',
    bytes: dossier('later'),
    readFile: async () => undefined,
    actor: 'ada',
  });
  const [source] = made.sources;
  if (source !== undefined)
    await door.ledger.execute({
      command: 'TakeCapture',
      target: source,
      data: { sha256: 'a'.repeat(64), size: 3, mediaType: 'text/plain' },
      words: { url: 'https://example.org/' },
      actor: 'ada',
    });
  await door.post('/v1/claims', { text: 'Claim, source, corrected: later words.', topics: ['topic-1'] });
  const [claim] = made.claims;
  if (claim !== undefined) {
    await door.post(`/v1/claims/${claim}/confirmations`, { reason: 'checked' });
    await door.post(`/v1/claims/${claim}/decisions`, { verdict: 'print', by: 'desk', reason: 'x' });
  }
}
