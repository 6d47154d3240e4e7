import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Ledger } from '@credence/runtime';
import { describeWithData } from '../support/data-sets.js';
import { importFile } from '../support/dossiers.js';
import { openWithMedia } from '../support/ledgers.js';

interface Expected {
  counts: Record<string, number> & { hold: Record<string, number> };
  captures: Record<string, { sha256: string; bytes: number }>;
  claims: Record<
    string,
    {
      mentions: number;
      chains: { total: number; items: { carries: boolean; hops: string[] }[] };
      noChain?: Record<string, string>;
    }
  >;
  assertions: Record<
    string,
    { claim: string; source: string | null; hold: string; relays: [string, string][]; live?: boolean }
  >;
}

const unkeyed = (key: string | undefined) => key?.replace(/^standing-case:/, '');
const sorted = (list: string[]) => [...list].sort();

describeWithData('standing-case', 'the standing case in a ledger', folder => {
  let ledger: Ledger;
  let expected: Expected;
  let head: number;

  beforeAll(async () => {
    expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
    ({ ledger } = await openWithMedia('memory:'));
    const report = await importFile(ledger, join(folder, 'dossier.yaml'));
    expect(report).toMatchObject({ dossier: 'standing-case', unchanged: 0, rejected: [], collided: [], gone: [] });
    ({ head } = await ledger.health());
  });
  afterAll(() => ledger.close());

  it('counts what the case has', async () => {
    const summary = await ledger.summary();
    const { sources, captures, claims, assertions, mentions, origins, units, links, derivations, decisions } =
      expected.counts;
    expect(summary).toMatchObject({
      sources,
      captures,
      claims,
      assertions,
      mentions,
      origins,
      units,
      links,
      derivations,
      decisions,
    });
    expect(summary.events).toBe(head + 1);
  });

  it('has every claim with its mentions, every assertion with its source, hold and relays', async () => {
    const found: Expected['assertions'] = {};
    const holds: Record<string, number> = {};
    let relays = 0;
    for (const [key, claim] of Object.entries(expected.claims)) {
      const { mentions, assertions } = await ledger.claim(`standing-case:${key}`);
      expect({ key, mentions }).toEqual({ key, mentions: claim.mentions });
      for (const assertion of assertions) {
        relays += assertion.relays.length;
        holds[assertion.hold] = (holds[assertion.hold] ?? 0) + 1;
        found[unkeyed(assertion.key) as string] = {
          claim: key,
          source: unkeyed(assertion.source?.key) ?? null,
          hold: assertion.hold,
          relays: assertion.relays.map(r => ('assertion' in r ? [unkeyed(r.key) as string, r.phi] : ['unknown', ''])),
          ...(assertion.live ? {} : { live: false }),
        };
      }
    }
    expect(found).toEqual(expected.assertions);
    expect({ relays, holds }).toEqual({ relays: expected.counts['relays'], holds: expected.counts.hold });
  });

  it('has every source under its key', async () => {
    const { items, next } = await ledger.sources({ limit: '500' });
    expect(next).toBeNull();
    const named = new Set(Object.values(expected.assertions).flatMap(a => a.source ?? []));
    const keys = items.map(source => unkeyed(source.key));
    expect(keys).toHaveLength(expected.counts['sources'] as number);
    for (const key of named) expect(keys).toContain(key);
  });

  it('lists every chain, shortest first', async () => {
    let total = 0;
    for (const [key, { chains }] of Object.entries(expected.claims)) {
      const answer = await ledger.chain(`standing-case:${key}`);
      total += answer.total;
      const lengths = answer.chains.map(c => c.hops.length);
      expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
      const found = answer.chains.map(c => `${String(c.carries)} ${c.hops.map(h => unkeyed(h.key)).join(' > ')}`);
      expect(sorted(found)).toEqual(sorted(chains.items.map(c => `${String(c.carries)} ${c.hops.join(' > ')}`)));
    }
    expect(total).toBe(expected.counts['chains']);
  });

  it('says of what counts nowhere why', async () => {
    for (const [key, { noChain = {} }] of Object.entries(expected.claims)) {
      const { assertions } = await ledger.claim(`standing-case:${key}`);
      const excluded = assertions.flatMap(a => (a.excludedBy === undefined ? [] : [[unkeyed(a.key), a.excludedBy]]));
      expect({ key, excluded: Object.fromEntries(excluded) }).toEqual({ key, excluded: noChain });
    }
  });

  it('names the longest chain of the standing claim from the repost to the witness, a locator at the hops that have one', async () => {
    const { chains } = await ledger.chain('gave-tillerson');
    expect(chains.at(-1)?.hops.map(hop => [unkeyed(hop.source?.key), hop.locator])).toEqual([
      ['repost-site', undefined],
      ['newspaper', undefined],
      ['sco-report', 'fn 1116'],
      ['kushner-302-2018-04-11', 'at 32'],
      ['kushner', undefined],
    ]);
  });

  it('keeps the captured files by their bytes', async () => {
    for (const [key, { sha256, bytes }] of Object.entries(expected.captures)) {
      const located = await ledger.locate(`captures/standing-case:${key}`, ['captures']);
      expect(located.id).toBe(sha256);
      expect(bytes).toBeGreaterThan(0);
    }
  });

  it('shows the text before a correction as of a moment before it', async () => {
    const { items } = await ledger.history('no-investment');
    const correction = items.find(item => item.type === 'ClaimCorrected');
    expect(correction).toMatchObject({
      reason: "the sentence speaks of the fund's investment with Gerson, not of the proposal",
      changes: [
        {
          path: '/text',
          from: 'Nothing came of the proposal.',
          to: 'No investment of the Russian fund with Gerson came about.',
        },
      ],
    });
    const before = await ledger.claim('no-investment', { asOf: `@${String((correction?.seq ?? 0) - 1)}` });
    expect(before.text).toBe('Nothing came of the proposal.');
    const after = await ledger.claim('no-investment');
    expect(after.assertions.every(a => a.claimTextThen === 'Nothing came of the proposal.')).toBe(true);
  });

  it('imported twice changes nothing', async () => {
    const report = await importFile(ledger, join(folder, 'dossier.yaml'));
    expect(report).toMatchObject({ new: 0, corrected: 0, rejected: [], collided: [], gone: [] });
    expect((await ledger.health()).head).toBe(head);
  });
});
