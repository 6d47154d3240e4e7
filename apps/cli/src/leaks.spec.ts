import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { ADD_A_PERSON, terminal } from './testing.js';
import type { Terminal } from './testing.js';
import { VERBS } from './verbs/index.js';

/** Every verb that takes `--as-of`, with what it is asked about; a test holds this list against the verbs. */
const READS: Readonly<Record<string, (made: { claim: string; source: string }) => readonly (readonly string[])[]>> = {
  summary: () => [[]],
  list: ({ source }) => [
    [],
    ['--limit', '1'],
    ['--q', 'rain'],
    ['--source', source],
    ['--facets', 'status,source,topic'],
  ],
  show: ({ claim }) => [[claim]],
  why: ({ claim }) => [[claim]],
  chain: ({ claim }) => [[claim]],
  history: ({ claim, source }) => [[claim], [`sources/${source}`]],
  timeline: ({ claim }) => [[claim], [claim, '--axis', 'public']],
  diff: ({ claim }) => [[claim, '--from', '@0']],
  blame: ({ claim }) => [[claim], [claim, 'text']],
  changes: () => [['--from', '@0']],
  cite: ({ claim }) => [[claim], [claim, '--style', 'csl-json']],
  impact: ({ source }) => [[source], [source, '--what-if', 'retracted']],
  'quotes check': () => [[]],
  'source list': () => [[], ['--limit', '1']],
  policy: () => [[]],
};

describe('nothing recorded after the pin shows on the command line', () => {
  let at: Terminal;
  const made = { claim: '', source: '' };
  const make = async (...argv: readonly string[]) => (await at.json<{ id: string }>(...argv)).id;
  const say = (claim: string, source: string, stance: string) =>
    make(
      'assert',
      claim,
      '--source',
      source,
      '--stance',
      stance,
      '--basis',
      'first-hand',
      '--hold',
      'held',
      '--hold-reason',
      'x',
    );

  beforeAll(async () => {
    at = await terminal();
    made.source = await make(...ADD_A_PERSON);
    made.claim = await make('record', 'It rained on the harbour.', '--topics', 'rain');
    await say(made.claim, made.source, 'asserts');
  });
  afterAll(() => at.close());

  it('in any answer, as JSON or on a screen', async () => {
    const { pins } = await at.json<{ pins: { asOf: { token: string } } }>('summary');
    const asked = Object.entries(READS).flatMap(([verb, of]) =>
      of(made).flatMap(args =>
        [[], ['--json']].map(how => [...verb.split(' '), ...args, '--as-of', pins.asOf.token, ...how]),
      ),
    );
    const then = new Map<string, string>();
    const told = async (argv: readonly string[]) => JSON.stringify(await at.type(...argv));
    for (const argv of asked) then.set(argv.join(' '), await told(argv));
    expect([...then].filter(([, text]) => !text.startsWith('{"code":0'))).toEqual([]);
    for (const argv of asked.filter(argv => argv.includes('--json')))
      expect([argv.join(' '), (await at.json<{ pins: object }>(...argv.slice(0, -1))).pins]).toEqual([
        argv.join(' '),
        { asOf: { ...pins.asOf, final: true }, ...(argv.includes('public') ? { certainty: 'certain' } : {}) },
      ]);

    const other = await make('source', 'add', 'The Harbour Gazette', '--kind', 'organisation');
    const later = await make('record', 'It rained on the harbour, the gazette says later.', '--topics', 'rain');
    await say(later, other, 'denies');
    await say(made.claim, other, 'denies');
    await make('correct', made.claim, '--text', 'It poured on the harbour.', '--reason', 'read again');
    await make('source', 'grade', made.source, '--grade', 'D', '--reason', 'was not there');
    await make('link', later, '--to', made.claim, '--kind', 'contrary', '--reason', 'one of the two');
    await make('decide', made.claim, '--verdict', 'hold', '--by', 'desk', '--reason', 'x');
    await make('confirm', made.claim, '--reason', 'x');
    for (const argv of asked)
      expect(`${argv.join(' ')} ${await told(argv)}`).toBe(`${argv.join(' ')} ${String(then.get(argv.join(' ')))}`);
    const unknown = await at.type('show', later, '--as-of', pins.asOf.token);
    const nobody = await at.type('show', 'z'.repeat(26), '--as-of', pins.asOf.token);
    expect(JSON.stringify(unknown).replaceAll(later, 'X')).toBe(JSON.stringify(nobody).replaceAll('z'.repeat(26), 'X'));
  });

  it('and no verb that takes a moment is left out of this test; each takes all options of time', async () => {
    const reads: string[] = [];
    const OF_TIME = ['--as-of', '--public-by', '--certainty', '--holds-at'];
    for (const [name, { load }] of Object.entries(VERBS)) {
      const command = new Command();
      (await load()).verb.define(command);
      const ofTime = OF_TIME.filter(name => command.options.some(option => option.long === name));
      if (ofTime.length === 0) continue;
      reads.push(name);
      expect([name, ofTime]).toEqual([name, OF_TIME]);
    }
    expect(reads.filter(name => !(name in READS))).toEqual([]);
    expect(Object.keys(READS).filter(name => !reads.includes(name))).toEqual([]);
  });
});
