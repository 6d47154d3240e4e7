import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Ledger } from '@credence/runtime';

/** Imports a dossier file as the command line does: files that it names lie beside it. */
export async function importFile(
  ledger: Ledger,
  file: string,
  options: { readonly dryRun?: boolean; readonly reason?: string } = {},
) {
  const folder = dirname(file);
  return ledger.importDossier({
    file: basename(file),
    bytes: readFileSync(file),
    readFile: async name => {
      const path = join(folder, name);
      return existsSync(path) ? createReadStream(path) : undefined;
    },
    actor: 'ada',
    ...options,
  });
}
