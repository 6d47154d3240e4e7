import { describe, expect, it } from '@jest/globals';
import { isFile, readFile } from './file.js';
import type { Schema } from './schema-walk.js';
import { MAX_DOSSIER_BYTES } from '@credence/contracts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readFile('case.yaml', bytes(text));

/** The items of a section, by a schema. */
async function items(text: string, section: string, schema: Schema): Promise<unknown[]> {
  const file = await readFile('case.yaml', bytes(text), () => schema);
  if (!isFile(file)) throw new Error(file.detail);
  return file.members.find(({ name }) => name === section)?.items?.map(item => item.value(schema, [])) ?? [];
}

const anything: Schema = {};
const fields: Schema = {
  properties: {
    text: { type: 'string' },
    phi: { type: 'string' },
    page: { anyOf: [{ type: 'integer' }, { type: 'string' }] },
    headline: { type: 'boolean' },
    cite: { patternProperties: { '.*': {} } },
    when: { anyOf: [{ properties: { edtf: { type: 'string' } }, 'x-short': 'edtf' }] },
  },
};

describe('scalars as written', () => {
  it('are text where text is wanted', async () => {
    const [item] = await items('a:\n  - { text: 2019, phi: 0.50, when: 2019 }', 'a', fields);
    expect(item).toEqual({ text: '2019', phi: '0.50', when: '2019' });
  });

  it('are integers and booleans where those are wanted', async () => {
    const [item] = await items('a:\n  - { page: 158, headline: true }', 'a', fields);
    expect(item).toEqual({ page: 158, headline: true });
  });

  it('stay text in quotation marks', async () => {
    expect(await items('a:\n  - { page: "158", text: "true" }', 'a', fields)).toEqual([{ page: '158', text: 'true' }]);
  });

  it('of a citation: a bare year is text, a volume a number, a fraction text', async () => {
    const [item] = await items('a:\n  - cite: { issued: 2019, volume: 1, version: 1.10 }', 'a', fields);
    expect(item).toEqual({ cite: { issued: '2019', volume: 1, version: '1.10' } });
  });

  it('keep no carriage return, be it in the file or in an escape', async () => {
    expect(await items('a:\r\n  - text: |\r\n      one\r\n      two\r\n', 'a', fields)).toEqual([
      { text: 'one\ntwo\n' },
    ]);
    expect(await items('{ "a": [ { "text": "one\\r\\ntwo" } ] }', 'a', fields)).toEqual([{ text: 'one\ntwo' }]);
  });

  it('called __proto__ or constructor are members like others', async () => {
    const [item] = await items('a:\n  - { __proto__: x, constructor: y }', 'a', anything);
    expect(Object.entries(item as object)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});

describe('places', () => {
  const file = read('# first\ndossier: 1\na:\n  - text: one\n    when: { edtf: x }\n\n  - text: two\n    when: 2019\n');
  const second = async () => {
    const read = await file;
    return isFile(read) ? read.members.find(({ name }) => name === 'a')?.items?.[1] : undefined;
  };

  it('are pointer and line', async () => {
    expect((await second())?.place(['text'])).toEqual({ pointer: '/a/1/text', line: 7 });
  });
  it('of a missing member are where it would be', async () => {
    expect((await second())?.place(['key'])).toEqual({ pointer: '/a/1/key', line: 7 });
  });
  it('inside a shorthand are the shorthand', async () => {
    expect((await second())?.place(['when', 'edtf'])).toEqual({ pointer: '/a/1/when', line: 8 });
  });
});

describe('promise 12: a file that cannot be read', () => {
  it('has a tab: line and column', async () => {
    expect(await read('a:\n  - text: x\n\tphi: y\n')).toMatchObject({
      pointer: '',
      line: 3,
      code: 'not-readable',
      detail: expect.stringContaining('line 3, column 1'),
    });
  });

  it.each([
    ['binary', new Uint8Array([0x89, 0x50, 0, 1]), 'binary'],
    ['not UTF-8', new Uint8Array([0x61, 0xff, 0x62]), 'not-utf-8'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0x00]), 'not-utf-8'],
    ['a list', bytes('- a\n- b\n'), 'not-readable'],
    ['empty', bytes(''), 'not-readable'],
    ['two documents', bytes('a: 1\n---\nb: 1\n'), 'not-readable'],
    ['an unknown tag', bytes('a: !thing x\n'), 'not-readable'],
    ['an alias of nothing', bytes('a: *b\n'), 'not-readable'],
    ['an alias of itself', bytes('a: &a [ *a ]\n'), 'not-readable'],
  ])('%s', async (_, content, code) => {
    expect(await readFile('case.yaml', content)).toMatchObject({ pointer: '', code });
  });

  it('has two documents in it: what was found and what is wanted, in words', async () =>
    expect(await read('a: 1\n---\nb: 1\n')).toMatchObject({
      line: 2,
      detail: expect.stringContaining('a second document begins'),
      found: 'two documents',
      wanted: 'one dossier in a file',
    }));

  it('nests deeper than is read, in a few kilobytes: it is the depth that is told', async () =>
    expect(await read(`a: 1\nclaims: ${'['.repeat(5000)}${']'.repeat(5000)}\n`)).toMatchObject({
      line: 2,
      detail: expect.stringContaining('nested more than 64 deep'),
    }));

  it('is too large', async () => {
    const file = await readFile('case.yaml', new Uint8Array(MAX_DOSSIER_BYTES + 1).fill(0x20));
    expect(file).toMatchObject({ pointer: '', code: 'too-large' });
  });

  it.each([
    ['[', 200_000],
    ['{a: ', 50_000],
    ['- ', 100_000],
  ])('is nested by %j too deep, and says so in good time', async (open, times) => {
    const before = performance.now();
    expect(await read(open.repeat(times))).toMatchObject({ pointer: '', code: 'not-readable' });
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it('grows by aliases: it is refused unexpanded', async () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `x${String(i + 1)}: &x${String(i + 1)} [${`*x${String(i)}, `.repeat(10)}]`,
    );
    expect(await read(`x0: &x0 [a, b]\n${levels.join('\n')}\n`)).toMatchObject({
      code: 'not-readable',
      found: 'aliases of aliases',
    });
  });

  it('but a few aliases are fine', async () => {
    expect(await items('x: &x [p, q]\na:\n  - *x\n  - *x\n', 'a', anything)).toEqual([
      ['p', 'q'],
      ['p', 'q'],
    ]);
  });
});

describe('a member that stands twice', () => {
  it('is reported at its place', async () => {
    const file = await read('a:\n  - text: x\n    text: y\n');
    const bad: unknown[] = [];
    if (isFile(file)) file.members[0]?.items?.[0]?.value(fields, bad as never);
    expect(bad).toMatchObject([{ path: ['text'], code: 'duplicate-member' }]);
  });
});

describe('promise 11, bounded: a large file', () => {
  const filler = 'x'.repeat(9000);
  const entry = (i: number) =>
    i % 3 === 0
      ? `  - { key: k-${String(i)}, text: "a: b # c\n      - d ${filler}" }`
      : i % 3 === 1
        ? `  - key: k-${String(i)}\n    text: |\n      - not an item ${filler}\n     \n    # a note\n`
        : `\n  -\n    key: k-${String(i)}\n    text: >-\n      folded\n      lines ${filler}`;
  const large = `%s\ndossier: 1\n# note\nclaims:   # the claims\n\n${Array.from({ length: 150 }, (_, i) => entry(i)).join('\n')}\ntitle: "x"\n`;
  const schema: Schema = { properties: { key: { type: 'string' }, text: { type: 'string' } } };

  it('divided at its entries says the same as the whole', async () => {
    const divided = await items(large.replace('%s', ''), 'claims', schema);
    // A directive is read as a whole only.
    const whole = await items(large.replace('%s', '%YAML 1.2\n---'), 'claims', schema);
    expect(divided).toHaveLength(150);
    expect(divided).toEqual(whole);
  });

  it('knows its lines', async () => {
    const file = await read(large.replace('%s', ''));
    const members = isFile(file) ? file.members : [];
    expect(members.map(({ name }) => name)).toEqual(['dossier', 'claims', 'title']);
    expect(members[1]?.items?.[3]?.place(['key'])).toEqual({ pointer: '/claims/3/key', line: 20 });
  });

  it('of JSON says the same as in block style', async () => {
    const entries = Array.from({ length: 150 }, (_, i) => ({ key: `k-${String(i)}`, text: `"[{\n${filler}` }));
    const text = JSON.stringify({ dossier: 1, claims: entries, title: 'x' }, null, 1);
    expect(await items(text, 'claims', schema)).toEqual(entries);
    const file = await read(text);
    expect(isFile(file) ? file.members.map(({ name }) => name) : []).toEqual(['dossier', 'claims', 'title']);
    expect(isFile(file) ? file.members[1]?.items?.[1]?.place(['text']) : undefined).toEqual({
      pointer: '/claims/1/text',
      line: 10,
    });
    expect(await read(text.slice(0, -3))).toMatchObject({ pointer: '', code: 'not-readable' });
  });

  it('that is broken is read as a whole, for the true place', async () => {
    expect(await read(`${large.replace('%s', '')}claims2:\n  - [x\n`)).toMatchObject({
      pointer: '',
      code: 'not-readable',
    });
  });
});
