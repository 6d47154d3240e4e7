import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isRefusal } from '@credence/contracts';
import type { Ledger } from '@credence/runtime';
import { dataSet, describeWithData } from '../support/data-sets.js';
import { openWithMedia } from '../support/ledgers.js';
import { sender } from '../support/sending.js';

const data = dataSet('mueller-report');
const folder = join(data ?? '', 'revisions-gerson');
const NINTH = 8;

/** Lines that a reader would quote: sentences of a transcription, footnotes and commands apart. */
const quotable = (tex: string) =>
  tex.split('\n').filter(line => line.length >= 25 && line.length <= 400 && !/[\\{}~]|``|''|--/.test(line));

describeWithData('mueller-report', 'fourteen texts of one passage are fourteen captures', () => {
  let ledger: Ledger;
  let source: string;
  let claim: string;
  const captures: string[] = [];
  const texts: string[] = [];
  const quotes: { id: string; exact: string }[] = [];

  beforeAll(async () => {
    ({ ledger } = await openWithMedia('memory:'));
    const { send } = sender(ledger);
    source = await send(
      'RegisterSource',
      undefined,
      { kind: 'record', named: 'publicly' },
      { name: 'The transcription' },
    );
    claim = await send('RecordClaim', undefined, { form: 'event' }, { text: 'Gerson gave Kushner a copy.' });
    for (const name of readdirSync(folder)
      .filter(file => file.endsWith('.tex'))
      .sort()) {
      const done = await ledger.capture({
        target: source,
        bytes: createReadStream(join(folder, name)),
        mediaType: 'text/x-tex',
        body: { file: name, ...(captures.length === 0 ? {} : { replaces: captures.at(-1) }) },
        actor: 'ada',
      });
      if (isRefusal(done)) throw new Error(done.detail);
      captures.push(done.receipt.id);
      texts.push(readFileSync(join(folder, name), 'utf8'));
    }
    for (const exact of new Set(quotable(texts[NINTH] as string))) {
      const passage = { data: { capture: captures[NINTH] }, words: { exact } };
      const id = await send('RecordAssertion', claim, { source, passage: passage.data }, { passage: passage.words });
      quotes.push({ id, exact });
    }
  });
  afterAll(() => ledger.close());

  it('all are kept, and all stay readable', async () => {
    expect(new Set(captures).size).toBe(14);
    for (const [i, capture] of captures.entries()) expect(await ledger.capturedText(capture)).toBe(texts[i]);
  });

  it('what is quoted from the ninth stands there exactly', async () => {
    expect(quotes.length).toBeGreaterThan(10);
    const { assertions } = await ledger.claim(claim);
    expect([...new Set(assertions.map(({ passage }) => passage?.state))]).toEqual(['exact']);
  });

  it('on the fourteenth none is called exact that does not stand there, and none lost that does', async () => {
    const last = captures.at(-1) as string;
    const text = texts.at(-1) as string;
    const { items, states, total } = await ledger.reanchoring(last, { replaces: captures[NINTH] as string });
    expect(total).toBe(quotes.length);
    expect(Object.values(states).reduce((sum, n) => sum + n, 0)).toBe(total);
    const points = [...text];
    for (const { exact, now } of items) {
      const stands = text.includes(exact);
      if (now.state === 'exact') {
        const [piece] = now.pieces ?? [];
        expect(points.slice(piece?.start, now.pieces?.at(-1)?.end).join('')).toContain(exact.slice(0, 20));
      }
      if (now.state === 'exact' && now.pieces?.length === 1) expect(stands).toBe(true);
      if (stands) expect(now.state).not.toBe('lost');
      if (stands) expect(now.state).not.toBe('altered');
    }
  });

  it('what was recorded stays as it was', async () => {
    const { items } = await ledger.passagesIn(captures[NINTH] as string, { limit: '500' });
    expect(items.map(({ exact }) => exact).sort()).toEqual(quotes.map(({ exact }) => exact).sort());
    expect(items.every(({ state }) => state === 'exact')).toBe(true);
  });
});
