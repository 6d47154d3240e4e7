import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from '@jest/globals';

/** Where the data sets for development lie: beside the project, or where CREDENCE_DATASETS says. They are no part of it. */
const ROOT = resolve(process.env['CREDENCE_DATASETS'] ?? join(process.cwd(), '..', 'shared', 'data'));

/** The folder of a data set, or undefined where it is not at hand. */
export function dataSet(name: string): string | undefined {
  const folder = join(ROOT, name);
  return existsSync(folder) ? folder : undefined;
}

/** A suite over a data set; where that is absent it is skipped, and the name says so. */
export function describeWithData(name: string, title: string, suite: (folder: string) => void): void {
  const folder = dataSet(name);
  if (folder === undefined) {
    describe.skip(`${title} (the data set ${name} is not at hand)`, () => {
      suite('');
    });
  } else {
    describe(title, () => {
      suite(folder);
    });
  }
}
