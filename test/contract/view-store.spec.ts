import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from '@jest/globals';
import { memoryViewStore } from '@credence/kernel';
import type { ViewStore } from '@credence/kernel';
import { assertSameViews, viewStoreKit } from '@credence/kernel/testing';
import type { ViewStoreSubject } from '@credence/kernel/testing';
import { ADAPTERS } from '@credence/runtime';
import { openSqliteViewStore } from '@credence/view-store-sqlite';

const memory: ViewStoreSubject = { open: () => memoryViewStore({ frozen: true }) };

function sqlite(options: { readonly mostKept?: number } = {}): ViewStoreSubject {
  const files = new Map<ViewStore, string>();
  const openFile = (file: string): ViewStore => {
    const store = openSqliteViewStore({ file, ...options });
    files.set(store, file);
    return store;
  };
  const newFile = () => join(mkdtempSync(join(tmpdir(), 'credence-views-')), 'views.sqlite');
  const fileOf = (store: ViewStore) => files.get(store) as string;
  return {
    open: () => openFile(newFile()),
    reopen: store => {
      store.close();
      return openFile(fileOf(store));
    },
    afterCrash: store => {
      const left = newFile();
      for (const suffix of ['', '-wal', '-journal'])
        if (existsSync(fileOf(store) + suffix)) copyFileSync(fileOf(store) + suffix, left + suffix);
      return openFile(left);
    },
    discard: store => {
      rmSync(dirname(fileOf(store)), { recursive: true, force: true });
    },
  };
}

/** Of every store in the runtime's table; one without a subject here is an error, so that none escapes the kit. */
const SUBJECTS: Readonly<Record<string, ViewStoreSubject>> = {
  'memory:': memory,
  'sqlite:': sqlite(),
  'kurrentdb:': sqlite(),
};
const subjects = ADAPTERS.map(({ scheme }): readonly [string, ViewStoreSubject] => {
  const subject = SUBJECTS[scheme];
  if (subject === undefined) throw new Error(`the views of ${scheme} are not held to the kit`);
  return [scheme.slice(0, -1), subject];
});

for (const [name, subject] of subjects) viewStoreKit(name, subject);
viewStoreKit('sqlite that keeps little in the process', sqlite({ mostKept: 300 }));
viewStoreKit('sqlite that keeps nothing in the process', sqlite({ mostKept: 0 }));

describe('any two view stores', () => {
  for (const [name, subject] of subjects.slice(1))
    it(`come to the same rows and fingerprints (promise 4): memory and ${name}`, () =>
      assertSameViews(memory, subject));

  it.each([0, 300])('so does sqlite where %i characters are kept in the process', mostKept =>
    assertSameViews(memory, sqlite({ mostKept })),
  );
});
