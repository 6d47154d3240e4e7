import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that Credence is installed in: the one above this file that has its examples. */
export function installation(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** The release that is installed. */
export const version = (): string =>
  (JSON.parse(readFileSync(join(installation(), 'package.json'), 'utf8')) as { version: string }).version;
