import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Core } from '@credence/belief';
import type { Ledger } from '@credence/runtime';
import { dataSet, describeWithData } from '../support/data-sets.js';
import { importFile } from '../support/dossiers.js';
import { openWithMedia } from '../support/ledgers.js';
import { sender } from '../support/sending.js';

interface Brief {
  status: Core['status'];
  opinion: Core['opinion'];
  kappa: [number, number];
}
type Side = Omit<Core['pro'], 'origins'> & { origins: string[] };
interface Expected {
  statuses: Record<string, number>;
  claims: Record<string, Omit<Brief, 'kappa'> & { pro: Side; con: Side; mentions: number; confidence: string }>;
  publicBy: (Brief & { claim: string; publicBy: string; certainty: string })[];
  publicByStatuses: ({ publicBy: string; certainty: string } & Record<string, number | string>)[];
  whatIf: {
    source: string;
    whatIf: string;
    total: number;
    items: ({ claim: string } & Record<'before' | 'after', Brief>)[];
  }[];
  whatIfTotals: Record<string, Record<string, number>>;
}

const folder = dataSet('standing-case');
const expected = (
  folder === undefined ? {} : JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
) as Partial<Expected>;
const short = (key: string | undefined) => key?.replace(/^standing-case:/, '') ?? '';
const brief = ({ status, opinion, kappa }: Brief): Brief => ({
  status,
  opinion,
  kappa: [...kappa] as [number, number],
});

