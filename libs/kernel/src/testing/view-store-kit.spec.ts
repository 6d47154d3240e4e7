import { describe, expect, it } from '@jest/globals';
import type { ViewStore } from '../view-store.js';
import { naiveViewStore, VIEW_STORE_BUGS } from './naive-view-store.js';
import type { Disk, ViewStoreBug } from './naive-view-store.js';
import { runViewStoreCase } from './view-store-kit-case.js';
import type { ViewStoreSubject } from './view-store-kit-case.js';
import { VIEW_STORE_CASES } from './view-store-kit.js';

function subjectWith(bug?: ViewStoreBug): ViewStoreSubject {
  const disks = new Map<ViewStore, Disk>();
  const on = (disk: Disk): ViewStore => {
    const store = naiveViewStore(disk, bug);
    disks.set(store, disk);
    return store;
  };
  const diskOf = (store: ViewStore) => disks.get(store) ?? { text: '[]' };
  return {
    open: () => on({ text: '[]' }),
    reopen: store => on(diskOf(store)),
    afterCrash: store => on({ ...diskOf(store) }),
  };
}

/** The case that is there for a bug. */
const CAUGHT_BY: Readonly<Record<ViewStoreBug, RegExp>> = {
  'checkpoint of a change that threw': /keeps the checkpoint, and throws on the same/,
  'checkpoint before its effects': /after a crash inside a write/,
  'effects before their checkpoint': /after a crash inside a write/,
  'lost rollback': /undoes all rows of a change that throws/,
  'deletions not rolled back': /undoes all rows of a change that throws/,
  'checkpoint goes back': /never takes a checkpoint back/,
  'own writes not seen': /shows a change what it wrote itself/,
  'writes after the write': /inside a write of their view alone/,
  'texts by UTF-16 code unit': /orders texts by code point/,
  'integers as text': /orders integers by value/,
  'locale order': /orders texts by code point/,
  'prefix as text': /takes a prefix by whole parts/,
  'after ignored inside a prefix': /goes on after a key/,
  'after included': /goes on after a key/,
  'after as if forward': /goes on after a key/,
  'limit before after': /as many rows as the limit says/,
  'rows read ahead': /goes on in the table as it is/,
  'one set of tables for all versions': /keeps two versions of a view side by side/,
  'views by beginning of name': /drops one version and no other/,
  'drop forgets nothing': /drops one version and no other/,
  'reset keeps the checkpoint': /resets a view to nothing/,
  'reset of all views': /resets a view to nothing/,
  'reset keeps the documents': /replaces and takes out documents/,
  'documents not rolled back': /replaces and takes out documents/,
  'words by their beginning': /finds by every word of a query/,
  'one of the terms is enough': /finds by every word of a query/,
  'terms in one document': /finds by every word of a query/,
  'found from before on': /finds by every word of a query/,
  'lowest number first': /finds by every word of a query/,
  'last weight counts': /weighs what has a word by its best document/,
  'beside is the view itself': /promise 6/,
  'beside keeps what was begun': /promise 6/,
  'swap keeps the old checkpoint': /promise 6/,
  'swap keeps the old documents': /promise 6/,
  'swap goes back': /promise 6/,
  'hits beyond the last': /says in which documents a word stands, up to a document/,
};

/** What the case that is there for a bug says of a store that has it; others may notice it too. */
const complaintOf = (name: RegExp, bug?: ViewStoreBug) => {
  const kitCase = VIEW_STORE_CASES.find(one => name.test(one.name));
  if (kitCase === undefined) throw new Error(`the kit has no case ${String(name)}`);
  return runViewStoreCase(kitCase, subjectWith(bug)).then(
    () => undefined,
    (error: unknown) => String(error),
  );
};

describe('the view store kit', () => {
  it('finds nothing wrong with a store that keeps its promises', async () => {
    for (const kitCase of VIEW_STORE_CASES) await runViewStoreCase(kitCase, subjectWith());
  });

  it.each(VIEW_STORE_BUGS)('catches a store with this bug: %s', async bug => {
    expect(await complaintOf(CAUGHT_BY[bug], bug)).toMatch(
      /^(AssertionError|Error: view searched@1: checkpoint 0 is before 5)/,
    );
  });
});
