import assert from 'node:assert/strict';
import type { Checkpoint, Table } from '../view-store.js';
import { at, contents, keysOf, putAll, refuses, same, SHAPE, thrownBy } from './view-store-kit-case.js';
import type { ViewStoreCase } from './view-store-kit-case.js';

/** Values that a store is most likely to bend. */
const VALUES = [
  null,
  false,
  0,
  -1.5e300,
  '',
  '\0',
  '😀 é é',
  [],
  {},
  { a: [{ b: null }], '': 'x' },
  'x'.repeat(100_000),
];

/** Promises about one write: all of it or nothing, with its checkpoint. */
export const WRITES: readonly ViewStoreCase[] = [
  {
    name: 'keeps the rows of a write and its checkpoint',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      same(state.checkpoint(), null, 'checkpoint before the first write');
      state.write(at(3), tables => {
        tables('texts').put(['a'], 1);
        tables('pairs').put(['a', 2], { b: [3] });
      });
      same(state.checkpoint(), at(3), 'checkpoint');
      same(state.tables('texts').get(['a']), 1, 'row');
      same(state.tables('pairs').get(['a', 2]), { b: [3] }, 'row');
      same(state.tables('pairs').get(['a', 3]), undefined, 'a row that was never put');
    },
  },
  {
    name: 'gives every JSON value back as it was put, and refuses undefined',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      state.write(at(0), tables => {
        VALUES.forEach((value, i) => {
          tables('integers').put([i], value);
        });
        refuses(() => tables('texts').put(['a'], undefined), 'TypeError', 'a row of undefined');
      });
      VALUES.forEach((value, i) => {
        same(state.tables('integers').get([i]), value, `value ${String(i)}`);
      });
      same(keysOf(state.tables('texts')), [], 'rows of undefined');
    },
  },
  {
    name: 'replaces a row that is put again, and forgets one that is deleted, there or not',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      state.write(at(0), tables => {
        for (const value of [1, 2]) tables('pairs').put(['a', 1], value);
        tables('pairs').put(['a', 2], 3);
        tables('pairs').delete(['a', 2]);
        tables('pairs').delete(['never', 0]);
      });
      same([...state.tables('pairs').range()], [{ key: ['a', 1], value: 2 }], 'rows');
    },
  },
  {
    name: 'shows a change what it wrote itself, before anybody asked for an order and after',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      putAll(state, 'pairs', [['b', 1]]);
      state.write(at(1), tables => {
        const pairs = tables('pairs');
        pairs.put(['a', 2], 'new');
        same(pairs.get(['a', 2]), 'new', 'a row just put');
        same(
          keysOf(pairs),
          [
            ['a', 2],
            ['b', 1],
          ],
          'rows after a put',
        );
        pairs.delete(['b', 1]);
        pairs.put(['a', -1], 'newer');
        same(pairs.get(['b', 1]), undefined, 'a row just deleted');
        same(
          keysOf(pairs),
          [
            ['a', -1],
            ['a', 2],
          ],
          'rows after a deletion',
        );
      });
    },
  },
  {
    name: 'undoes all rows of a change that throws, keeps the checkpoint, and throws on the same',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      const boom = new Error('boom');
      const fail = (tables: <V>(name: string) => Table<V>) => {
        tables('texts').put(['kept'], 'overwritten');
        tables('texts').put(['new'], 1);
        tables('texts').put(['new'], 2);
        tables('texts').delete(['gone']);
        tables('texts').put(['gone'], 'back');
        tables('texts').delete(['gone']);
        tables('pairs').put(['a', 1], 1);
        assert.equal(keysOf(tables('texts')).length, 2);
        throw boom;
      };
      assert.equal(
        thrownBy(() => {
          state.write(at(0), fail);
        }),
        boom,
        'what the first write throws',
      );
      same(state.checkpoint(), null, 'checkpoint after a first write that throws');
      same(contents(SHAPE, state), { texts: [], integers: [], pairs: [], inThree: [] }, 'rows');
      putAll(state, 'texts', [['kept'], ['gone']], 1);
      const before = contents(SHAPE, state);
      assert.equal(
        thrownBy(() => {
          state.write(at(2), fail);
        }),
        boom,
        'what the write throws',
      );
      same(state.checkpoint(), at(1), 'checkpoint');
      same(contents(SHAPE, state), before, 'rows');
      putAll(state, 'texts', [['later']], 2);
      same(keysOf(state.tables('texts')), [['gone'], ['kept'], ['later']], 'rows after the next write');
    },
  },
  {
    name: 'says the checkpoint of the last write while a change runs',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      putAll(state, 'texts', [['a']], 4);
      state.write(at(5), tables => {
        same(state.checkpoint(), at(4), 'checkpoint before the effects');
        tables('texts').put(['b'], 1);
        same(state.checkpoint(), at(4), 'checkpoint after them');
      });
      same(state.checkpoint(), at(5), 'checkpoint after the write');
    },
  },
  {
    name: 'never takes a checkpoint back, and then does not even run the change',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      putAll(state, 'texts', [['a']], 4);
      let ran = false;
      refuses(
        () => {
          state.write(at(3), () => {
            ran = true;
          });
        },
        'Error',
        'a write with an earlier checkpoint',
      );
      assert.equal(ran, false, 'the change ran');
      same(state.checkpoint(), at(4), 'checkpoint');
      putAll(state, 'texts', [['b']], 4);
      same(keysOf(state.tables('texts')), [['a'], ['b']], 'rows after a write with the same checkpoint');
    },
  },
  {
    name: 'lets tables change inside a write of their view alone',
    run: ({ open }) => {
      const store = open();
      const state = store.open(SHAPE);
      const other = store.open({ ...SHAPE, name: 'other' });
      const kept: Table[] = [];
      state.write(at(0), tables => {
        kept.push(tables('texts'));
        kept[0]?.put(['a'], 1);
      });
      refuses(() => kept[0]?.put(['late'], 1), 'Error', 'a put after the write');
      refuses(() => kept[0]?.delete(['a']), 'Error', 'a deletion after the write');
      refuses(
        () => {
          other.write(at(0), () => kept[0]?.put(['b'], 1));
        },
        'Error',
        'a put inside the write of another view',
      );
      refuses(
        () => {
          state.write(at(1), tables => {
            tables('texts').put(['c'], 1);
            other.write(at(1), () => undefined);
          });
        },
        'Error',
        'a write inside a write',
      );
      same([state.checkpoint(), other.checkpoint()], [at(0), null], 'checkpoints');
      same(keysOf(state.tables('texts')), [['a']], 'rows');
    },
  },
  {
    name: 'takes no key that does not fit the table',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      const misfits = [
        [],
        ['a'],
        ['a', 1, 2],
        [1, 1],
        ['a', '1'],
        ['a', 0.5],
        ['a', 2 ** 53],
        ['a', NaN],
        ['\ud800', 1],
      ];
      for (const key of misfits) {
        const what = JSON.stringify(key);
        refuses(() => state.tables('pairs').get(key), 'TypeError', `get ${what}`);
        refuses(() => keysOf(state.tables('pairs'), { after: key }), 'TypeError', `range after ${what}`);
        state.write(at(0), tables => {
          refuses(() => tables('pairs').put(key, 1), 'TypeError', `put ${what}`);
          refuses(() => tables('pairs').delete(key), 'TypeError', `delete ${what}`);
        });
      }
      for (const prefix of misfits.filter(key => key.length > 1).concat([[1]]))
        refuses(() => keysOf(state.tables('pairs'), { prefix }), 'TypeError', `range of ${JSON.stringify(prefix)}`);
      same(keysOf(state.tables('pairs')), [], 'rows');
    },
  },
  {
    name: 'keeps a key as it was when it was put, whatever becomes of the array',
    run: ({ open }) => {
      const state = open().open(SHAPE);
      const key: [string, number] = ['a', 1];
      thrownBy(() => {
        state.write(at(0), tables => {
          tables('pairs').put(key, 1);
          key[1] = 2;
          throw new Error('undo');
        });
      });
      same(keysOf(state.tables('pairs')), [], 'rows after the undo');
    },
  },
  {
    name: 'answers store-unavailable once it is closed, and may be closed twice',
    run: ({ open }) => {
      const store = open();
      const state = store.open(SHAPE);
      putAll(state, 'texts', [['a']]);
      const texts = state.tables('texts');
      store.close();
      store.close();
      refuses(() => texts.get(['a']), 'store-unavailable', 'get');
      refuses(() => keysOf(texts), 'store-unavailable', 'range');
      refuses(() => state.checkpoint(), 'store-unavailable', 'checkpoint');
      refuses(() => store.open(SHAPE), 'store-unavailable', 'open');
      refuses(() => store.list(), 'store-unavailable', 'list');
      refuses(
        () => {
          state.write(at(1), () => undefined);
        },
        'store-unavailable',
        'write',
      );
    },
  },
  {
    name: 'finds rows and checkpoint again when it is opened anew',
    reopens: true,
    run: ({ open, reopen }) => {
      const store = open();
      const state = store.open(SHAPE);
      for (const seq of [0, 1, 2]) putAll(state, 'texts', [[`row ${String(seq)}`]], seq);
      const before = contents(SHAPE, state);
      const again = reopen(store).open(SHAPE);
      same(again.checkpoint(), at(2), 'checkpoint');
      same(contents(SHAPE, again), before, 'rows');
    },
  },
  {
    name: 'has, after a crash inside a write, neither its rows nor its checkpoint',
    reopens: true,
    run: ({ open, afterCrash }) => {
      const store = open();
      const state = store.open(SHAPE);
      putAll(state, 'texts', [['row 0']], 0);
      let running = true;
      const crash = (when: string) => {
        const left = running ? afterCrash(store)?.open(SHAPE) : undefined;
        if (left === undefined) return;
        const found = [left.checkpoint(), keysOf(left.tables('texts'))];
        // The write before may be missing too, as a whole.
        same(found, left.checkpoint() === null ? [null, []] : [at(0), [['row 0']]], when);
      };
      const watched: Checkpoint = {
        seq: 1,
        get position() {
          crash('when the store looks at the checkpoint');
          return at(1).position;
        },
      };
      state.write(watched, tables => {
        crash('before the effects');
        tables('texts').put(['row 1'], 1);
        crash('after the effects');
      });
      running = false;
      same(state.checkpoint(), at(1), 'checkpoint after the write');
    },
  },
  {
    name: 'has, after a crash between writes, all of the writes up to its checkpoint and nothing beyond',
    reopens: true,
    run: ({ open, afterCrash }) => {
      const store = open();
      const state = store.open(SHAPE);
      for (let seq = 0; seq < 20; seq++) {
        putAll(state, 'integers', [[2 * seq], [2 * seq + 1]], seq);
        const left = afterCrash(store)?.open(SHAPE);
        if (left === undefined) continue;
        const writes = (left.checkpoint()?.seq ?? -1) + 1;
        same(
          keysOf(left.tables('integers')),
          Array.from({ length: 2 * writes }, (_, i) => [i]),
          `rows after a crash behind write ${String(seq)}`,
        );
      }
    },
  },
  {
    name: 'lets a write fail alone, whatever others were made before and after',
    run: ({ open, reopen }) => {
      const store = open();
      const [one, other] = [store.open(SHAPE), store.open({ ...SHAPE, name: 'other' })];
      for (let seq = 0; seq < 9; seq++) {
        putAll(one, 'integers', [[seq]], seq);
        thrownBy(() => {
          other.write(at(seq), tables => {
            tables('integers').put([seq], 1);
            if (seq % 3 !== 2) throw new Error('boom');
          });
        });
      }
      const again = reopen(store);
      const [left, leftOther] = [again.open(SHAPE), again.open({ ...SHAPE, name: 'other' })];
      same([left.checkpoint(), leftOther.checkpoint()], [at(8), at(8)], 'checkpoints');
      same(keysOf(left.tables('integers')).length, 9, 'rows');
      same(keysOf(leftOther.tables('integers')), [[2], [5], [8]], 'rows of the other view');
    },
  },
];