describeWithData('standing-case', 'belief in the standing case, through the ledger', () => {
  let ledger: Ledger;
  const keys = new Map<string, string>();

  beforeAll(async () => {
    ({ ledger } = await openWithMedia('memory:'));
    await importFile(ledger, join(folder as string, 'dossier.yaml'));
    for (const key of Object.keys(expected.claims ?? {}))
      for (const { id, key: named } of (await ledger.claim(`standing-case:${key}`)).assertions)
        keys.set(id, short(named));
  });
  afterAll(() => ledger.close());

  const cores = async () => {
    const after = String((await ledger.health()).head);
    const { items } = await ledger.claims({ limit: '500', after });
    return new Map(items.map(item => [short(item.key), item.belief.coreHash]));
  };
  const changed = (before: Map<string, string>, now: Map<string, string>) =>
    [...before]
      .filter(([key, hash]) => now.get(key) !== hash)
      .map(([key]) => key)
      .sort();

  it.each(Object.entries(expected.claims ?? {}))(
    '%s: status, opinion, evidence, kappa, mentions',
    async (key, wanted) => {
      const { core, mentions, words } = await ledger.belief(`standing-case:${key}`);
      const side = ({ micro, kappa, pooledBest, origins }: Core['pro']) => ({
        micro,
        kappa,
        pooledBest,
        origins: origins.map(({ assertion }) => keys.get(assertion) as string).sort(),
      });
      const sorted = (of: Side) => ({ ...of, origins: [...of.origins].sort() });
      const { status, opinion, pro, con } = wanted;
      expect({
        status: core.status,
        opinion: core.opinion,
        pro: side(core.pro),
        con: side(core.con),
        mentions: mentions.count,
        confidence: words.confidence,
      }).toEqual({
        status,
        opinion,
        pro: sorted(pro),
        con: sorted(con),
        mentions: wanted.mentions,
        confidence: wanted.confidence,
      });
    },
  );

  it('the list and the summary say the same of every claim', async () => {
    const { items } = await ledger.claims({ limit: '500' });
    for (const { key, belief, mentions } of items) {
      const wanted = expected.claims?.[short(key)];
      expect({ key, status: belief.status, mentions }).toEqual({
        key,
        status: wanted?.status,
        mentions: wanted?.mentions,
      });
      expect(belief.coreHash).toBe((await ledger.belief(key as string)).coreHash);
    }
    expect((await ledger.summary()).statuses).toEqual(expected.statuses);
    for (const [status, count] of Object.entries(expected.statuses ?? {}))
      expect((await ledger.claims({ status, limit: '500' })).items).toHaveLength(count);
  });

  it.each(expected.publicBy ?? [])(
    '$claim as known by $publicBy, $certainty',
    async ({ claim, publicBy, certainty, ...wanted }) => {
      const { core } = await ledger.belief(`standing-case:${claim}`, { publicBy, certainty });
      const { status, opinion, pro, con } = core;
      expect({ status, opinion, kappa: [pro.kappa, con.kappa] }).toEqual(brief(wanted));
    },
  );

  it.each(expected.publicByStatuses ?? [])(
    'statuses by $publicBy, $certainty',
    async ({ publicBy, certainty, ...wanted }) => {
      expect((await ledger.summary({ publicBy, certainty })).statuses).toEqual(wanted);
    },
  );

  it.each(expected.whatIf ?? [])('what if $source: $whatIf', async ({ source, whatIf, total, items }) => {
    const answer = await ledger.impact(`standing-case:${source}`, { whatIf });
    expect(answer.total).toBe(total);
    const found = answer.items.map(item => ({
      claim: short(item.key),
      before: brief(item.before as never),
      after: brief(item.after as never),
    }));
    expect(found).toEqual(
      expect.arrayContaining(
        items.map(({ claim, before, after }) => ({ claim, before: brief(before), after: brief(after) })),
      ),
    );
  });

  it('how many cores would move with each source', async () => {
    // Where interview records carry the same word equally well, their ids say which of them is in the chain (BELIEF.md
    // §4.2): keys there, other ids here. Only for them may the totals differ.
    const mayTie = (source: string) => source.includes('-302-');
    for (const [source, totals] of Object.entries(expected.whatIfTotals ?? {}))
      for (const [whatIf, total] of Object.entries(totals)) {
        if (mayTie(source)) continue;
        const answer = await ledger.impact(`standing-case:${source}`, { whatIf });
        expect({ source, whatIf, total: answer.total }).toEqual({ source, whatIf, total });
      }
  });

  it.each(['kushner', 'sco-report', 'newspaper', 'desk'])(
    'retracting %s for real changes exactly what was foretold, reinstating restores every core',
    async source => {
      const { send } = sender(ledger);
      const reference = `standing-case:${source}`;
      const before = await cores();
      const foretold = await ledger.impact(reference, { whatIf: 'retracted' });
      const retraction = await send('RetractSource', reference, { by: 'publisher' }, { reason: 'a test' });
      const now = await cores();
      expect(changed(before, now)).toEqual(foretold.items.map(item => short(item.key)).sort());
      for (const { key, after } of foretold.items) expect(now.get(short(key))).toBe(after.coreHash);
      await send('ReinstateSource', reference, { retraction }, { reason: 'a test' });
      expect(await cores()).toEqual(before);
    },
  );

  it('a grade for real changes exactly what was foretold', async () => {
    const { send } = sender(ledger);
    const before = await cores();
    const foretold = await ledger.impact('standing-case:kushner', { whatIf: 'grade:D' });
    expect(foretold.total).toBeGreaterThan(0);
    const { grade } = await ledger.source('standing-case:kushner');
    await send('GradeSource', 'standing-case:kushner', { grade: 'D' }, { reason: 'a test' });
    expect(changed(before, await cores())).toEqual(foretold.items.map(item => short(item.key)).sort());
    await send('GradeSource', 'standing-case:kushner', { grade }, { reason: 'a test' });
    expect(await cores()).toEqual(before);
  });

  it('thirteen more outlets that repeat the report change no core', async () => {
    const before = await cores();
    const { mentions } = await ledger.claim('standing-case:gave-tillerson');
    await importFile(ledger, join(folder as string, 'variants', 'thirteen-outlets.yaml'));
    expect(await cores()).toEqual(before);
    const after = await ledger.claim('standing-case:gave-tillerson');
    expect({ mentions: after.mentions, origins: after.origins }).toEqual({
      mentions: mentions + 13,
      origins: { for: 1, against: 0 },
    });
  });
});
