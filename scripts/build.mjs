/* Builds what is not built: `nest build cli` compiles the command line, the server and every room that they see into dist/, then
 * the command line is bundled into dist/bin/. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const STAMP = join('dist', '.built');
const SOURCES = ['apps', 'libs', 'contracts', 'nest-cli.json', 'tsconfig.json', 'package-lock.json'];

export async function build({ force = false } = {}) {
  if (!force && existsSync(STAMP) && newest(SOURCES) <= statSync(STAMP).mtimeMs) return;
  rmSync('dist', { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'cli'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
  const { bundle } = await import('./bundle.mjs');
  await bundle();
  writeFileSync(STAMP, '');
}

function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const { mtimeMs } = statSync(path);
    latest = Math.max(latest, mtimeMs);
    if (statSync(path).isDirectory())
      latest = Math.max(latest, newest(readdirSync(path).map(name => join(path, name))));
  }
  return latest;
}

if (process.argv[1]?.endsWith('build.mjs')) await build({ force: process.argv.includes('--force') });
