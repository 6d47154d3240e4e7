import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from '@jest/globals';

interface Rule {
  readonly name: string;
  readonly from: { readonly path?: string };
}
const { forbidden } = createRequire(join(process.cwd(), 'package.json'))('./.dependency-cruiser.cjs') as {
  readonly forbidden: readonly Rule[];
};
const PURE = ['kernel', 'time', 'claims', 'belief', 'anchoring', 'integrity', 'views'];
const rooms = readdirSync('libs');

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : path.endsWith('.ts') ? [path] : [];
  });
/** Of the product: no specs, nothing that only they use. */
const sources = (folder: string) =>
  filesIn(folder)
    .filter(path => !/\.spec\.ts$|\/testing\/|\/(testing|arbitraries|examples|test-ids)\.ts$/.test(path))
    .map(path => ({ path, code: readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '') }));
const having = (files: readonly { path: string; code: string }[], pattern: RegExp) =>
  files.filter(({ code }) => pattern.test(code)).map(({ path }) => path);

describe('the rooms', () => {
  it.each(rooms.filter(room => room !== 'runtime'))('%s: what it may see is a rule', room => {
    expect(forbidden.some(({ name, from }) => name.startsWith(`${room}-sees-only`) && from.path !== undefined)).toBe(
      true,
    );
  });

  it.each(PURE)('%s reads no clock, no randomness and nothing of the process', room => {
    const impure =
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b|\bprocess\.|\bfetch\(/;
    expect(having(sources(join('libs', room)), impure)).toEqual([]);
  });

  it('nothing below apps/ is injectable', () => {
    expect(having([...sources('libs'), ...sources('contracts')], /@Injectable|@nestjs/)).toEqual([]);
  });

  it('a room lists its exports by name', () => {
    const indexes = rooms.map(room => ({ path: room, code: readFileSync(join('libs', room, 'src/index.ts'), 'utf8') }));
    expect(having(indexes, /export \* from/)).toEqual([]);
  });

  it('the rule is one: what breaks it is found', () => {
    const folder = 'libs/time/src/broken-for-a-test';
    try {
      mkdirSync(folder);
      writeFileSync(join(folder, 'io.ts'), "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n");
      writeFileSync(join(folder, 'sees.ts'), "import { write } from '@credence/kernel';\nexport const y = write;\n");
      const { status, stdout } = spawnSync(
        process.execPath,
        ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', folder],
        { encoding: 'utf8' },
      );
      expect(status).not.toBe(0);
      expect(stdout).toContain('pure-rooms-do-no-io');
      expect(stdout).toContain('time-sees-only');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
