import fc from 'fast-check';
import { fingerprint } from '../fingerprint.js';
import { termsOf } from '../search.js';
import type { Term } from '../search.js';
import type { ReadIndex, ViewShape, ViewState } from '../view-store.js';
import { sha256 } from './build.js';
import { naiveViewStore } from './naive-view-store.js';
import { at, keysOf, putAll, refuses, same } from './view-store-kit-case.js';
import type { ViewStoreCase } from './view-store-kit-case.js';

const SEARCHED: ViewShape = {
  name: 'searched',
  version: 1,
  tables: { texts: { key: ['text'] } },
  search: ['notes', 'names'],
};

/** A document as cases write it: id, of, text, and its weight if it matters. */
type Given = readonly [id: number, of: number, text: string, weight?: number];

function putTexts(state: ViewState, documents: readonly Given[], seq = 0, index = 'notes'): void {
  state.write(at(seq), tables => {
    for (const [id, of, text, weight = 1] of documents) tables.index(index).put(id, of, weight, text);
  });
}

/** @throws if the query asks for nothing */
function terms(query: string): readonly Term[] {
  const found = termsOf(query);
  if (typeof found === 'string') throw new Error(`"${query}" ${found}`);
  return found;
}

const find = (state: ViewState, query: string, options = {}) => state.tables.index('notes').find(terms(query), options);

/** Texts that are cut and folded in every way that there is, and what people type. */
const WORDS = ['Müller', 'muller', 'MÜLLER', 'straße', 'STRASSE', 'Øresund', 'łódź', 'ΟΔΟΣ', 'οδός', 'İstanbul'];
const MORE = [
  '北京',
  '北',
  'ひらがな',
  '한국',
  'Київ',
  'ﬁle',
  'file',
  "o'brien",
  'a_b',
  'x.y',
  '12',
  '12.5',
  'e\u0301',
];
const ODD = [
  '"',
  '*',
  'mul*',
  'AND',
  'OR',
  'NOT',
  'NEAR(',
  ')',
  '^',
  '-',
  ':',
  '{',
  '\u0000',
  '\ud83d\ude00',
  '%',
  '👩‍👩',
];
const piece = fc.oneof(fc.constantFrom(...WORDS, ...MORE, ...ODD), fc.string({ unit: 'grapheme', maxLength: 6 }));
const text = fc.array(piece, { maxLength: 6 }).map(pieces => pieces.join(' ').toWellFormed());
const small = fc.integer({ min: 0, max: 6 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ put: small, of: small, weight: fc.integer({ min: 1, max: 3 }), text }) },
  { weight: 1, arbitrary: fc.record({ delete: small }) },
);
type Step = { put: number; of: number; weight: number; text: string } | { delete: number };

function carryOut(state: ViewState, steps: readonly Step[]): void {
  for (const [seq, one] of steps.entries())
    state.write(at(seq), tables => {
      const index = tables.index('notes');
      if ('delete' in one) index.delete(one.delete);
      else index.put(one.put, one.of, one.weight, one.text);
    });
}

const answers = (index: ReadIndex, queries: readonly (readonly Term[])[]): unknown => [
  [...index.documents()],
  queries.map(query => [
    index.find(query),
    index.find(query, { before: 4, limit: 2 }),
    query.map(term => [...index.weigh(term)].sort()),
    query.map(term => [...index.hits(term, 3)].sort((a, b) => a.id - b.id)),
  ]),
];

