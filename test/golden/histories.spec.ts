import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkEvent } from '@credence/contracts';
import type { Frozen } from '@credence/contracts';
import { present, verify } from '@credence/kernel';
import { localLedger, primitives } from '@credence/runtime';
import { adapterFor } from '../../libs/runtime/src/stores.js';
import { recordedHistory } from '../support/recorded-history.js';

/*
 * What a release has written is read by every later one: `test/golden/<release>.ndjson` holds the events of a history that it
 * recorded (scripts/freeze.mjs), `<release>.json` what they came to.
 */
interface Outcome {
  readonly size: number;
  readonly root: string;
  /** By claim: status and hash of the core of its belief. */
  readonly cores: Readonly<Record<string, string>>;
  /** Fingerprints by `<view>.v<version>`. */
  readonly views: Readonly<Record<string, string>>;
}

const MOST_MS = 60_000;
const FOLDER = join('test', 'golden');
const RELEASES = readdirSync(FOLDER).flatMap(name =>
  name.endsWith('.ndjson') ? [name.slice(0, -'.ndjson'.length)] : [],
);
const { releases } = JSON.parse(readFileSync('contracts/frozen.json', 'utf8')) as Frozen;

it('there is a history of every release that is frozen', () => {
  expect(RELEASES).toEqual(expect.arrayContaining(Object.keys(releases)));
  expect(RELEASES.length).toBeGreaterThan(0);
});

describe.each(RELEASES)('the history recorded by %s', release => {
  const store = recordedHistory(readFileSync(join(FOLDER, `${release}.ndjson`), 'utf8'));
  const outcome = JSON.parse(readFileSync(join(FOLDER, `${release}.json`), 'utf8')) as Outcome;

  it('is what was recorded: every hash, and the root', async () => {
    const { size, root } = outcome;
    expect(await verify(store, primitives.sha256)).toEqual({ size, root });
  });

  it('is valid under the definitions of today, once it is lifted to them', async () => {
    const wrong: unknown[] = [];
    for await (const page of store.readAll(null))
      for (const event of page) {
        const { seq, type, data, words } = present(event);
        for (const problem of checkEvent(type, data, words)) wrong.push({ seq, type, ...problem });
      }
    expect(wrong).toEqual([]);
  });

  it('comes to the beliefs that it came to then, and no view stops', async () => {
    const media = await adapterFor('memory:').open('memory:', { clock: Date.now, create: true });
    const ledger = await localLedger({ ...media, events: store }, { clock: Date.now, actor: 'ada' });
    await ledger.built(MOST_MS);
    const { views, ready } = await ledger.health();
    expect(views.flatMap(({ stopped }) => stopped ?? [])).toEqual([]);
    expect(ready).toBe(true);
    const { items } = await ledger.claims({ limit: '500' });
    const cores = items.map(({ id, belief }) => [id, `${belief.status.code} ${belief.coreHash}`] as const);
    expect(Object.fromEntries(cores)).toEqual(outcome.cores);

    const { items: rebuilt } = await ledger.rebuild();
    const changed = rebuilt.flatMap(({ view, version, fingerprint }) => {
      const then = outcome.views[`${view}.v${String(version)}`];
      return then === undefined || then === fingerprint ? [] : [`${view}: its rows changed, so its version must rise`];
    });
    // Until a release is frozen its views may move; then another row under the same version is a view that nobody rebuilds.
    if (releases[release] !== undefined) expect(changed).toEqual([]);
    await ledger.close();
  });
});
