/* `npm run bench`: builds, installs the benchmarks' own package, runs them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { build } from './build.mjs';

await build();
if (!existsSync('bench/node_modules')) {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: 'bench',
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
process.exit(
  spawnSync(process.execPath, ['bench/run.mjs', ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1,
);