/** What a store promises of full-text indexes, and of a second generation beside the one that is read. */
export const SEARCH: readonly ViewStoreCase[] = [
  {
    name: 'finds by every word of a query, in any order and in any of the documents, the highest number first',
    run: ({ open }) => {
      const state = open().open(SEARCHED);
      putTexts(state, [
        [1, 10, 'a proposal of two pages'],
        [2, 10, 'handed on by Kushner'],
        [3, 30, 'two pages, says Kushner'],
        [4, 20, 'another proposal'],
      ]);
      same(find(state, 'pages two'), [30, 10], 'two words');
      same(find(state, 'proposal kushner'), [10], 'words in two documents');
      same(find(state, 'proposal'), [20, 10], 'one word');
      same(find(state, 'page'), [], 'the beginning of a word');
      same(find(state, 'pag*'), [30, 10], 'the beginning of a word, as such');
      same(find(state, 'p* two', { before: 30 }), [10], 'before');
      same(find(state, 'two', { limit: 1 }), [30], 'limit');
      same(state.tables.index('notes').find([]), [], 'no terms');
      same([...state.tables.index('names').find(terms('two'))], [], 'another index');
    },
  },
  {
    name: 'finds a word however it is accented or spelt large, in any script, and takes operators for words',
    run: ({ open }) => {
      const state = open().open(SEARCHED);
      putTexts(state, [
        [1, 1, 'Jürgen MÜLLER, Straße'],
        [2, 2, '北京的提案'],
        [3, 3, 'NOT near or and'],
        [4, 4, 'Київ, Θεσσαλονίκη ΟΔΟΣ'],
        [5, 5, 'Wałęsa'],
      ]);
      const found = (query: string) => find(state, query).join();
      same(
        [
          'jurgen muller',
          'strasse',
          '京',
          '北京',
          'a NOT',
          'NOT OR',
          '"near"',
          'київ',
          'θεσσαλονικη οδος',
          'walesa',
        ].map(found),
        ['1', '1', '2', '2', '', '3', '3', '4', '4', '5'],
        'found',
      );
    },
  },
  {
    name: 'replaces and takes out documents, and undoes that with the write',
    run: ({ open, reopen }) => {
      const store = open();
      const state = store.open(SEARCHED);
      putTexts(state, [
        [1, 1, 'first'],
        [2, 2, 'second'],
      ]);
      refuses(
        () => {
          state.write(at(1), tables => {
            tables.index('notes').put(1, 1, 1, 'changed');
            tables.index('notes').delete(2);
            tables.index('notes').put(3, 3, 1, 'first');
            same(tables.index('notes').find(terms('first')), [3], 'own writes');
            throw new Error('no');
          });
        },
        'Error',
        'a change that throws',
      );
      same([find(state, 'first'), find(state, 'second'), find(state, 'changed')], [[1], [2], []], 'after it');
      state.write(at(2), tables => {
        tables.index('notes').put(1, 7, 1, 'changed');
        tables.index('notes').delete(2);
        tables.index('notes').delete(99);
      });
      const again = reopen(store).open(SEARCHED);
      same([find(again, 'first'), find(again, 'second'), find(again, 'changed')], [[], [], [7]], 'after the next');
      again.reset();
      same([...again.tables.index('notes').documents()], [], 'after a reset');
      same(find(again, 'changed'), [], 'after a reset');
    },
  },
  {
    name: 'weighs what has a word by its best document',
    run: ({ open }) => {
      const state = open().open(SEARCHED);
      putTexts(state, [
        [1, 1, 'word', 3],
        [2, 1, 'word', 1],
        [3, 2, 'wordy', 2],
      ]);
      const weights = (query: string) => [...state.tables.index('notes').weigh(terms(query)[0] as Term)].sort();
      same(weights('word'), [[1, 3]], 'a word');
      same(weights('word*'), [[1, 3], [2, 2]], 'a beginning'); // prettier-ignore
    },
  },
  {
    name: 'says in which documents a word stands, up to a document',
    run: ({ open }) => {
      const state = open().open(SEARCHED);
      putTexts(state, [
        [1, 7, 'word', 3],
        [2, 7, 'another'],
        [3, 2, 'wordy word', 2],
        [4, 2, 'word'],
      ]);
      const hits = (query: string, last?: number) =>
        [...state.tables.index('notes').hits(terms(query)[0] as Term, last)].sort((a, b) => a.id - b.id);
      const [first, third] = [{ id: 1, of: 7, weight: 3 }, { id: 3, of: 2, weight: 2 }]; // prettier-ignore
      same(hits('word'), [first, third, { id: 4, of: 2, weight: 1 }], 'a word');
      same(hits('word', 3), [first, third], 'up to a document');
      same(hits('wordy'), [third], 'another word');
    },
  },
  {
    name: 'changes an index inside a write of its view alone, and takes whole numbers',
    run: ({ open }) => {
      const state = open().open(SEARCHED);
      const put = (id: number, of: number, weight: number) => () => {
        state.write(at(0), tables => {
          tables.index('notes').put(id, of, weight, 'text');
        });
      };
      for (const wrong of [put(-1, 0, 1), put(0, 0.5, 1), put(0, 0, 0)]) refuses(wrong, 'TypeError', 'a misfit');
      refuses(() => state.tables.index('nothing').find(terms('a')), 'Error', 'an index that is not there');
      refuses(() => state.tables.index('texts').find(terms('a')), 'Error', 'a table as index');
    },
  },
  {
    name: 'finds in random texts what a search through all of them finds, with the one fingerprint',
    run: ({ open }) => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 12 }), fc.array(text, { maxLength: 6 }), (steps, asked) => {
          const queries = asked.map(termsOf).filter(query => typeof query !== 'string');
          const state = open().open(SEARCHED);
          const model = naiveViewStore().open(SEARCHED);
          for (const one of [state, model]) carryOut(one, steps);
          const [found, wanted] = [state, model].map(one =>
            JSON.stringify(answers(one.tables.index('notes'), queries)),
          );
          if (found !== wanted) throw new Error(`found ${String(found)}, wanted ${String(wanted)}`);
          return fingerprint(SEARCHED, state, sha256) === fingerprint(SEARCHED, model, sha256);
        }),
        { numRuns: 40 },
      );
    },
  },
  {
    name: 'fills a second generation beside the one that is read, and puts it in its place in one step (promise 6)',
    run: ({ open, reopen }) => {
      const store = open();
      const state = store.open(SEARCHED);
      putAll(state, 'texts', [['old']]);
      putTexts(state, [[1, 1, 'old']], 5);
      const running = state.tables('texts').range();
      putTexts(store.beside(SEARCHED), [[9, 9, 'forgotten']]);
      const next = store.beside(SEARCHED);
      same([next.checkpoint(), [...next.tables.index('notes').documents()]], [null, []], 'begun');
      refuses(
        () => {
          store.swap(SEARCHED);
        },
        'Error',
        'a generation that is behind',
      );
      putAll(next, 'texts', [['new'], ['newer']], 3);
      putTexts(next, [[2, 2, 'new']], 6);
      same([keysOf(state.tables('texts')), state.checkpoint()], [[['old']], at(5)], 'meanwhile');
      same([find(state, 'old'), find(state, 'new')], [[1], []], 'meanwhile');
      same(store.list(), [{ name: 'searched', version: 1, checkpoint: at(5) }], 'list');
      store.swap(SEARCHED);
      const read = [keysOf(state.tables('texts')), state.checkpoint(), find(state, 'old'), find(state, 'new')];
      same(read, [[['new'], ['newer']], at(6), [], [2]], 'afterwards');
      same(
        [...running].map(row => row.key),
        [['new'], ['newer']],
        'a range that was begun before',
      );
      refuses(() => next.checkpoint(), 'Error', "the generation's own state");
      putTexts(state, [[3, 3, 'newest']], 7);
      refuses(
        () => {
          store.swap(SEARCHED);
        },
        'Error',
        'no generation',
      );
      store.beside(SEARCHED);
      const again = reopen(store);
      same(again.list(), [{ name: 'searched', version: 1, checkpoint: at(7) }], 'list, found again');
      const found = again.open(SEARCHED);
      same(
        [keysOf(found.tables('texts')), find(found, 'new*')],
        [
          [['new'], ['newer']],
          [3, 2],
        ],
        'found again',
      );
    },
  },
];
