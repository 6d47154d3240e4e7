import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fsCaptureStore } from '@credence/capture-store-fs';
import { memoryCaptureStore } from '@credence/kernel';
import type { CaptureStore } from '@credence/kernel';
import { captureStoreKit, sha256 } from '@credence/kernel/testing';
import type { CaptureStoreSubject } from '@credence/kernel/testing';
import { ADAPTERS } from '@credence/runtime';

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

/** Of every store in the runtime's table; one without a subject here is an error, so that none escapes the kit. */
const SUBJECTS: Readonly<Record<string, CaptureStoreSubject>> = {
  'memory:': { open: () => memoryCaptureStore({ sha256 }) },
  'sqlite:': inFiles(),
  'kurrentdb:': inFiles(),
};

for (const { scheme } of ADAPTERS) {
  const subject = SUBJECTS[scheme];
  if (subject === undefined) throw new Error(`the captures of ${scheme} are not held to the kit`);
  captureStoreKit(scheme.slice(0, -1), subject);
}
