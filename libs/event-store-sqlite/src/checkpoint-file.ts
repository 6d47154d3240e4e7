import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerError } from '@credence/contracts';
import type { CheckpointStore } from '@credence/kernel';

/** The newest signed checkpoint, in the file `checkpoint` beside the events. */
export function checkpointFile(folder: string): CheckpointStore {
  const file = join(folder, 'checkpoint');
  return {
    newest: async () => {
      try {
        // Read at every start: some hundred bytes, in less time than it takes to have a thread read them.
        return [readFileSync(file, 'utf8')];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw unavailable(file, error);
      }
    },
    publish: async note => {
      try {
        const draft = await open(`${file}.new`, 'w');
        try {
          await draft.writeFile(note);
          await draft.sync();
        } finally {
          await draft.close();
        }
        await rename(`${file}.new`, file);
      } catch (error) {
        throw unavailable(file, error);
      }
    },
    watch: () => undefined, // one process has the folder
  };
}

const unavailable = (file: string, error: unknown) =>
  new LedgerError('store-unavailable', `${file}: ${(error as Error).message}`);
