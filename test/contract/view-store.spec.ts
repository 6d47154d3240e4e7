import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from '@jest/globals';
import { memoryViewStore } from '@credence/kernel';
import type { ViewStore } from '@credence/kernel';
import { assertSameViews, viewStoreKit } from '@credence/kernel/testing';
import type { ViewStoreSubject } from '@credence/kernel/testing';
import { openSqliteViewStore } from '@credence/view-store-sqlite';

const memory: ViewStoreSubject = { open: () => memoryViewStore({ frozen: true }) };

function sqlite(): ViewStoreSubject {
  const files = new Map<ViewStore, string>();
  const openFile = (file: string): ViewStore => {
    const store = openSqliteViewStore({ file });
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

const ADAPTERS: readonly (readonly [name: string, subject: ViewStoreSubject])[] = [
  ['memory', memory],
  ['sqlite', sqlite()],
];

for (const [name, subject] of ADAPTERS) viewStoreKit(name, subject);

describe('any two view stores', () => {
  for (const [name, subject] of ADAPTERS.slice(1))
    it(`come to the same rows and fingerprints (promise 4): memory and ${name}`, () =>
      assertSameViews(memory, subject));
});
