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

/** The first of the kit's cases that finds something wrong with a store that has this bug, and what it says. */
async function complaint(bug?: ViewStoreBug): Promise<string | undefined> {
  for (const kitCase of VIEW_STORE_CASES)
    try {
      await runViewStoreCase(kitCase, subjectWith(bug));
    } catch (error) {
      return `${kitCase.name}: ${String(error)}`;
    }
  return undefined;
}

describe('the view store kit', () => {
  it('finds nothing wrong with a store that keeps its promises', async () => {
    expect(await complaint()).toBeUndefined();
  });

  it.each(VIEW_STORE_BUGS)('catches a store with this bug: %s', async bug => {
    expect(await complaint(bug)).toBeDefined();
  });
});
