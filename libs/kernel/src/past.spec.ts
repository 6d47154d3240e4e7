import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { difference, undone } from './difference.js';
import type { Delivered } from './events.js';
import { memoryViewStore } from './memory-view-store.js';
import { asOf, remembering } from './past.js';
import type { Position } from './event-store.js';
import type { RangeOptions, ReadTables } from './view-store.js';

describe('a difference', () => {
  it('makes the older value again, its members in their order, through JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (older, newer) => {
        const by = difference(older, newer);
        const again = by === undefined ? newer : undone(JSON.parse(JSON.stringify(by)) as typeof by, newer);
        return JSON.stringify(again) === JSON.stringify(older);
      }),
      { numRuns: 2000 },
    );
  });

  it('of an object is as small as what changed in it', () => {
    const row = { id: 'c', fields: { text: 'a long text', topics: ['x'] }, checkedBy: [{ actor: 'ada' }], revision: 4 };
    const next = { ...row, checkedBy: [...row.checkedBy, { actor: 'bob' }], revision: 5, note: 'new' };
    expect(difference(row, next)).toEqual({ 2: [1, {}], 3: 1, 4: 0 });
    expect(undone({ 2: [1, {}], 3: 1, 4: 0 }, next)).toEqual(row);
  });

  it('of a long text is what was cut out of it', () => {
    const [older, newer] = ['It was closed on 3 May 2021, they say.', 'It was closed on 13 May 2021, they say.'];
    expect(difference(older, newer)).toEqual([17, 21, '']);
    expect(undone([17, 21, ''], newer)).toBe(older);
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', '😀'), { maxLength: 40 }), fc.nat(40), fc.nat(3), (all, at, n) => {
        const [before, after] = [all.join(''), [...all.slice(0, at), 'b', ...all.slice(at + n)].join('')];
        const by = difference(before, after);
        return by === undefined
          ? before === after
          : undone(JSON.parse(JSON.stringify(by)) as typeof by, after) === before;
      }),
    );
  });

  it('puts back what was taken out of the middle where it stood', () => {
    const older = { a: 1, b: 2, c: 3 };
    expect(JSON.stringify(undone(difference(older, { a: 1, c: 3 })!, { a: 1, c: 3 }))).toBe(JSON.stringify(older));
  });
});

/** A view that does to its tables what its events say. */
const view = remembering({
  name: 'told',
  version: 1,
  tables: { revised: { key: ['text'] }, changing: { key: ['text', 'integer'] }, listed: { key: ['integer'] } },
  past: {
    revised: { how: 'revised', seq: (row: { seq: number }) => row.seq },
    changing: { how: 'changing' },
    listed: { how: 'by-seq' },
  },
  apply(event, tables) {
    const { does } = event as unknown as { does: readonly Change[] };
    for (const [i, { name, n, value }] of does.entries()) {
      const row = tables<{ seq: number }>('revised').get([name]);
      const isNew = row === undefined && i === 0; // one row an event: their seqs are names
      if (row !== undefined || isNew) tables('revised').put([name], { value, seq: row?.seq ?? event.seq });
      if (value === null) tables('changing').delete([name, n]);
      else tables('changing').put([name, n], value);
    }
    tables('listed').put([event.seq], does.length);
  },
});

interface Change {
  readonly name: string;
  readonly n: number;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  name: fc.constantFrom('a', 'b', 'c'),
  n: fc.nat(2),
  value: fc.oneof(
    fc.constant(null),
    fc.nat(3),
    fc.record({ x: fc.nat(2), list: fc.array(fc.nat(2), { maxLength: 3 }) }),
  ),
});

const RANGES: readonly (readonly [string, RangeOptions])[] = [
  ...['revised', 'changing', 'listed'].flatMap(table =>
    [false, true].map(reverse => [table, { reverse }] as readonly [string, RangeOptions]),
  ),
  ['revised', { after: ['a'] }],
  ['revised', { limit: 1, reverse: true }],
  ['changing', { prefix: ['b'] }],
  ['changing', { prefix: ['b'], after: ['b', 0] }],
  ['changing', { after: ['b', 1], reverse: true, limit: 2 }],
  ['listed', { after: [1] }],
  ['listed', { after: [3], reverse: true, limit: 2 }],
];
const seen = (tables: ReadTables) =>
  JSON.stringify([
    RANGES.map(([table, options]) => [...tables(table).range(options)]),
    ['a', 'b', 'c'].map(name => [tables('revised').get([name]) ?? 0, tables('changing').get([name, 1]) ?? 0]),
  ]);

describe('tables as of an event', () => {
  it('are what they were then: rows, ranges, limits and order, in whatever pages the events came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (events, page) => {
          const then = [seen(memoryViewStore().open(view).tables)];
          const [one, paged] = [memoryViewStore().open(view), memoryViewStore().open(view)];
          const at = (seq: number) => ({ seq, position: String(seq) as Position });
          const event = (seq: number) => ({ seq, does: events[seq] }) as unknown as Delivered;
          for (let seq = 0; seq < events.length; seq++) {
            one.write(at(seq), tables => {
              view.apply(event(seq), tables);
            });
            then.push(seen(one.tables));
          }
          for (let from = 0; from < events.length; from += page)
            paged.write(at(Math.min(from + page, events.length) - 1), tables => {
              for (let seq = from; seq < Math.min(from + page, events.length); seq++) view.apply(event(seq), tables);
            });
          return then.every(
            (was, i) => seen(asOf(view, one.tables, i - 1)) === was && seen(asOf(view, paged.tables, i - 1)) === was,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of a row that changes often are few reads away, and what they were', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(3), { minLength: 1, maxLength: 2 }), { minLength: 70, maxLength: 600 }),
        values => {
          const state = memoryViewStore().open(view);
          const events = values.map((puts, seq) => ({
            seq,
            does: puts.map(value => ({ name: 'a', n: 0, value: { value, text: 'x'.repeat(30) + String(value) } })),
          }));
          const then: unknown[] = [];
          for (const event of events) {
            const at = { seq: event.seq, position: String(event.seq) as Position };
            state.write(at, tables => {
              view.apply(event as unknown as Delivered, tables);
            });
            then.push(state.tables('revised').get(['a']));
          }
          return then.every((row, seq) => {
            let read = 0;
            const counting = Object.assign((name: string) => {
              const table = state.tables(name);
              return {
                ...table,
                get: table.get.bind(table),
                *range(options: RangeOptions) {
                  for (const each of table.range(options)) {
                    read++;
                    yield each;
                  }
                },
              };
            }, state.tables) as ReadTables;
            const found = asOf(view, counting, seq)('revised').get(['a']);
            const levels = Math.ceil(Math.log(events.length) / Math.log(8));
            return JSON.stringify(found) === JSON.stringify(row) && read <= 16 * levels;
          });
        },
      ),
      { numRuns: 20 },
    );
  });

  it('refuse a table that keeps no past, rather than to answer with the present', () => {
    const { tables } = memoryViewStore().open(view);
    expect(() => asOf({ ...view, past: {} }, tables, 0)('revised')).toThrow('no past');
  });
});
