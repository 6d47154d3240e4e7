import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { terminal } from './testing.js';
import type { Terminal } from './testing.js';

const TEXT = `The council met on Monday. Nora Winter said that the bridge was unsafe at noon.
He gave one copy to the mayor of the town.
\fThe bridge was closed on Friday. He gave one copy to the mayor of the town.
`;

/** For each state a quotation that has it, and what else the passage says. */
const QUOTED: Readonly<Record<string, readonly string[]>> = {
  exact: ['Nora Winter said that the bridge was unsafe'],
  normalised: ['nora winter said that the Bridge was unsafe'],
  moved: ['The bridge was closed on Friday.', '--passage.pdf-page', '1'],
  altered: ['Nora Winter says that the bridge was unsafe at noon.'],
  ambiguous: ['He gave one copy to the mayor of the town.'],
  lost: ['Nobody in this house has ever written such words as these.'],
};
const SILENT = ['exact', 'normalised'];
const STATES = Object.keys(QUOTED);
/** Citations are read by those who do not know our words. */
const CITED: Readonly<Record<string, string>> = {
  moved: 'quoted words stand in another place',
  altered: 'quoted words stand otherwise',
  ambiguous: 'quoted words stand in several places',
  lost: 'quoted words were not found',
};

describe('a quotation that is not found as it stands says so wherever it is shown', () => {
  let at: Terminal;
  let folder: string;
  let unseen: string;
  const claims: Record<string, string> = {};
  const assertions: Record<string, string> = {};

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'credence-states-'));
    const file = join(folder, 'paper.txt');
    writeFileSync(file, TEXT);
    at = await terminal({ columns: 300 });
    const paper = String((await at.json('source', 'add', 'The Courier', '--kind', 'organisation'))['id']);
    const capture = String((await at.json('capture', file, '--source', paper))['id']);
    for (const [state, [exact = '', ...more]] of Object.entries(QUOTED)) {
      claims[state] = String(
        (await at.json('record', `A claim whose words are quoted, ${state.length} of them.`))['id'],
      );
      const passage = ['--passage.capture', capture, '--passage.exact', exact, ...more];
      const said = await at.json<{ id: string; passage: object }>(
        ...(['assert', claims[state], '--source', paper, '--stance', 'asserts', '--basis', 'first-hand'] as const),
        ...passage,
      );
      expect(said.passage).toMatchObject({ state });
      assertions[state] = said.id;
    }
    const letter = String((await at.json('source', 'add', 'A letter', '--kind', 'record'))['id']);
    unseen = String((await at.json('record', 'A letter says so.'))['id']);
    const passage = ['--passage.capture', capture, '--passage.exact', QUOTED['altered']?.[0] ?? ''];
    const cited = await at.json<{ id: string }>(
      ...(['assert', unseen, '--source', letter, '--stance', 'asserts', '--basis', 'first-hand'] as const),
      ...['--hold', 'cited', ...passage],
    );
    const held = ['--passage.capture', capture, '--passage.exact', QUOTED['exact']?.[0] ?? ''];
    await at.json('assert', unseen, '--source', paper, '--relays', cited.id, ...held);
  });
  afterAll(async () => {
    await at.close();
    rmSync(folder, { recursive: true });
  });

  const VERBS: readonly (readonly string[])[] = [
    ['show'],
    ['why'],
    ['chain'],
    ['history'],
    ['cite'],
    ['cite', '--style', 'apa'],
    ['cite', '--style', 'csl-json'],
  ];

  describe.each(VERBS.map(verb => [verb.join(' '), verb] as const))('%s', (_, [verb = '', ...options]) => {
    it.each(STATES)('of one that is %s', async state => {
      const { code, out } = await at.type(verb, claims[state] as string, ...options);
      expect(code).toBe(0);
      const words = (one: string) => (verb === 'cite' ? CITED[one] : one) ?? one;
      const told = STATES.filter(one => !SILENT.includes(one) && new RegExp(`\\b${words(one)}\\b`).test(out));
      expect(told).toEqual(SILENT.includes(state) ? [] : [state]);
    });
  });

  it.each(STATES)('in the answers for programs: %s', async state => {
    const claim = claims[state] as string;
    const { ledger } = at;
    expect((await ledger.claim(claim)).assertions).toMatchObject([{ passage: { state } }]);
    expect((await ledger.chain(claim)).chains).toMatchObject([{ hops: [{ passage: { state } }] }]);
    expect((await ledger.passages({ state })).items).toContainEqual(
      expect.objectContaining({ assertion: assertions[state], state }),
    );
    const [chain] = (await ledger.citation(claim)).chains;
    expect(chain?.hops[0]?.passageState).toBe(SILENT.includes(state) ? undefined : state);
    const recorded = (await ledger.history(claim)).items.find(({ type }) => type === 'AssertionRecorded');
    expect(recorded?.changes.map(({ path, to }) => [path, to])).toContainEqual(['/passage/state', state]);
  });

  it.each(['show', 'chain', 'cite'])('%s says it of a document that is not in our hands too', async verb => {
    const { out } = await at.type(verb, unseen);
    expect(out).toContain(verb === 'cite' ? 'A letter [the quoted words stand otherwise], cited in The' : 'altered');
    if (verb !== 'cite') return;
    expect((await at.type(verb, unseen, '--style', 'apa')).out).toContain('[the quoted words stand otherwise]');
    const { items } = await at.ledger.citation(unseen, { style: 'csl-json' });
    expect(items.map(({ note }) => note)).toContainEqual(
      expect.stringContaining('Cited, not seen by us; the quoted words stand otherwise.'),
    );
  });

  it('quotes check lists all of them, and none that is silent', async () => {
    const { code, out } = await at.type('quotes', 'check');
    expect(code).toBe(1);
    for (const state of STATES) expect([state, out.includes(`${state}:`)]).toEqual([state, !SILENT.includes(state)]);
  });

  const WITHOUT: readonly (readonly string[])[] = [
    ['list'],
    ['list', '--q', 'words'],
    ['summary'],
    ['changes', '--from', '@0'],
  ];
  it.each(WITHOUT.map(argv => [argv.join(' '), argv] as const))('%s shows no quoted words at all', async (_, argv) => {
    const { code, out } = await at.type(...argv);
    expect(code).toBe(0);
    for (const [words = ''] of Object.values(QUOTED)) expect(out).not.toContain(words.slice(0, 20));
  });

  it('timeline shows none either', async () => {
    for (const [state, [words = '']] of Object.entries(QUOTED)) {
      const { code, out } = await at.type('timeline', claims[state] as string);
      expect([code, out.includes(words.slice(0, 20))]).toEqual([0, false]);
    }
  });

  it('no verb puts quotation marks round quoted words', async () => {
    const every = [...VERBS, ['blame']];
    for (const [state, [words = '']] of Object.entries(QUOTED))
      for (const [verb = '', ...options] of every) {
        const { out } = await at.type(verb, claims[state] as string, ...options);
        const start = words.slice(0, 20);
        expect([verb, state, ['"', '“', '‘', '«'].filter(mark => out.includes(`${mark}${start}`))]).toEqual([
          verb,
          state,
          [],
        ]);
      }
    const { out } = await at.type('quotes', 'check');
    expect(out).not.toMatch(/["“‘«](Nora|nora|The bridge|He gave|Nobody)/);
  });

  it('blame names the state beside the words', async () => {
    for (const state of STATES) {
      const { out } = await at.type('blame', claims[state] as string, '--json');
      expect(out).toContain(`"${state}"`);
    }
  });
});
