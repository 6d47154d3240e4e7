import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_DOSSIER_BYTES } from '@credence/contracts';
import { terminal } from './testing.js';
import type { Terminal } from './testing.js';
import { VERBS } from './verbs/index.js';

describe('a command line', () => {
  let at: Terminal;
  beforeAll(async () => {
    at = await terminal();
  });
  afterAll(() => at.close());

  it.each(Object.keys(VERBS))('credence %s --help shows how, with an example', async name => {
    const { code, out, err } = await at.type(...name.split(' '), '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/Usage: credence/);
    expect(out).toMatch(/For example:\n.*credence /);
  });

  it.each(['--version', '-V', 'version'])('%s says which release this is', async word => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await at.type(word)).toEqual({ code: 0, out: `credence ${version}\n`, err: '' });
  });

  it('help is a word as well as an option', async () => {
    expect(await at.type('help')).toEqual(await at.type('--help'));
    for (const verb of [['show'], ['source', 'add']])
      expect(await at.type('help', ...verb)).toEqual(await at.type(...verb, '--help'));
    expect((await at.type('help', 'shw')).err).toContain('show');
  });

  it('without a verb lists the verbs', async () => {
    const { code, out } = await at.type('--help');
    expect(code).toBe(0);
    for (const name of Object.keys(VERBS)) expect(out).toContain(`  ${name} `);
    expect((await at.type()).code).toBe(2);
  });

  it.each([
    [['shw', 'x'], /did you mean show/],
    [['show'], /missing required argument/],
    [['show', 'a', 'b'], /too many arguments/],
    [['list', '--jsn'], /did you mean --json/i],
    [['source'], /source add/],
    [['source', 'lst'], /source add/],
    [['record'], /text of the claim is missing/],
    [['record', 'x', '--text', 'y'], /text of the claim is given twice: by its place, and by --text/],
    [['source', 'add', 'x', '--name', 'y', '--kind', 'person'], /name of the source is given twice/],
    [['import', 'dossir', 'x.yaml'], /wanted dossier/],
    [['link', '--reason', 'x'], /wanted a claim, or --remove/],
    [['retract', 'units/x', '--reason', 'x'], /wanted one of claims, sources, assertions/],
    [['serve', '--ledger', 'http://127.0.0.1:1'], /served already/],
  ])('%j is bad usage: 2, and says what is wrong', async (argv, message) => {
    const { code, out, err } = await at.type(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  it.each([
    [['show', 'nobody'], 'not-found'],
    [['list', '--as-of', '@99999'], 'invalid-parameter'],
    [['list', '--as-of', '2026-11-24T08:00:00'], 'invalid-parameter'],
    [['list', '--limit', '0'], 'invalid-parameter'],
    [['record', ''], 'invalid-body'],
    [['record', 'x', '--form', 'rumour'], 'invalid-body'],
    [['source', 'add', 'x', '--kind', 'person', '--grade', 'A'], 'invalid-body'],
    [['assert', 'nobody', '--stance', 'asserts'], 'not-found'],
    [['record', 'x', '--actor', 'two words'], 'actor-required'],
    [['import', 'dossier', '/nowhere/case.yaml'], 'not-found'],
    [['serve', '--port', 'many'], 'invalid-parameter'],
  ])('%j is refused: 1, as %s', async (argv, problem) => {
    const people = await at.type(...argv);
    expect({ code: people.code, out: people.out }).toEqual({ code: 1, out: '' });
    expect(people.err).toContain(`(${problem})`);
  });

  it('prints the problem document of a refusal under --json, and nothing else', async () => {
    const { code, out, err } = await at.type('show', 'nobody', '--json');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out)).toMatchObject({ status: 404, code: 'not-found', errors: [] });
    expect(out.trim().split('\n')).toHaveLength(1);
  });

  it('prints exactly what the ledger answers under --json', async () => {
    await at.json('record', 'One claim.');
    expect(await at.json('list')).toEqual(JSON.parse(JSON.stringify(await at.ledger.claims())));
    expect(await at.json('summary')).toEqual(JSON.parse(JSON.stringify(await at.ledger.summary())));
  });

  it('imports nothing when one of the files cannot be read', async () => {
    const { asOf } = (await at.ledger.summary()).pins;
    const example = 'examples/back-channel/back-channel.dossier.yaml';
    const { code, err } = await at.type('import', 'dossier', example, '/nowhere/case.yaml');
    expect(code).toBe(1);
    expect(err).toContain('/nowhere/case.yaml cannot be read: ENOENT');
    expect((await at.ledger.summary()).pins.asOf.seq).toBe(asOf.seq);
  });

  it('reads no more of a file than a dossier may have, and no folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'credence-large-'));
    try {
      const large = join(folder, 'large.yaml');
      writeFileSync(large, '');
      truncateSync(large, MAX_DOSSIER_BYTES + 1);
      for (const file of [large, '/dev/zero'])
        expect(JSON.parse((await at.type('import', 'dossier', file, '--json')).out)).toMatchObject({
          code: 'too-large',
        });
      expect((await at.type('import', 'dossier', folder)).err).toContain(`${folder} cannot be read: EISDIR`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says what an import lacks: the format, or the file', async () => {
    expect(await at.type('import', 'case.dossier.yaml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no format is called "case.dossier.yaml"; wanted dossier'),
    });
    expect(await at.type('import', 'dossier')).toMatchObject({ code: 2, err: expect.stringContaining('which file?') });
  });

  it('takes options before the verb too', async () =>
    expect((await at.type('--as-of', '@0', 'list', '--json')).code).toBe(0));

  it('names the actor: --actor, else CREDENCE_ACTOR, else the login name', async () => {
    const actorOf = async (terminal: Terminal, ...argv: string[]) => {
      const { seq } = await terminal.json<{ seq: number }>('record', 'Who?', ...argv);
      return (await terminal.ledger.event(seq)).actor;
    };
    expect(await actorOf(at)).toBe('anna');
    expect(await actorOf(at, '--actor', 'ben')).toBe('ben');
    const other = await terminal({ env: { CREDENCE_ACTOR: 'desk' } });
    expect(await actorOf(other)).toBe('desk');
    await other.close();
  });

  it('does the same thing once under one idempotency key', async () => {
    const first = await at.json('record', 'Once.', '--idempotency-key', 'k1');
    expect(await at.json('record', 'Once.', '--idempotency-key', 'k1')).toEqual(first);
    const { code, out } = await at.type('record', 'Twice.', '--idempotency-key', 'k1', '--json');
    expect({ code, problem: (JSON.parse(out) as { code: string }).code }).toEqual({
      code: 1,
      problem: 'idempotency-conflict',
    });
  });

  it('writes nothing in a dry run', async () => {
    const { events } = await at.json<{ events: number }>('summary');
    const { code, out } = await at.type('record', 'Perhaps.', '--dry-run');
    expect({ code, out }).toMatchObject({ code: 0 });
    expect(out).toMatch(/Nothing was written/);
    expect((await at.json<{ events: number }>('summary')).events).toBe(events);
  });

  it('finds out itself whether a claim, a source or an assertion is meant', async () => {
    const { id: source } = await at.json<{ id: string }>('source', 'add', 'The Gazette', '--kind', 'organisation');
    const { id: claim } = await at.json<{ id: string }>('record', 'It rained.');
    const { id: assertion } = await at.json<{ id: string }>('assert', claim, '--source', source, '--stance', 'asserts');
    const typeOf = async (...argv: string[]) =>
      (await at.json<{ events: { type: string }[] }>(...argv, '--reason', 'because')).events[0]?.type;
    expect(await typeOf('correct', source, '--described-as', 'a paper')).toBe('SourceDescribed');
    expect(await typeOf('correct', `assertions/${assertion}`, '--locator', 'p. 1')).toBe('AssertionCorrected');
    expect(await typeOf('correct', claim, '--text', 'It poured.')).toBe('ClaimCorrected');
    expect(await typeOf('revise', assertion, '--stance', 'denies', '--asserted-at', '2019-05-01')).toBe(
      'AssertionRevised',
    );
    const { id: retraction } = await at.json<{ id: string }>('retract', assertion, '--by', 'ledger', '--reason', 'x');
    expect(await typeOf('reinstate', assertion, '--retraction', retraction)).toBe('AssertionReinstated');
    expect(await typeOf('confirm', claim)).toBe('ClaimConfirmed');
  });
});

it('the demonstration does the main job, and each command in it', async () => {
  const at = await terminal();
  const { steps } = await at.json<{ steps: { command: string }[] }>('demo');
  expect(steps.map(({ command }) => command.split(' ')[1])).toEqual(
    expect.arrayContaining(['source', 'record', 'assert', 'show', 'chain', 'correct', 'history', 'impact', 'retract']),
  );
  await at.close();
});
