import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { DossierRequest } from '../dossier/import.js';

/** A dossier on disk, with the files that it names. */
export const dossierOnDisk = (path: string): DossierRequest => ({
  file: basename(path),
  bytes: readFileSync(path),
  readFile: async name => {
    const file = resolve(dirname(path), name);
    return existsSync(file) ? createReadStream(file) : undefined;
  },
});

/** A dossier in memory. */
export const dossierText = (text: string, files: Readonly<Record<string, string>> = {}): DossierRequest => ({
  file: 'test.dossier.yaml',
  bytes: new TextEncoder().encode(text),
  readFile: async name => {
    const content = files[name];
    return content === undefined
      ? undefined
      : (async function* () {
          yield new TextEncoder().encode(content);
        })();
  },
});
