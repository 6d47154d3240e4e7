import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { terminal } from './testing.js';
import type { Terminal } from './testing.js';

const IMPORT = ['import', 'dossier', join('examples', 'back-channel', 'back-channel.dossier.yaml')];
const GONE = '\r\u001b[K';

let at: Terminal;
afterEach(() => at.close());

const LONG: readonly (readonly [verb: string, says: RegExp, argv: readonly string[]])[] = [
  ['import', /^back-channel\.dossier\.yaml: \d+ of \d+$/, IMPORT],
  ['verify', /^\d+ (of \d+ )?events verified$/, ['verify']],
  ['rebuild', /^\d+ (of \d+ )?view summary: events$/, ['rebuild']],
  ['doctor --deep', /^\d+ (of \d+ )?captures$/, ['doctor', '--deep']],
];

/** What a long verb says beside its answer. */
const told = async (argv: readonly string[]) => {
  if (argv !== IMPORT) await at.type(...IMPORT);
  return (await at.type(...argv)).err;
};

it.each(LONG)('%s says on a terminal how far it is, in a line that is gone at the end', async (_, says, argv) => {
  at = await terminal({ watched: true });
  const lines = (await told(argv)).split(GONE);
  expect(lines.filter(line => says.test(line)).length).toBeGreaterThan(0);
  expect(lines.at(-1)).toBe('');
});

it.each(LONG)('%s says nothing of it where nobody watches', async (_, __, argv) => {
  at = await terminal();
  expect(await told(argv)).toBe('');
});
