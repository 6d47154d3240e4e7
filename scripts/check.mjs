/* `npm run check`: what `npm test` and CI run. Format, lint, dependency rule, types, build, drift of generated files, all tests. */
import { spawnSync } from 'node:child_process';
import process from 'node:process';

const bin = name => `node_modules/${name}`;
const STEPS = [
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['lint', [bin('eslint/bin/eslint.js'), '.']],
  [
    'dependency rule',
    [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'apps',
      'libs',
      'contracts',
      'test',
    ],
  ],
  ['types', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit']],
  ['build', ['scripts/build.mjs']],
  ['generated files', ['scripts/generate.mjs', '--check']],
  [
    'tests',
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      '--require',
      './test/fast-vm.cjs',
      bin('jest/bin/jest.js'),
    ],
  ],
];

const started = Date.now();
for (const [name, args] of STEPS) {
  const from = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) {
    process.stdout.write(`\n${name}: failed\n`);
    process.exit(status ?? 1);
  }
  process.stdout.write(`   ${((Date.now() - from) / 1000).toFixed(1)} s\n`);
}
process.stdout.write(`\nall checks passed in ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
