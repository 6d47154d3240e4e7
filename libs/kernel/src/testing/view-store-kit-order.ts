import assert from 'node:assert/strict';
import type { Key, RangeOptions, Row, ViewState } from '../view-store.js';
import { at, keysOf, putAll, same, SHAPE } from './view-store-kit-case.js';
import type { ViewStoreCase } from './view-store-kit-case.js';

/** Texts in their order: by code point, without any regard for case, language or normal form. */
const TEXTS = ['', '\0', '\0a', '10', '9', 'Z', 'a', 'a\0', 'a-b', 'aa', 'b', 'e\u0301', 'z', 'é', '\ud7ff', '\ue000']
  .concat(['\uffff', '\u{10000}', '\u{10000}a', '\u{1f600}', '\u{10ffff}'])
  .map(text => [text]);
const INTEGERS = [Number.MIN_SAFE_INTEGER, -(2 ** 40), -10, -9, -1, 0, 1, 2, 9, 10, 100, 2 ** 31, 2 ** 40]
  .concat(Number.MAX_SAFE_INTEGER)
  .map(integer => [integer]);

/** The same in every run, and in no order. */
const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item, i) => ({ item, place: (i * 7919 + 13) % 101 }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);

const count = (n: number, step = 1): Key[] => Array.from({ length: n }, (_, i) => [i * step]);

/** More rows than an adapter reads ahead at once. */
const MANY = 1200;

