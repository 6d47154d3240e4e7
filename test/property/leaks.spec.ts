import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { carryOut, history, nothingMade } from '../support/histories.js';
import type { Made, Step } from '../support/histories.js';
import { served } from '../support/http.js';
import type { Served } from '../support/http.js';
import { addresses, firstDossier, moreRecorded, READS, WITHOUT_MOMENT } from '../support/reads.js';

/** Each asks a few hundred reads, four times. */
const RUNS = Math.ceil(Number(process.env['CREDENCE_PROPERTY_RUNS'] ?? 20) / 7);

const DOORS: Served[] = [];
afterEach(async () => {
  await Promise.all(DOORS.splice(0).map(door => door.close()));
});

/** Of every answer another one, whatever is asked. */
const OF_THE_ANSWER = ['date', 'credence-correlation-id', 'connection', 'keep-alive', 'content-length'];

/** Status, headers and bytes of an answer and of up to two pages that follow it. */
async function told(door: Served, address: string): Promise<string> {
  const bytes: string[] = [];
  let next: string | null | undefined;
  for (let page = 0; page < 3 && next !== null; page++) {
    const answer = await door.get(next === undefined ? address : `${address}&cursor=${next}`);
    const headers = Object.entries(answer.headers as Record<string, string>).filter(
      ([name]) => !OF_THE_ANSWER.includes(name),
    );
    const isJson = answer.type.endsWith('json');
    const { correlationId: _, ...body } = (isJson ? JSON.parse(answer.text) : { text: answer.text }) as {
      correlationId?: string;
      next?: string | null;
    };
    bytes.push(`${String(answer.status)} ${JSON.stringify(body)} ${JSON.stringify(headers.sort())}`);
    next = body.next ?? null;
  }
  return bytes.join('\n');
}

/** Where a thing is asked for by a name that nothing had by then. */
const ABOUT = ['claims', 'sources', 'units', 'captures'].flatMap(section => {
  const paths = [`/v1/${section}/NAME`];
  if (section === 'claims')
    paths.push(
      ...['belief', 'chain', 'history', 'timeline', 'diff?from=@0', 'blame', 'citation'].map(
        of => `/v1/claims/NAME/${of}`,
      ),
      '/v1/claims?source=NAME',
    );
  if (section === 'sources') paths.push(...['history', 'impact', 'captures'].map(of => `/v1/sources/NAME/${of}`));
  if (section === 'captures')
    paths.push(...['text', 'passages', 'reanchoring?replaces=NAME'].map(of => `/v1/captures/NAME/${of}`));
  return paths.map(path => [section, path] as const);
});

/** Ids that no ledger gives. */
const NOBODY: Readonly<Record<string, string>> = { captures: 'f'.repeat(64) };

/** Whoever asks for what was recorded later is told what he is told of what never was. */
async function expectUnknown(
  door: Served,
  later: Readonly<Record<string, readonly string[]>>,
  token: string,
): Promise<void> {
  for (const [section, path] of ABOUT)
    for (const id of (section === 'claims' && path.includes('source=') ? later['sources'] : later[section]) ?? []) {
      const ask = async (name: string) => {
        const address = path.replace('NAME', name);
        return (await told(door, `${address}${address.includes('?') ? '&' : '?'}asOf=${token}`)).replaceAll(
          name,
          'NAME',
        );
      };
      expect(`${path} ${await ask(id)}`).toBe(`${path} ${await ask(NOBODY[section] ?? 'z'.repeat(26))}`);
    }
}

async function carriedOut(door: Served, steps: readonly Step[], made: Made): Promise<void> {
  for (const step of steps) await carryOut(door.ledger, step, made);
}

describe('nothing recorded after the pin shows anywhere', () => {
  it(
    'every read under a token has the same bytes, whatever is recorded later',
    () =>
      fc.assert(
        fc.asyncProperty(history(30), history(40), async (earlier, later) => {
          const door = await served();
          DOORS.push(door);
          const made = nothingMade();
          await firstDossier(door);
          await carriedOut(door, earlier, made);
          const { pins } = await door.ledger.summary({ after: String(await door.head()) });
          const asked = addresses(made, ['told']);
          const pinned = asked.map(address => `${address}&asOf=${String(pins.asOf.token)}`.replace('?&', '?'));
          const then = new Map<string, string>();
          for (const address of pinned) then.set(address, await told(door, address));
          // The head said the same, except that it was not final.
          const final = (bytes: string | undefined) =>
            bytes?.replaceAll('"final":true', '"final":false').replaceAll(/"next":"[^"]*"/g, '"next"');
          for (const [i, address] of asked.entries())
            expect(final(await told(door, address))).toBe(final(then.get(pinned[i] as string)));
          const known = structuredClone(made);
          await carriedOut(door, later, made);
          await moreRecorded(door, made);
          const since = (list: readonly string[], before: readonly string[]) =>
            list.filter(id => !before.includes(id)).slice(0, 2);
          await expectUnknown(
            door,
            {
              claims: [...since(made.claims, known.claims), 'later:told'],
              sources: [...since(made.sources, known.sources), 'later:teller'],
              units: since(made.units, known.units),
              captures: ['a'.repeat(64)],
            },
            String(pins.asOf.token),
          );
          for (const [address, bytes] of then)
            expect(`${address}\n${await told(door, address)}`).toBe(`${address}\n${bytes}`);
          expect([...then.values()].filter(bytes => !bytes.startsWith('200'))).toEqual([]);
          await door.close();
          DOORS.pop();
        }),
        { numRuns: RUNS },
      ),
    300_000,
  );

  const document = join('contracts', 'generated', 'openapi.json');
  (existsSync(document) ? it : it.skip)('and no read of the OpenAPI document is left out of this test', () => {
    const { paths } = JSON.parse(readFileSync(document, 'utf8')) as { paths: Record<string, Record<string, unknown>> };
    const reads = Object.entries(paths).flatMap(([path, operations]) => ('get' in operations ? [path] : []));
    expect(reads.filter(path => !(path in READS) && !WITHOUT_MOMENT.includes(path))).toEqual([]);
  });
});
