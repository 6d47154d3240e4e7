import assert from 'node:assert/strict';
import { fingerprint } from '../fingerprint.js';
import type { ViewShape } from '../view-store.js';
import { sha256 } from './build.js';
import { at, contents, keysOf, putAll, refuses, same, SHAPE } from './view-store-kit-case.js';
import type { ViewStoreCase } from './view-store-kit-case.js';

const version = (n: number): ViewShape => ({ ...SHAPE, version: n });
const EMPTY = { texts: [], integers: [], pairs: [], inThree: [] };

/** SHA-256 by the definition in fingerprint.ts, computed with other tools: what every store must come to. */
const FINGERPRINT = 'db8a66f77a2f810101aa477b1b4a4d6b82081b105983c77228dba4d425e326b4';

/** What a store promises of several views: that they do not touch each other. */
export const VERSIONS: readonly ViewStoreCase[] = [
  {
    name: 'keeps two versions of a view side by side, and views with the same table names apart',
    run: ({ open }) => {
      const store = open();
      const shapes = [version(1), version(2), version(12), { ...SHAPE, name: 'kit-1' }, { ...SHAPE, name: 'ki' }];
      const states = shapes.map(shape => store.open(shape));
      states.forEach((state, i) => {
        putAll(state, 'texts', [[`only of ${String(i)}`]], i);
      });
      states.forEach((state, i) => {
        same(state.checkpoint(), at(i), 'checkpoint');
        same(keysOf(state.tables('texts')), [[`only of ${String(i)}`]], 'rows');
      });
    },
  },
  {
    name: 'opens a version that is there with its rows, and one that is not there empty',
    run: ({ open }) => {
      const store = open();
      putAll(store.open(SHAPE), 'texts', [['a']]);
      same(keysOf(store.open(version(1)).tables('texts')), [['a']], 'rows');
      same(store.open(version(1)).checkpoint(), at(0), 'checkpoint');
      same(contents(SHAPE, store.open(version(2))), EMPTY, 'rows of a new version');
      same(store.open(version(2)).checkpoint(), null, 'checkpoint of a new version');
    },
  },
  {
    name: 'begins a version anew that is opened with other tables',
    run: ({ open, reopen }) => {
      const store = open();
      putAll(store.open(SHAPE), 'texts', [['a']]);
      const other: ViewShape = { ...SHAPE, tables: { texts: { key: ['integer'] }, more: { key: ['text'] } } };
      const state = reopen(store).open(other);
      same(state.checkpoint(), null, 'checkpoint');
      putAll(state, 'texts', [[1]]);
      same(contents(other, state), { texts: [{ key: [1], value: { of: [1] } }], more: [] }, 'rows');
    },
  },
  {
    name: 'lists all views in order with their checkpoints',
    run: ({ open, reopen }) => {
      const store = open();
      same(store.list(), [], 'views of a new store');
      for (const n of [10, 2, 1]) store.open(version(n));
      putAll(store.open({ ...SHAPE, name: 'a' }), 'texts', [['a']], 7);
      const wanted = [
        { name: 'a', version: 1, checkpoint: at(7) },
        ...[1, 2, 10].map(n => ({ name: 'kit', version: n, checkpoint: null })),
      ];
      same(store.list(), wanted, 'views');
      same(reopen(store).list(), wanted, 'views found again');
    },
  },
  {
    name: 'drops one version and no other; of one that is not there, nothing happens',
    run: ({ open, reopen }) => {
      const store = open();
      const [one, two] = [store.open(version(1)), store.open(version(2))];
      for (const state of [one, two]) putAll(state, 'texts', [['a']]);
      store.drop('kit', 1);
      store.drop('kit', 3);
      store.drop('ki', 1);
      same(store.list(), [{ name: 'kit', version: 2, checkpoint: at(0) }], 'views');
      same(keysOf(two.tables('texts')), [['a']], 'rows of the other version');
      refuses(() => one.checkpoint(), 'Error', 'checkpoint of a dropped view');
      refuses(() => one.tables('texts').get(['a']), 'Error', 'a row of a dropped view');
      refuses(
        () => {
          putAll(one, 'texts', [['b']], 1);
        },
        'Error',
        'a write to a dropped view',
      );
      const again = reopen(store).open(version(1));
      same([again.checkpoint(), contents(SHAPE, again)], [null, EMPTY], 'the dropped version, opened again');
    },
  },
  {
    name: 'resets a view to nothing, so that it can be filled from the first event, and no other view',
    run: ({ open, reopen }) => {
      const store = open();
      const [one, two] = [store.open(version(1)), store.open(version(2))];
      for (const state of [one, two]) for (const table of ['texts', 'pairs']) putAll(state, table, [keyFor(table)], 5);
      one.reset();
      same([one.checkpoint(), contents(SHAPE, one)], [null, EMPTY], 'after the reset');
      same([two.checkpoint(), keysOf(two.tables('texts'))], [at(5), [['a']]], 'the other view');
      putAll(one, 'texts', [['b']], 0);
      const again = reopen(store).open(version(1));
      same([again.checkpoint(), keysOf(again.tables('texts'))], [at(0), [['b']]], 'after the next write');
    },
  },
  {
    name: 'knows no table but those of the shape, and no shape with names that some store could not keep',
    run: ({ open }) => {
      const store = open();
      const state = store.open(SHAPE);
      refuses(() => state.tables('nothing').get(['a']), 'Error', 'a table that is not there');
      refuses(
        () => {
          state.write(at(0), tables => {
            tables('nothing').put(['a'], 1);
          });
        },
        'Error',
        'a write to a table that is not there',
      );
      same(state.checkpoint(), null, 'checkpoint');
      const key = ['text'] as const;
      for (const wrong of [
        { name: 'K"it' },
        { version: 0 },
        { tables: { 'a"': { key } } },
        { tables: { a: { key: [] } } },
      ])
        refuses(() => store.open({ ...SHAPE, ...wrong }), 'TypeError', JSON.stringify(wrong));
      refuses(
        () => store.open({ ...SHAPE, tables: { aB: { key }, ab: { key } } }),
        'TypeError',
        'names alike but for case',
      );
      same(store.list().length, 1, 'views');
    },
  },
  {
    name: 'comes to the one fingerprint for the same rows (promise 4), whatever way they came',
    run: ({ open }) => {
      const store = open();
      const [one, two] = [store.open(version(1)), store.open(version(2))];
      const rows = [['é'], ['\u{1f600}'], ['\uffff'], ['']];
      putAll(one, 'texts', rows);
      putAll(one, 'integers', [[2], [-1], [10]]);
      putAll(two, 'integers', [[10], [2], [-1], [3]]);
      for (const [seq, row] of rows.toReversed().entries()) putAll(two, 'texts', [row], seq);
      assert.notEqual(fingerprint(SHAPE, one, sha256), fingerprint(SHAPE, two, sha256), 'other rows, same fingerprint');
      two.write(at(9), tables => {
        tables('integers').delete([3]);
      });
      for (const state of [one, two]) assert.equal(fingerprint(SHAPE, state, sha256), FINGERPRINT, 'fingerprint');
    },
  },
];

const keyFor = (table: string) => (table === 'texts' ? ['a'] : ['a', 1]);
