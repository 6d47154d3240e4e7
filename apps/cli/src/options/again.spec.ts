import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Io } from '../io.js';
import { run } from '../run.js';
import { terminal } from '../testing.js';
import type { Terminal } from '../testing.js';
import { again } from './again.js';

/** As a shell divides them: blanks, and single quotation marks. */
const wordsOf = (line: string) =>
  Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '');

describe('command lines that a screen shows', () => {
  let at: Terminal;
  beforeAll(async () => {
    at = await terminal();
    await at.type('import', 'dossier', join('examples', 'back-channel', 'back-channel.dossier.yaml'));
  });
  afterAll(() => at.close());

  it.each([
    ['list', '--limit', '2', '--status', 'attributed', '--public-by', '2019', '--q', 'kushner* copy'],
    ['list', '--limit', '2', '--as-of', '@150', '--holds-at', '2017-03-01'],
    ['source', 'list', '--limit', '2', '--as-of', '@100'],
    ['changes', '--limit', '1', '--from', '@50', '--public-by', '2019-05'],
    ['timeline', 'five-pages', '--limit', '1', '--axis', 'public', '--certainty', 'possible'],
    ['quotes', 'check', '--limit', '1', '--state', 'exact', '--source', 'report'],
  ])('%s %s %s %s %s %s %s: the next page is what was asked for, one page further', async (...words) => {
    const { next, ...first } = await at.json<{ items: unknown[]; next: string | null }>(...words);
    const { out } = await at.type(...words);
    const line = /^more: credence (.*)$/m.exec(out)?.[1];
    expect(line).toContain(next);
    const second = await at.json<{ items: unknown[] }>(...wordsOf(line ?? ''));
    expect(second.items).not.toHaveLength(0);
    expect(second.items).not.toEqual(first.items);
  });

  it('show: the numbers and the history are those of the moment that is shown', async () => {
    const pins = ['--as-of', '@150', '--public-by', '2019-04-18'];
    const { out } = await at.type('show', 'gave-tillerson', ...pins);
    for (const verb of ['why', 'history']) {
      const line = new RegExp(`: credence (${verb} .*)$`, 'm').exec(out)?.[1];
      expect(wordsOf(line ?? '')).toEqual([verb, 'gave-tillerson', ...pins]);
    }
  });

  it('a page that has found nothing yet does not say that there is nothing', async () => {
    const { pins } = await at.ledger.claims({});
    const bounded = {
      ...at.ledger,
      claims: async () => ({ items: [], next: 'abc', pins }),
      close: async () => undefined,
    };
    let out = '';
    const io = { env: {}, out: (text: string) => void (out += text), loginName: () => 'anna' } as unknown as Io;
    await run(['list', '--status', 'disputed', '--public-by', '2019'], io, async () => bounded);
    expect(out).toContain('No claim among those that were looked at so far.');
    expect(out).toContain('more: credence list --status disputed --public-by 2019 --cursor abc');
  });

  it('what a shell would read otherwise is quoted; a ledger that the environment names is not said again', () => {
    const options = { q: "the man's copy", ledger: 'http://127.0.0.1:3000', json: true };
    const asked = { name: 'list', args: [], options };
    expect(again({ ...asked, io: { env: { CREDENCE_LEDGER: options.ledger } } as never })).toBe(
      String.raw`credence list --q 'the man'\''s copy'`,
    );
    expect(again({ ...asked, io: { env: {} } as never })).toContain('--ledger http://127.0.0.1:3000');
  });
});
