import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fsCaptureStore } from '@credence/capture-store-fs';
import { memoryCaptureStore } from '@credence/kernel';
import type { CaptureStore } from '@credence/kernel';
import { captureStoreKit, sha256 } from '@credence/kernel/testing';
import type { CaptureStoreSubject } from '@credence/kernel/testing';

function inFiles(): CaptureStoreSubject {
  const folders = new Map<CaptureStore, string>();
  const openIn = (folder: string): CaptureStore => {
    const store = fsCaptureStore({ folder });
    folders.set(store, folder);
    return store;
  };
  const folderOf = (store: CaptureStore) => folders.get(store) as string;
  return {
    open: () => openIn(mkdtempSync(join(tmpdir(), 'credence-captures-'))),
    afterCrash: store => openIn(folderOf(store)),
    discard: store => {
      rmSync(folderOf(store), { recursive: true, force: true });
    },
  };
}

captureStoreKit('memory', { open: () => memoryCaptureStore({ sha256 }) });
captureStoreKit('file system', inFiles());
