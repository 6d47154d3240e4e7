import { LedgerError } from '@credence/contracts';
import { checkDocument, checkForward, checkKey, checkPrefix, checkShape, checkSwap } from '../keys.js';
import { sameTables, viewName } from '../keys.js';
import { wordsOf } from '../search.js';
import type { Term } from '../search.js';
import type { Checkpoint, Document, Index, Key, KeyPart, KeyType, RangeOptions } from '../view-store.js';
import type { ReadTables, Row, Table, TableShape, Tables } from '../view-store.js';
import type { ViewShape, ViewState, ViewStore } from '../view-store.js';

/** Bugs that a view store may have; the kit catches each. */
export const VIEW_STORE_BUGS = [
  'checkpoint of a change that threw',
  'checkpoint before its effects',
  'effects before their checkpoint',
  'lost rollback',
  'deletions not rolled back',
  'checkpoint goes back',
  'own writes not seen',
  'writes after the write',
  'texts by UTF-16 code unit',
  'integers as text',
  'locale order',
  'prefix as text',
  'after ignored inside a prefix',
  'after included',
  'after as if forward',
  'limit before after',
  'rows read ahead',
  'one set of tables for all versions',
  'views by beginning of name',
  'drop forgets nothing',
  'reset keeps the checkpoint',
  'reset of all views',
  'reset keeps the documents',
  'documents not rolled back',
  'words by their beginning',
  'one of the terms is enough',
  'terms in one document',
  'found from before on',
  'lowest number first',
  'last weight counts',
  'hits beyond the last',
  'beside is the view itself',
  'beside keeps what was begun',
  'swap keeps the old checkpoint',
  'swap keeps the old documents',
  'swap goes back',
] as const;
export type ViewStoreBug = (typeof VIEW_STORE_BUGS)[number];

interface Entry {
  readonly key: Key;
  readonly text: string;
}

interface Kept {
  readonly view: ViewShape;
  checkpoint: Checkpoint | null;
  rows: Record<string, readonly Entry[]>;
  documents: Record<string, readonly Document[]>;
}

const NO_ROWS: readonly Entry[] = [];

/** What would be found after a crash: a text, so that nothing in it moves by accident. */
export interface Disk {
  text: string;
}

/**
 * A view store as simple as its port: lists that are sorted at every look, and copied before every write. The model for
 * the others, and, with a bug, what the kit is tested on.
 */
