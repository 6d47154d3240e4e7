import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import {
  believe,
  chainsOf,
  type Core,
  excludedFrom,
  explain,
  type Facts,
  memoOf,
  type Query,
  type WhatIf,
  withSource,
} from '@credence/belief';

import { factsOf } from '../support/belief-world.js';
import { worldOfDossiers } from '../support/dossier-world.js';

const folder = resolve(process.env['CREDENCE_DATASETS'] ?? '../shared/data', 'standing-case');
const present = existsSync(folder);
const read = (file: string): string => readFileSync(resolve(folder, file), 'utf8');
const json = (file: string): unknown => (present ? JSON.parse(read(file)) : {});

interface Expected {
  counts: { mentions: number; origins: number; originSources: number; chains: number };
  statuses: Record<string, number>;
  claims: Record<string, ExpectedClaim>;
  publicBy: (Query & { claim: string } & Outcome)[];
  publicByStatuses: (Query & Record<string, number>)[];
  whatIf: {
    source: string;
    whatIf: string;
    total: number;
    items: { claim: string; before: Outcome; after: Outcome }[];
  }[];
  whatIfTotals: Record<string, Record<string, number>>;
}
interface Outcome {
  status: Core['status'];
  opinion: Core['opinion'];
  kappa: [number, number];
}
interface ExpectedClaim extends Omit<Outcome, 'kappa'> {
  pro: ExpectedSide;
  con: ExpectedSide;
  mentions: number;
  confidence: string;
  chains: { total: number; items: { carries: boolean; hops: string[] }[] };
  noChain?: Record<string, string>;
}
interface ExpectedSide {
  micro: number;
  kappa: number;
  pooledBest: number;
  origins: string[];
}

const expected = json('expected.json') as Expected;
const world = present ? worldOfDossiers([read('dossier.yaml')]) : undefined;
const claims = Object.keys(world?.claims ?? {});

const outcome = ({ status, opinion, pro, con }: Core): Outcome => ({ status, opinion, kappa: [pro.kappa, con.kappa] });
const coresOf = (facts: Facts, query: Query = {}): Map<string, Core> => {
  const memo = memoOf(facts);
  return new Map(claims.map(claim => [claim, believe(facts, claim, query, undefined, memo).core]));
};
const tally = (cores: Map<string, Core>): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status } of cores.values()) counts[status.code] = (counts[status.code] ?? 0) + 1;
  return counts;
};
const changeIn = (whatIf: string): WhatIf =>
  whatIf === 'retracted' || whatIf === 'dropped' ? whatIf : { grade: whatIf.slice('grade:'.length) as 'D' };
const changed = (before: Map<string, Core>, after: Map<string, Core>): string[] =>
  claims.filter(claim => JSON.stringify(before.get(claim)) !== JSON.stringify(after.get(claim)));

const describeData = present ? describe : describe.skip;

