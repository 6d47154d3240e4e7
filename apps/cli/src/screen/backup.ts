import type { BackupAnswer } from '@credence/runtime';
import { clean, counted } from './text.js';

export const backupText = (done: string, { folder, size, root, captures, missing }: BackupAnswer): string =>
  clean(
    [
      `${done}, and checked: ${counted(size, 'event')}, ${counted(captures, 'capture')}.`,
      folder,
      `root ${root}`,
      ...missing.map(sha256 => `Capture ${sha256} was not there.`),
    ].join('\n'),
  );
