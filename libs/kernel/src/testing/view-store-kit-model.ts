import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalize } from '@credence/integrity';
import { fingerprint } from '../fingerprint.js';
import type { Key, RangeOptions, Tables, ViewShape, ViewState, ViewStore } from '../view-store.js';
import { sha256 } from './build.js';
import { naiveViewStore } from './naive-view-store.js';
import { at, contents, runViewStoreCase, same, SHAPE } from './view-store-kit-case.js';
import type { ViewStoreCase, ViewStoreSubject } from './view-store-kit-case.js';

const part = {
  text: fc.constantFrom('', '\0', '10', '9', 'A', 'a', 'a\0', 'aa', 'é', '\uffff', '\u{10000}', 'a\u{1f600}'),
  integer: fc.constantFrom(-(2 ** 53) + 1, -(2 ** 33), -10, -9, -1, 0, 1, 9, 10, 2 ** 33, 2 ** 53 - 1),
};

const TABLES = Object.keys(SHAPE.tables);
const typesOf = (table: string) => SHAPE.tables[table]?.key ?? [];
const keyOf = (table: string, length = typesOf(table).length): fc.Arbitrary<Key> =>
  fc.tuple(
    ...typesOf(table)
      .slice(0, length)
      .map(type => part[type] as fc.Arbitrary<string | number>),
  );

/** A change of one row, or a range during which rows change. */
type Change =
  | { readonly put: Key; readonly table: string; readonly value: number }
  | { readonly delete: Key; readonly table: string }
  | { readonly during: RangeOptions; readonly table: string; readonly changes: readonly Change[] };

/** What befalls a view. */
type Command =
  | { readonly write: readonly Change[]; readonly by: number; readonly fails: boolean }
  | { readonly other: 'reset' | 'reopen' | 'drop' };

const inSome = <T>(make: (table: string) => fc.Arbitrary<T>): fc.Arbitrary<T> => fc.constantFrom(...TABLES).chain(make);

const rangeOf = (table: string): fc.Arbitrary<RangeOptions> =>
  fc.record(
    {
      prefix: fc.nat(typesOf(table).length).chain(length => keyOf(table, length)),
      after: keyOf(table),
      reverse: fc.boolean(),
      limit: fc.nat(6),
    },
    { requiredKeys: [] },
  );

const rowChange: fc.Arbitrary<Change> = inSome(table =>
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ table: fc.constant(table), put: keyOf(table), value: fc.nat(99) }) },
    { weight: 1, arbitrary: fc.record({ table: fc.constant(table), delete: keyOf(table) }) },
  ),
);

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 5, arbitrary: rowChange },
  {
    weight: 1,
    arbitrary: inSome(table =>
      fc.record({
        table: fc.constant(table),
        during: rangeOf(table),
        changes: fc.array(
          // In the same table, most of all: that is where a range could go astray.
          fc.record({ table: fc.constant(table), put: keyOf(table), value: fc.nat(99) }),
          { maxLength: 6 },
        ),
      }),
    ),
  },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      write: fc.array(change, { maxLength: 8 }),
      by: fc.constantFrom(0, 1, 1, 7, -1),
      fails: fc.constantFrom(false, false, true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ other: fc.constantFrom('reset' as const, 'reopen' as const, 'drop' as const) }) },
);

/** Carries out a change; says what it saw. */
function carryOut(tables: Tables, now: Change): unknown {
  const table = tables<number>(now.table);
  if ('put' in now) table.put(now.put, now.value);
  else if ('delete' in now) table.delete(now.delete);
  else {
    const given: unknown[] = [];
    for (const row of table.range(now.during)) {
      const next = now.changes[given.push(row) - 1];
      if (next !== undefined) carryOut(tables, next);
    }
    return given;
  }
  return 'put' in now ? table.get(now.put) : null;
}

/** Plays commands and says what each came to: the same on every store. */
function play(store: ViewStore, view: ViewShape, commands: readonly Command[], reopen: () => ViewStore): unknown[] {
  let state: ViewState = store.open(view);
  let last = store;
  const said: unknown[] = [];
  for (const now of commands) {
    if ('other' in now) {
      if (now.other === 'reopen') last = reopen();
      if (now.other === 'reset') state.reset();
      if (now.other === 'drop') last.drop(view.name, view.version);
      state = last.open(view);
    } else {
      const seq = (state.checkpoint()?.seq ?? 0) + now.by;
      try {
        state.write(at(seq), tables => {
          for (const one of now.write) said.push(carryOut(tables, one));
          if (now.fails) throw new Error('fails');
        });
        said.push('written');
      } catch (error) {
        said.push(error instanceof Error && error.message === 'fails' ? 'undone' : 'refused');
      }
    }
    said.push(state.checkpoint());
  }
  said.push(contents(view, state), fingerprint(view, state, sha256));
  return said;
}

const RUNS = 80;

/** Random commands: every store comes to what the naive one comes to. */
export const MODEL: readonly ViewStoreCase[] = [
  {
    name: 'gives for any range what a sorted list gives',
    run: ({ open }) => {
      const [store, naive] = [open(), naiveViewStore()];
      const [state, model] = [store.open(SHAPE), naive.open(SHAPE)];
      const rows = fc.sample(rowChange, { numRuns: 300, seed: 7 });
      for (const one of [state, model]) one.write(at(0), tables => rows.forEach(row => carryOut(tables, row)));
      const askedOf = (one: ViewState, table: string, options: RangeOptions) =>
        canonicalize([...one.tables(table).range(options)]);
      fc.assert(
        fc.property(
          inSome(table => fc.tuple(fc.constant(table), rangeOf(table))),
          ([table, options]) => askedOf(state, table, options) === askedOf(model, table, options),
        ),
        { numRuns: 300 },
      );
    },
  },
  {
    name: 'comes to the same as a naive store, whatever the commands',
    run: stand => {
      let store = stand.open();
      let version = 0;
      fc.assert(
        fc.property(fc.array(command, { maxLength: 12 }), commands => {
          const view = { ...SHAPE, version: ++version };
          const naive = naiveViewStore();
          const wanted = play(naive, view, commands, () => naive);
          const found = play(store, view, commands, () => (store = stand.reopen(store)));
          store.drop(view.name, view.version);
          return canonicalize(found) === canonicalize(wanted);
        }),
        { numRuns: RUNS },
      );
    },
  },
];

/** @throws if the two stores, played the same commands, do not come to the same rows and fingerprint */
export async function assertSameViews(one: ViewStoreSubject, two: ViewStoreSubject): Promise<void> {
  const histories = fc.sample(fc.array(command, { minLength: 10, maxLength: 40 }), { numRuns: 20, seed: 42 });
  const said: unknown[][] = [[], []];
  for (const [i, subject] of [one, two].entries())
    await runViewStoreCase(
      {
        name: 'plays',
        run: stand => {
          let store = stand.open();
          histories.forEach((commands, n) => {
            const view = { ...SHAPE, version: n + 1 };
            said[i]?.push(play(store, view, commands, () => (store = stand.reopen(store))));
          });
        },
      },
      subject,
    );
  assert.equal(said[0]?.length, histories.length);
  same(said[0], said[1], 'what the two stores came to');
}
