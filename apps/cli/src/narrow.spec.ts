import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { widthOf } from './screen/text.js';
import { terminal } from './testing.js';
import type { Terminal } from './testing.js';

const VERBS = [
  ['summary'],
  ['list', '--facets', 'status,topic'],
  ['show', 'gave-tillerson'],
  ['show', 'sources/gazette'],
  ['why', 'gave-tillerson'],
  ['chain', 'gave-tillerson'],
  ['history', 'gave-tillerson'],
  ['timeline', 'gave-tillerson'],
  ['timeline', 'gave-tillerson', '--axis', 'public'],
  ['diff', 'gave-tillerson', '--from', '@41'],
  ['blame', 'gave-tillerson'],
  ['changes', '--from', '@41'],
  ['impact', 'kushner'],
  ['quotes', 'check', '--state', 'exact,normalised'],
  ['source', 'list'],
  ['policy'],
];

/** Meant to be copied, and whole: a command line, a hash. */
const copied = (line: string) => /credence |^core /.test(line);

describe.each([80, 45])('on a terminal of %i columns', columns => {
  let at: Terminal;
  beforeAll(async () => {
    at = await terminal({ columns, env: { NO_COLOR: '1' } });
    await at.type('import', 'dossier', join('examples', 'back-channel', 'back-channel.dossier.yaml'));
  });
  afterAll(() => at.close());

  it.each(VERBS.map(words => [words.join(' '), words] as const))('%s stays within them', async (_, words) => {
    const { code, out } = await at.type(...words);
    expect(code).toBe(0);
    expect(out.split('\n').filter(line => widthOf(line) > columns && !copied(line))).toEqual([]);
  });
});