export function naiveViewStore(disk: Disk = { text: '[]' }, bug?: ViewStoreBug): ViewStore {
  const views = new Map((JSON.parse(disk.text) as [string, Kept][]).map(([name, kept]) => [name, kept]));
  const has = (one: ViewStoreBug) => bug === one;
  const nameIn = (view: { readonly name: string; readonly version: number }) =>
    has('one set of tables for all versions') ? view.name : viewName(view);
  const save = () => {
    disk.text = JSON.stringify([...views]);
  };
  const generations = new Map<string, Kept>();
  const made = (view: ViewShape): Kept => ({ view, checkpoint: null, rows: {}, documents: {} });
  let writing: Kept | undefined;
  let closed = false;
  const open = () => {
    if (closed) throw new LedgerError('store-unavailable', 'the view store is closed');
  };

  const stateOf = (kept: Kept): ViewState => {
    const check = () => {
      open();
      if (![views, generations].some(all => all.get(nameIn(kept.view)) === kept))
        throw new Error('the view was dropped');
    };
    const table = <V>(name: string): Table<V> => {
      const shape = kept.view.tables[name];
      if (shape === undefined) throw new Error(`no table ${name}`);
      const rows = () => kept.rows[name] ?? NO_ROWS;
      const without = (key: Key) => rows().filter(row => compare(shape, row.key, key, bug) !== 0);
      const change = (key: Key, text?: string) => {
        if (writing !== kept && !has('writes after the write')) throw new Error('not inside a write of this view');
        checkKey(name, shape, key);
        const added = text === undefined ? [] : [{ key: key.map(part => (part === 0 ? 0 : part)), text }];
        kept.rows = { ...kept.rows, [name]: [...without(key), ...added] };
      };
      return {
        get: key => {
          check();
          checkKey(name, shape, key);
          const found = seen(rows()).find(row => compare(shape, row.key, key, bug) === 0);
          return found && (JSON.parse(found.text) as V);
        },
        *range(options = {}) {
          const { limit = Infinity } = options;
          let after = options.after === undefined ? {} : { after: options.after.slice() };
          let [list, at, as]: [readonly Entry[], number, unknown] = [[], 0, undefined];
          for (let given = 0; given < limit; given++) {
            check();
            if (as !== rows() && !(has('rows read ahead') && given > 0)) {
              list = select(name, shape, seen(rows()), { ...options, ...after, limit: limit - given }, bug);
              [at, as] = [0, rows()];
            }
            const row = list[at++];
            if (row === undefined) return;
            after = { after: row.key.slice() };
            yield { key: row.key, value: JSON.parse(row.text) as V } satisfies Row<V>;
          }
        },
        put: (key, value) => {
          const text = JSON.stringify(value) as string | undefined;
          if (text === undefined) throw new TypeError('no JSON value');
          change(key, text);
        },
        delete: key => {
          change(key);
        },
      };
    };
    const index = (name: string): Index => {
      if (kept.view.search?.includes(name) !== true) throw new Error(`no index ${name}`);
      const documents = () => {
        check();
        return kept.documents[name] ?? [];
      };
      const change = (id: number, added: readonly Document[]) => {
        if (writing !== kept) throw new Error('not inside a write of this view');
        kept.documents = { ...kept.documents, [name]: [...documents().filter(d => d.id !== id), ...added] };
      };
      const having = ({ word, prefix }: Term) =>
        documents().filter(({ words }) =>
          words.split(' ').some(w => (prefix || has('words by their beginning') ? w.startsWith(word) : w === word)),
        );
      return {
        put: (id, of, weight, text) => {
          checkDocument(name, id, of, weight);
          change(id, [{ id, of, weight, words: wordsOf(text).join(' ') }]);
        },
        delete: id => {
          change(id, []);
        },
        weigh: term => {
          const weights = new Map<number, number>();
          for (const { of, weight } of having(term))
            weights.set(of, has('last weight counts') ? weight : Math.max(weight, weights.get(of) ?? 0));
          return weights;
        },
        hits: (term, last = Infinity) =>
          having(term)
            .filter(({ id }) => (has('hits beyond the last') ? true : id <= last))
            .map(({ id, of, weight }) => ({ id, of, weight })),
        find: (terms, { before = Infinity, limit = Infinity } = {}) => {
          const enough = has('one of the terms is enough') ? 'some' : 'every';
          const all = has('terms in one document')
            ? documents().filter(d => terms.every(term => having(term).includes(d)))
            : documents().filter(({ of }) => terms[enough](term => having(term).some(d => d.of === of)));
          const numbers = terms.length === 0 ? [] : [...new Set(all.map(({ of }) => of))];
          return numbers
            .filter(of => (has('found from before on') ? of <= before : of < before))
            .sort((a, b) => (has('lowest number first') ? a - b : b - a))
            .slice(0, limit);
        },
        documents: () => documents().toSorted((a, b) => a.id - b.id),
      };
    };
    let before: Kept['rows'] = {};
    const seen = (rows: readonly Entry[]) =>
      writing === kept && has('own writes not seen')
        ? rows.filter(row => Object.values(before).flat().includes(row))
        : rows;

    return {
      checkpoint: () => {
        check();
        return kept.checkpoint;
      },
      tables: Object.assign(
        (name: string) => {
          check();
          return table(name);
        },
        { index },
      ) as ReadTables,
      write: (checkpoint, effects) => {
        check();
        if (writing !== undefined) throw new Error('a write inside a write');
        if (!has('checkpoint goes back')) checkForward(kept.view, kept.checkpoint, checkpoint);
        const done = kept.checkpoint;
        before = kept.rows;
        const documents = kept.documents;
        writing = kept;
        const put = (now: Checkpoint | null) => {
          kept.checkpoint = now;
          save();
        };
        try {
          if (has('checkpoint before its effects')) {
            put(checkpoint);
            kept.checkpoint = done;
          }
          const tables: Tables = Object.assign(table, { index });
          effects(tables);
          if (has('effects before their checkpoint')) save();
          put(checkpoint);
        } catch (error) {
          if (has('deletions not rolled back')) kept.rows = intersection(before, kept.rows);
          else if (!has('lost rollback')) kept.rows = before;
          if (!has('documents not rolled back')) kept.documents = documents;
          put(has('checkpoint of a change that threw') ? checkpoint : done);
          throw error;
        } finally {
          writing = undefined;
        }
      },
      reset: () => {
        check();
        for (const one of has('reset of all views') ? views.values() : [kept]) one.rows = {};
        if (!has('reset keeps the documents')) kept.documents = {};
        if (!has('reset keeps the checkpoint')) kept.checkpoint = null;
        save();
      },
    };
  };

  const openKept = (view: ViewShape): Kept => {
    open();
    checkShape(view);
    const known = views.get(nameIn(view));
    if (known !== undefined && sameTables(known.view, view)) return known;
    const begun = made(view);
    views.set(nameIn(view), begun);
    save();
    return begun;
  };

  return {
    open: view => stateOf(openKept(view)),
    beside: view => {
      open();
      if (has('beside is the view itself')) return stateOf(openKept(view));
      const known = generations.get(nameIn(view));
      const begun = known !== undefined && has('beside keeps what was begun') ? known : made(view);
      generations.set(nameIn(view), begun);
      return stateOf(begun);
    },
    swap: view => {
      const current = openKept(view);
      const next = generations.get(nameIn(view));
      if (next === undefined) throw new Error('nothing was begun beside');
      if (!has('swap goes back')) checkSwap(view, current.checkpoint, next.checkpoint);
      current.rows = next.rows;
      if (!has('swap keeps the old documents')) current.documents = next.documents;
      if (!has('swap keeps the old checkpoint')) current.checkpoint = next.checkpoint;
      generations.delete(nameIn(view));
      save();
    },
    list: () => {
      open();
      return [...views.values()]
        .map(({ view: { name, version }, checkpoint }) => ({ name, version, checkpoint }))
        .sort((a, b) => compareTexts(a.name, b.name) || a.version - b.version);
    },
    drop: (name, version) => {
      const gone = [...views.keys()].filter(
        key => key === nameIn({ name, version }) || (has('views by beginning of name') && key.startsWith(name)),
      );
      if (!has('drop forgets nothing')) for (const key of gone) views.delete(key);
      save();
    },
    close: () => {
      closed = true;
    },
  };
}

