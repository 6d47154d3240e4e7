import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Ledger } from '@credence/runtime';
import { describeWithData } from '../support/data-sets.js';
import { openWithMedia } from '../support/ledgers.js';
import { sender } from '../support/sending.js';

const REASON = { reason: 'as the data set has it' };

/*
 * The mapping: each paper is a claim, that what it reports is so. The first paper is a source too, and asserts its own. A
 * citation, where `from` cites `to`, is a derivation of the citing paper's claim from that of the cited one.
 */
describeWithData('retraction-cascade', 'a retracted paper, and all that cites it', folder => {
  let ledger: Ledger;
  let first: string;
  const claims = new Map<string, string>();
  const papers = new Map<string, string>();
  const rows = (file: string) =>
    readFileSync(join(folder, file), 'utf8')
      .replace(/^\ufeff/, '')
      .split(/\r?\n/)
      .slice(1)
      .filter(line => line !== '');

  beforeAll(async () => {
    ({ ledger } = await openWithMedia('memory:'));
    const { send } = sender(ledger);
    for (const row of rows('nodes.csv')) {
      const paper = row.slice(0, row.indexOf(','));
      const claim = await send('RecordClaim', undefined, {}, { text: `What ${paper} reports is so.` });
      claims.set(paper, claim);
      papers.set(claim, paper);
    }
    first = await send(
      'RegisterSource',
      undefined,
      { kind: 'record', grade: 'B' },
      { name: 'A000', gradeReason: 'a test' },
    );
    const own = { source: first, stance: 'asserts', basis: 'own-reporting', hold: 'held' };
    await send('RecordAssertion', claims.get('A000'), own, { holdReason: 'in the library' });
    for (const row of rows('edges.csv')) {
      const [from = '', to = ''] = row.split(',');
      await send('RecordDerivation', claims.get(from), { premises: [claims.get(to)], phi: '0.9' }, REASON);
    }
  }, 120_000);
  afterAll(() => ledger.close());

  const cores = async () => {
    const found = new Map<string, string>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const { items, next } = await ledger.claims({
        limit: '500',
        after: String((await ledger.health()).head),
        ...(cursor === '' ? {} : { cursor }),
      });
      for (const { id, belief } of items) found.set(id, belief.coreHash);
      cursor = next;
    }
    return found;
  };

  it('reaches 74 direct and 1,397 second-generation dependants, each once and with a path along citations', async () => {
    const { items, total } = await ledger.impact(first);
    const reached = items.map(item => papers.get(item.claim) as string);
    expect(total).toBe(1472);
    expect(new Set(reached).size).toBe(1472);
    expect(reached[0]).toBe('A000');
    expect(reached.filter(paper => /^F\d{3}$/.test(paper))).toHaveLength(74);
    expect(reached.filter(paper => /^F\d{3}S\d{3}$/.test(paper))).toHaveLength(1397);
    const cited = new Set(rows('edges.csv'));
    for (const { path, claim } of items) {
      expect(path[0]).toBe(first);
      expect(path.at(-1)).toBe(claim);
      const along = path.filter(id => papers.has(id)).map(id => papers.get(id) as string);
      expect(along[0]).toBe('A000');
      for (const [i, paper] of along.slice(1).entries()) expect(cited).toContain(`${paper},${String(along[i])}`);
    }
  });

  it('retracted, changes exactly what was foretold; reinstated, every core is what it was', async () => {
    const before = await cores();
    const foretold = await ledger.impact(first, { whatIf: 'retracted' });
    expect(foretold.total).toBe(1472);
    const { send } = sender(ledger);
    const retraction = await send('RetractSource', first, { by: 'publisher' }, { reason: 'retracted in 2008' });
    const after = await cores();
    const changed = [...after].filter(([id, hash]) => before.get(id) !== hash).map(([id]) => id);
    expect(changed.sort()).toEqual(foretold.items.map(item => item.claim).sort());
    for (const { claim, after: then } of foretold.items) expect(after.get(claim)).toBe(then.coreHash);
    await send('ReinstateSource', first, { retraction }, { reason: 'a test' });
    expect(await cores()).toEqual(before);
  });
});
