import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ADD_A_PERSON, terminal } from './testing.js';
import type { Terminal } from './testing.js';

let at: Terminal;
let folder: string;
let before: number;
const ids = { claim: '', other: '', source: '', assertion: '', foreign: '' };
const head = async () => (await at.ledger.health()).head;
const make = async (...argv: readonly string[]) => (await at.json<{ id: string }>(...argv)).id;
const HELD = ['--hold', 'held', '--hold-reason', 'seen'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'credence-bad-'));
  at = await terminal();
  ids.source = await make(...ADD_A_PERSON);
  ids.claim = await make('record', 'It rains.');
  ids.other = await make('record', 'It snows.');
  const say = (claim: string) =>
    make('assert', claim, '--source', ids.source, '--stance', 'asserts', '--basis', 'first-hand', ...HELD);
  ids.assertion = await say(ids.claim);
  ids.foreign = await say(ids.other);
});
afterAll(async () => {
  await at.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => (before = await head()));
afterEach(async () => expect(await head()).toBe(before));

/** Deeper than any JSON that anybody writes. */
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const say = (...more: readonly string[]) => [
  'assert',
  ids.claim,
  '--source',
  ids.source,
  '--stance',
  'asserts',
  ...more,
];

describe('promise 12, bad input on the command line: it is named with a code, and nothing is written', () => {
  const refused: readonly [string, () => readonly string[], string][] = [
    ['an unknown stance', () => [...say(), '--stance', 'shouts'], 'invalid-body'],
    [
      'an unknown source',
      () => ['assert', ids.claim, '--source', 'nobody', '--stance', 'asserts'],
      'unknown-reference',
    ],
    ['an unknown source of a list', () => ['list', '--source', 'nobody'], 'invalid-parameter'],
    ['an unknown claim', () => ['show', 'nobody'], 'not-found'],
    ['an unknown claim to write to', () => ['confirm', 'nobody', '--reason', 'x'], 'not-found'],
    ['an unknown event as a moment', () => ['show', ids.claim, '--as-of', '@99999'], 'invalid-parameter'],
    ['an unknown token', () => ['list', '--as-of', `@1.${'0'.repeat(32)}`], 'token-foreign'],
    ['a day that no calendar has', () => ['list', '--public-by', '2019-02-30'], 'invalid-parameter'],
    ['an instant without zone, as a moment', () => ['list', '--as-of', '2019-04-18T10:00'], 'invalid-parameter'],
    [
      'an instant without zone, in a record',
      () => ['record', 'x', '--holds-during', '2019-04-18T10:00'],
      'invalid-body',
    ],
    ['a word for a number', () => ['list', '--limit', 'many'], 'invalid-parameter'],
    ['a number that is none', () => say('--credibility', 'seven'), 'invalid-body'],
    ['JSON of the wrong type', () => say('--relays', '{"assertion":7}'), 'invalid-body'],
    ['an empty text', () => ['record', ''], 'invalid-body'],
    ['blanks for a reason', () => ['confirm', ids.claim, '--reason', '  '], 'invalid-body'],
    ['ten megabytes', () => ['record', 'x'.repeat(10_000_000)], 'invalid-body'],
    ['deeply nested JSON', () => ['source', 'add', 'x', '--kind', 'record', '--cite.title', deep], 'invalid-body'],
    ['deeply nested relays', () => say('--relays', deep), 'invalid-body'],
    ['a control character', () => ['record', 'a\u0007b'], 'invalid-body'],
    ['a lone surrogate', () => ['record', 'a\ud800b'], 'invalid-body'],
    ['NUL', () => ['record', 'a\0b'], 'invalid-body'],
    ['NUL in a reference', () => ['show', 'a\0b'], 'not-found'],
    ["a relay to another claim's assertion", () => say('--relays', ids.foreign), 'unknown-reference'],
    ['a missing actor', () => ['record', 'x', '--actor', ''], 'actor-required'],
  ];
  it.each(refused)('%s: refused', async (_what, argv, code) => {
    const { code: exit, out, err } = await at.type(...argv());
    expect({ exit, out }).toEqual({ exit: 1, out: '' });
    expect(err).toContain(`(${code})`);
    expect(err.length).toBeLessThan(2000);
    const json = await at.type(...argv(), '--json');
    expect(JSON.parse(json.out)).toMatchObject({ code, detail: expect.any(String) });
  });

  it.each([
    ['an unknown verb', () => ['rekord', 'x']],
    ['an unknown field', () => ['record', 'x', '--colour', 'red']],
    ['a field of another thing', () => ['record', 'x', '--grade', 'A']],
    ['a verb without what it is about', () => ['show']],
  ] as const)('%s: bad usage', async (_what, argv) => {
    const { code, out, err } = await at.type(...argv());
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
  });

  const BOMB = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi']
    .map(
      (n, i) =>
        `${n}: &${n} [${Array(9)
          .fill(`*${'abcdefghi'[i] ?? ''}`)
          .join(',')}]`,
    )
    .join('\n')}\ndossier: 1\nid: bomb\n`;
  it.each([
    ['a YAML bomb', BOMB],
    ['a binary file', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)],
    ['an empty file', ''],
    ['a list', '[]'],
    ['deeply nested lists', '['.repeat(50_000)],
    ['one that breaks off', 'dossier: 1\nid: "x'],
    ['one of another version', 'dossier: 2\nid: x\n'],
    ['one that is too large', 'x'.repeat(70 * 1024 * 1024)],
  ])('%s as a dossier: rejected with its place', async (what, content) => {
    const file = join(folder, `${what.replaceAll(' ', '-')}.yaml`);
    writeFileSync(file, content);
    const { code, out, err } = await at.type('import', 'dossier', file);
    expect(code).toBe(1);
    expect(out + err).toContain('.yaml');
    const { out: json } = await at.type('import', 'dossier', file, '--json');
    const told = JSON.parse(json) as { code?: string; rejected?: { code: string }[] };
    expect(told.code ?? told.rejected?.[0]?.code).toMatch(/^[a-z-]+$/);
  });
});

describe('a file that is none', () => {
  let other: Terminal;
  beforeAll(async () => {
    other = await terminal();
  });
  afterAll(() => other.close());

  it('a folder among the captures of a dossier: rejected with its place, and the rest is loaded', async () => {
    const file = join(folder, 'folder-as-capture.yaml');
    writeFileSync(
      file,
      `dossier: 1\nid: fac\nsources: [{ key: s, kind: record, name: S }]\ncaptures: [{ key: a, source: s, file: . }]\n`,
    );
    const { code, out } = await other.type('import', 'dossier', file, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      new: 1,
      rejected: [{ pointer: '/captures/0/file', code: 'file-not-found' }],
    });
  });

  it('a folder to be captured', async () => {
    const { id } = await other.json<{ id: string }>(...ADD_A_PERSON);
    expect(await other.type('capture', folder, '--source', id)).toMatchObject({
      code: 1,
      err: expect.stringContaining(`${folder} cannot be read: EISDIR`) as unknown,
    });
  });
});

describe('what is odd and no error', () => {
  it('a ring of relays is recorded, and shown as circular', async () => {
    const other = await terminal();
    const id = async (...argv: readonly string[]) => (await other.json<{ id: string }>(...argv)).id;
    const source = await id(...ADD_A_PERSON);
    const claim = await id('record', 'They cite each other.');
    const first = await id('assert', claim, '--source', source, ...HELD);
    const second = await id('assert', claim, '--source', source, ...HELD, '--relays', first);
    await id('correct', first, '--relays', second, '--reason', 'they cite each other');
    const { chains } = await other.json<{ chains: { hops: { circular: boolean }[] }[] }>('chain', claim);
    expect(chains.some(({ hops }) => hops.some(({ circular }) => circular))).toBe(true);
    expect((await other.type('show', claim)).out).toMatch(/from each other/);
    await other.close();
  });

  it('edits at the same time are all carried out, one after the other, and the last one stands', async () => {
    const other = await terminal();
    const { id } = await other.json<{ id: string }>('record', 'Text 0.');
    const texts = Array.from({ length: 3 }, (_, i) => `Text ${String(i + 1)}.`);
    const done = await Promise.all(texts.map(text => other.type('correct', id, '--text', text, '--reason', 'x')));
    expect(done.map(({ code }) => code)).toEqual(texts.map(() => 0));
    const { items } = await other.json<{ items: { changes: { to: string }[] }[] }>('history', id);
    expect(
      items
        .slice(1)
        .map(({ changes }) => changes[0]?.to)
        .sort(),
    ).toEqual(texts);
    expect((await other.json<{ text: string }>('show', id)).text).toBe(items.at(-1)?.changes[0]?.to);
    await other.close();
  });
});