function select(name: string, shape: TableShape, all: readonly Entry[], options: RangeOptions, bug?: ViewStoreBug) {
  const { prefix = [], after, reverse = false, limit = Infinity } = options;
  checkPrefix(name, shape.key, prefix);
  if (after !== undefined) checkKey(name, shape, after);
  const sorted = all.toSorted((a, b) => compare(shape, a.key, b.key, bug) * (reverse ? -1 : 1));
  const inside = sorted.filter(({ key }) =>
    bug === 'prefix as text'
      ? prefix.every((part, i) => String(key[i]).startsWith(String(part)))
      : prefix.every((part, i) => key[i] === part),
  );
  const forward = bug === 'after as if forward' || !reverse;
  const beyond = ({ key }: Entry) => {
    if (after === undefined) return true;
    if (bug === 'after ignored inside a prefix' && prefix.length > 0 && prefix.every((part, i) => after[i] === part))
      return true;
    const order = compare(shape, key, after, bug) * (forward ? 1 : -1);
    return bug === 'after included' ? order >= 0 : order > 0;
  };
  return bug === 'limit before after' ? inside.slice(0, limit).filter(beyond) : inside.filter(beyond).slice(0, limit);
}

/** Written once more, and otherwise than in keys.ts: by code points, one by one. */
function compareTexts(a: string, b: string): number {
  const [x, y] = [a, b].map(text => Array.from(text, char => char.codePointAt(0) ?? 0)) as [number[], number[]];
  const i = x.findIndex((point, at) => point !== y[at]);
  return i === -1 ? x.length - y.length : (x[i] ?? -1) - (y[i] ?? -1);
}

function compareParts(type: KeyType | undefined, a: KeyPart, b: KeyPart, bug?: ViewStoreBug): number {
  const [x, y] = [String(a), String(b)];
  if (type === 'integer' && bug !== 'integers as text') return Number(a) - Number(b);
  if (bug === 'texts by UTF-16 code unit') return x < y ? -1 : x > y ? 1 : 0;
  if (bug === 'locale order') return x.localeCompare(y) || compareTexts(x, y);
  return compareTexts(x, y);
}

function compare(shape: TableShape, a: Key, b: Key, bug?: ViewStoreBug): number {
  for (const [i, type] of shape.key.entries()) {
    const order = compareParts(type, a[i] ?? '', b[i] ?? '', bug);
    if (order !== 0) return order;
  }
  return 0;
}

const intersection = (before: Kept['rows'], now: Kept['rows']): Kept['rows'] =>
  Object.fromEntries(
    Object.entries(before).map(([name, rows]) => [
      name,
      rows.filter(row => (now[name] ?? []).some(({ key }) => JSON.stringify(key) === JSON.stringify(row.key))),
    ]),
  );
