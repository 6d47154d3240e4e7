import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { terminal } from './testing.js';
import type { Terminal } from './testing.js';
import { VERBS } from './verbs/index.js';

/** Verbs whose examples need more than a ledger: a server, a cluster, a signing key, a folder, a view that is stopped. */
const ELSEWHERE = ['serve', 'demo', 'log checkpoint', 'log key', 'doctor', 'migrate', 'backup', 'restore', 'set-aside'];

/** As a shell divides them. Where the output goes is left out. */
const wordsOf = (line: string) =>
  Array.from(
    line.replace(/ > \S+$/, '').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g),
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );

const verbs = await Promise.all(
  Object.entries(VERBS).map(async ([name, { load }]) => ({ name, ...(await load()).verb })),
);
const examples = verbs
  .filter(({ name }) => !ELSEWHERE.includes(name))
  .flatMap(verb => verb.examples.filter(example => example.startsWith('credence ')));

describe('examples under --help, typed one after the other on the example case', () => {
  let at: Terminal;
  beforeAll(async () => {
    at = await terminal({}, Date.now);
    await at.type('import', 'dossier', join('examples', 'back-channel', 'back-channel.dossier.yaml'));
  });
  afterAll(() => at.close());

  it.each(examples)('%s', async example => {
    const { code, out, err } = await at.type(...wordsOf(example).slice(1));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).not.toContain('Nothing to change');
  });

  it('every verb has one', () =>
    expect(verbs.filter(verb => verb.examples.length === 0).map(({ name }) => name)).toEqual([]));
});