describeData(`belief on the standing case (${folder})`, () => {
  const facts = world ? factsOf(world) : (undefined as never);
  const now = present ? coresOf(facts) : new Map<string, Core>();

  it.each(Object.entries(expected.claims ?? {}))('%s', (claim, wanted) => {
    const { core, mentions } = believe(facts, claim);
    const side = ({ micro, kappa, pooledBest, origins }: Core['pro']): ExpectedSide => ({
      micro,
      kappa,
      pooledBest,
      origins: origins.map(origin => origin.assertion),
    });
    const chains = chainsOf(facts, claim);
    const items = chains.chains.map(chain => ({ ...chain, hops: chain.hops.map(hop => hop.assertion) }));
    const { words, excluded } = explain(facts, claim);
    expect({
      status: core.status,
      opinion: core.opinion,
      pro: side(core.pro),
      con: side(core.con),
      mentions: mentions.count,
      confidence: words.confidence,
      chains: { total: chains.total, items },
      noChain: Object.fromEntries(excluded.map(({ assertion, reason }) => [assertion, reason])),
    }).toEqual({ noChain: {}, ...wanted });
  });

  it('counts mentions, origins and chains as the summary does', () => {
    const memo = memoOf(facts);
    const beliefs = claims.map(claim => believe(facts, claim, {}, undefined, memo));
    const sum = (of: (claim: string, index: number) => number) =>
      claims.reduce((total, claim, index) => total + of(claim, index), 0);
    expect(sum((_, index) => beliefs[index]!.mentions.count)).toBe(expected.counts.mentions);
    expect(sum((_, index) => beliefs[index]!.reaching)).toBe(expected.counts.origins);
    expect(sum(claim => chainsOf(facts, claim).total)).toBe(expected.counts.chains);
    expect(tally(now)).toEqual(expected.statuses);
  });

  it.each(expected.publicBy ?? [])('$claim by $publicBy, $certainty', ({ claim, publicBy, certainty, ...wanted }) => {
    const query = { publicBy: publicBy!, certainty: certainty! };
    expect(outcome(believe(facts, claim, query).core)).toEqual(wanted);
  });

  it.each(expected.publicByStatuses ?? [])(
    'statuses by $publicBy, $certainty',
    ({ publicBy, certainty, ...wanted }) => {
      expect(tally(coresOf(facts, { publicBy: publicBy!, certainty: certainty! }))).toEqual(wanted);
    },
  );

  it.each(expected.whatIf ?? [])('what if $source: $whatIf', ({ source, whatIf, total, items }) => {
    const then = coresOf(withSource(facts, source, changeIn(whatIf)));
    const moved = changed(now, then);
    expect(moved).toHaveLength(total);
    expect(moved.map(claim => ({ claim, before: outcome(now.get(claim)!), after: outcome(then.get(claim)!) }))).toEqual(
      expect.arrayContaining(items),
    );
  });

  it.each(Object.entries(expected.whatIfTotals ?? {}))('how many cores move with %s', (source, totals) => {
    for (const [whatIf, total] of Object.entries(totals))
      expect({ [whatIf]: changed(now, coresOf(withSource(facts, source, changeIn(whatIf)))).length }).toEqual({
        [whatIf]: total,
      });
  });

  it('lets thirteen more outlets change no core and add mentions and chains', () => {
    const wanted = (json('variants/expected.json') as Record<string, unknown>)['thirteen-outlets.yaml'] as {
      claim: string;
      mentionsAfter: number;
      chainsAfter: number;
    };
    const more = factsOf(worldOfDossiers([read('dossier.yaml'), read('variants/thirteen-outlets.yaml')]));
    expect(changed(now, coresOf(more))).toEqual([]);
    expect(believe(more, wanted.claim).mentions.count).toBe(wanted.mentionsAfter);
    const chains = chainsOf(more, wanted.claim);
    expect(chains.total).toBe(wanted.chainsAfter);
    expect(chains.chains.filter(chain => chain.hops.some(hop => hop.circular))).toEqual([
      {
        carries: false,
        hops: [
          { assertion: 'o-12', circular: true },
          { assertion: 'o-13', circular: true },
        ],
      },
      {
        carries: false,
        hops: [
          { assertion: 'o-13', circular: true },
          { assertion: 'o-12', circular: true },
        ],
      },
    ]);
    expect([...excludedFrom(more, wanted.claim).keys()].sort()).toEqual(['gt-blog', 'gt-house', 'gt-tillerson']);
  });

  it('moves the cores of the edited dossier as stated', () => {
    const { coresChanged } = (json('variants/expected.json') as Record<string, unknown>)['edited.yaml'] as {
      coresChanged: { claim: string; before: Outcome; after: Outcome }[];
    };
    const then = coresOf(factsOf(worldOfDossiers([read('variants/edited.yaml')])));
    const moved = changed(now, then).map(claim => ({
      claim,
      before: outcome(now.get(claim)!),
      after: outcome(then.get(claim)!),
    }));
    expect(moved).toEqual(coresChanged);
  });
});
