import { describe, it } from '@jest/globals';
import { runViewStoreCase } from './view-store-kit-case.js';
import type { ViewStoreCase, ViewStoreSubject } from './view-store-kit-case.js';
import { MODEL } from './view-store-kit-model.js';
import { ORDER } from './view-store-kit-order.js';
import { SEARCH } from './view-store-kit-search.js';
import { VERSIONS } from './view-store-kit-versions.js';
import { WRITES } from './view-store-kit-writes.js';

/** Every promise of the view store's port, as a list: so that the kit itself can be tested on stores with known bugs. */
export const VIEW_STORE_CASES: readonly ViewStoreCase[] = [...WRITES, ...VERSIONS, ...SEARCH, ...ORDER, ...MODEL];

/** Holds an adapter to every promise of the port. */
export function viewStoreKit(name: string, subject: ViewStoreSubject): void {
  describe(`view store ${name}`, () => {
    for (const kitCase of VIEW_STORE_CASES)
      if (kitCase.reopens !== true || subject.reopen !== undefined)
        it(kitCase.name, () => runViewStoreCase(kitCase, subject));
  });
}