/** What ranges promise: order, prefix, after, reverse, limit; and what a table that changes meanwhile means. */
export const ORDER: readonly ViewStoreCase[] = [
  {
    name: 'orders texts by code point: astral characters after the rest, nothing folded',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      putAll(state, 'texts', shuffled(TEXTS));
      same(keysOf(state.tables('texts')), TEXTS, 'texts in order');
      same(keysOf(state.tables('texts'), { reverse: true }), TEXTS.toReversed(), 'texts in reverse');
      for (const [i, after] of TEXTS.entries())
        same(keysOf(state.tables('texts'), { after }), TEXTS.slice(i + 1), 'after');
    },
  },
  {
    name: 'orders integers by value, negative ones and the largest too',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      putAll(state, 'integers', shuffled(INTEGERS));
      same(keysOf(state.tables('integers')), INTEGERS, 'integers in order');
      same(keysOf(state.tables('integers'), { reverse: true }), INTEGERS.toReversed(), 'integers in reverse');
      same(keysOf(state.tables('integers'), { after: [-0] }), INTEGERS.slice(6), 'after zero with a sign');
    },
  },
  {
    name: 'keeps that order for rows that come after somebody asked for it',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      for (const [seq, key] of shuffled(TEXTS).entries()) {
        putAll(state, 'texts', [key], seq);
        assert.equal(keysOf(state.tables('texts')).length, seq + 1);
      }
      same(keysOf(state.tables('texts')), TEXTS, 'texts in order');
      state.write(at(100), tables => {
        for (const [text] of TEXTS.filter((_, i) => i % 2 === 0)) tables('texts').delete([text as string]);
      });
      same(
        keysOf(state.tables('texts')),
        TEXTS.filter((_, i) => i % 2 === 1),
        'texts in order after deletions',
      );
    },
  },
  {
    name: 'orders part by part, and takes a prefix by whole parts',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      const pairs = ['', 'a', 'a\0', 'aa', 'b'].flatMap(text => [-1, 0, 10].map(integer => [text, integer]));
      putAll(state, 'pairs', shuffled(pairs));
      same(keysOf(state.tables('pairs')), pairs, 'pairs in order');
      for (const text of ['', 'a', 'aa'])
        same(
          keysOf(state.tables('pairs'), { prefix: [text] }),
          [-1, 0, 10].map(integer => [text, integer]),
          `pairs of '${text}'`,
        );
      same(keysOf(state.tables('pairs'), { prefix: ['a', 10] }), [['a', 10]], 'a whole key as prefix');
      same(keysOf(state.tables('pairs'), { prefix: ['c'] }), [], 'a prefix of nothing');
      same(keysOf(state.tables('pairs'), { prefix: ['a', 11] }), [], 'a whole key of nothing');
    },
  },
  {
    name: 'goes on after a key, there or not, inside the prefix or outside',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      const of = (a: number, b: string) => ['x', 'y'].map(c => [a, b, c]);
      putAll(
        state,
        'inThree',
        [1, 2, 3].flatMap(a => ['k', 'l'].flatMap(b => of(a, b))),
      );
      const range = (options: RangeOptions) => keysOf(state.tables('inThree'), options);
      const prefix = [2];
      same(range({ prefix, after: [2, 'k', 'x'] }), [[2, 'k', 'y'], ...of(2, 'l')], 'after a row');
      same(range({ prefix, after: [2, 'kk', ''] }), of(2, 'l'), 'after a key between rows');
      same(range({ prefix, after: [1, 'z', 'z'] }), [...of(2, 'k'), ...of(2, 'l')], 'after a key before the prefix');
      same(range({ prefix, after: [3, '', ''] }), [], 'after a key behind the prefix');
      same(range({ prefix, after: [3, '', ''], reverse: true, limit: 1 }), [[2, 'l', 'y']], 'the same in reverse');
      same(range({ prefix, after: [2, 'l', 'x'], reverse: true }), of(2, 'k').toReversed(), 'after a row in reverse');
      same(range({ prefix: [2, 'k', 'y'], after: [2, 'k', 'y'] }), [], 'after the only row');
      same(range({ prefix: [2, 'k', 'y'], after: [2, 'k', 'x'] }), [[2, 'k', 'y']], 'before the only row');
    },
  },
  {
    name: 'gives as many rows as the limit says, and all where there is none',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      const all = count(MANY);
      putAll(state, 'integers', all);
      const integers = state.tables('integers');
      same(keysOf(integers), all, 'all rows');
      same(keysOf(integers, { reverse: true }), all.toReversed(), 'all rows in reverse');
      for (const limit of [0, 1, 15, 16, 17, 64, 513, MANY, MANY + 1]) {
        same(keysOf(integers, { limit }), all.slice(0, limit), `limit ${String(limit)}`);
        const rest = keysOf(integers, { after: [99], limit });
        same(rest, all.slice(100, 100 + limit), `limit ${String(limit)} after a row`);
      }
    },
  },
  {
    name: 'goes on in the table as it is: later rows that are put, replaced or deleted meanwhile',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      putAll(state, 'integers', count(100, 10));
      const given: Row<unknown>[] = [];
      state.write(at(1), tables => {
        const integers = tables('integers');
        for (const row of integers.range()) {
          given.push(row);
          if (row.key[0] !== 30) continue;
          integers.put([35], 'put');
          integers.put([25], 'put behind');
          integers.put([60], 'replaced');
          integers.delete([30]);
          integers.delete([40]);
        }
      });
      const keys = given.map(({ key }) => key[0]);
      same(keys.slice(0, 8), [0, 10, 20, 30, 35, 50, 60, 70], 'rows given');
      assert.equal(given.length, 100);
      same(given[6]?.value, 'replaced', 'a row replaced before it was given');
    },
  },
  {
    name: 'lets a caller delete, or move on, every row that a range gives',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      putAll(state, 'integers', count(300));
      let steps = 0;
      state.write(at(1), tables => {
        for (const { key, value } of tables('integers').range({ reverse: true })) {
          steps++;
          tables('integers').delete(key);
          tables('pairs').put(['moved', ...key], value);
        }
      });
      assert.equal(steps, 300, 'rows given');
      same(keysOf(state.tables('integers')), [], 'rows left');
      assert.equal(keysOf(state.tables('pairs')).length, 300, 'rows moved');
    },
  },
  {
    name: 'is not disturbed by a range that somebody left',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      putAll(state, 'integers', count(100));
      const left = (options?: RangeOptions) => state.tables('integers').range(options)[Symbol.iterator]();
      const unfinished = left();
      unfinished.next();
      for (const row of state.tables('integers').range()) if (row.key[0] === 5) break;
      putAll(state, 'integers', count(3, -1), 1);
      assert.equal(keysOf(state.tables('integers')).length, 102);
      same(unfinished.next().value, { key: [1], value: { of: [1] } }, 'the next row of a range begun before a write');
      const undone = left({ after: [1] });
      undone.next();
      failing(state, 3);
      same(undone.next().value, { key: [3], value: { of: [3] } }, 'the next row after a write that was undone');
    },
  },
];

function failing(state: ViewState, deleted: number): void {
  try {
    state.write(at(2), tables => {
      tables('integers').delete([deleted]);
      throw new Error('undo');
    });
  } catch {
    // That is what it was for.
  }
}
