import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { check } from '@credence/contracts';
import { valuesOf } from './arbitraries.js';
import { COMMANDS, commandNamed } from './commands.js';
import { EXAMPLES } from './examples.js';
import { equal } from './set.js';
import { join, split, unpaired } from './split.js';
import type { Parts } from './split.js';
import { sha256 } from './test-ids.js';

const recordAssertion = commandNamed('RecordAssertion')!;
const correctAssertion = commandNamed('CorrectAssertion')!;

describe('split', () => {
  it('puts ids and dates into data, and what people wrote into words', () => {
    const body = {
      source: 'report',
      relays: ['kushner', { assertion: 'gerson', how: 'verbatim', fidelity: 'weaker', fidelityReason: 'no day' }],
      passage: { capture: sha256, exact: 'gave one copy', page: 158 },
      assertedAt: { edtf: '2019-04', said: 'in spring' },
    };
    expect(split(body, recordAssertion)).toEqual({
      data: {
        source: 'report',
        relays: [{ assertion: 'kushner' }, { assertion: 'gerson', how: 'verbatim', fidelity: 'weaker' }],
        passage: { capture: sha256, page: 158 },
        assertedAt: { edtf: '2019-04' },
      },
      words: {
        relays: [{}, { fidelityReason: 'no day' }],
        passage: { exact: 'gave one copy' },
        assertedAt: { said: 'in spring' },
      },
    });
  });

  it('writes a shorthand out', () => {
    expect(split({ assertedAt: '2019' }, recordAssertion)).toEqual({
      data: { assertedAt: { edtf: '2019' } },
      words: {},
    });
  });

  it.each([
    ['at the top', { stnce: 'asserts' }, '/stnce', /did you mean stance/],
    ['inside a passage', { passage: { capture: sha256, exact: 'x', pge: 1 } }, '/passage/pge', /did you mean page/],
    ['inside a relay', { relays: [{ assertion: 'a', why: 'b' }] }, '/relays/0/why', /unknown field/],
    ['named like a member of every object', { constructor: 1 }, '/constructor', /unknown field/],
    ['with a slash and a tilde', { 'a/b~c': 1 }, '/a~1b~0c', /unknown field/],
  ])('names an unknown field %s', (_where, body, pointer, detail) => {
    expect(split(body as Record<string, unknown>, recordAssertion)).toEqual([
      { pointer, code: 'unknown-field', detail: expect.stringMatching(detail) },
    ]);
  });

  it('names a prototype smuggled in by JSON as an unknown field', () => {
    const body = JSON.parse('{"__proto__": {"stance": "denies"}}') as Record<string, unknown>;
    expect(split(body, recordAssertion)).toEqual([expect.objectContaining({ pointer: '/__proto__' })]);
  });

  it('keeps an empty half where its absence would hide that a member is missing', () => {
    const { data, words } = split({ passage: { capture: sha256 } }, recordAssertion) as Parts;
    expect(check(recordAssertion.data, data)).toEqual([]);
    expect(check(recordAssertion.words, words)).toMatchObject([{ pointer: '/passage/exact', code: 'required' }]);
  });

  it('keeps both halves of a set that speaks to one of them', () => {
    const { data, words } = split({ set: { locator: 'at 3' }, reason: 'misread' }, correctAssertion) as Parts;
    expect(data).toEqual({ set: {} });
    expect(check(correctAssertion.words, words)).toEqual([]);
    const other = split({ set: { basis: 'record' }, reason: 'misread' }, correctAssertion) as Parts;
    expect(other.words).toEqual({ set: {}, reason: 'misread' });
  });

  it('clears both halves with one null', () => {
    const parts = split({ set: { passage: null }, reason: 'misread' }, correctAssertion) as Parts;
    expect(parts).toEqual({ data: { set: { passage: null } }, words: { set: {}, reason: 'misread' } });
    expect(unpaired(correctAssertion, parts)).toEqual([]);
  });
});

describe('unpaired', () => {
  it.each([
    ['words of a passage without its place', { data: {}, words: { passage: { exact: 'x' } } }, '/passage'],
    ['a passage without its words', { data: { passage: { capture: sha256 } }, words: {} }, '/passage'],
    ['lists of two lengths', { data: { relays: [] }, words: { relays: [{}] } }, '/relays'],
    ['what was said of a date that is not there', { data: {}, words: { assertedAt: { said: 'soon' } } }, '/assertedAt'],
  ])('finds %s', (_what, parts, pointer) => {
    expect(unpaired(recordAssertion, parts)).toEqual([expect.objectContaining({ pointer })]);
  });

  it('finds words for a field that is cleared', () => {
    const parts = { data: { set: { passage: null } }, words: { set: { passage: { exact: 'x' } }, reason: 'y' } };
    expect(unpaired(correctAssertion, parts)).toEqual([expect.objectContaining({ pointer: '/set/passage' })]);
  });
});

describe.each(COMMANDS.map(definition => [definition.name, definition] as const))('%s', (name, definition) => {
  it('takes its example', () => {
    const parts = split(EXAMPLES[name]!, definition) as Parts;
    expect(check(definition.data, parts.data)).toEqual([]);
    expect(check(definition.words, parts.words)).toEqual([]);
    expect(unpaired(definition, parts)).toEqual([]);
  });

  it('splits into parts that are valid and join to the same body', () => {
    fc.assert(
      fc.property(valuesOf(definition.data), valuesOf(definition.words), (data, words) => {
        fc.pre(unpaired(definition, { data, words }).length === 0);
        const body = join(data, words) as Record<string, unknown>;
        const parts = split(body, definition) as Parts;
        const valid = check(definition.data, parts.data).length + check(definition.words, parts.words).length === 0;
        return valid && equal(join(parts.data, parts.words), body);
      }),
      { numRuns: 60 },
    );
  });
});
