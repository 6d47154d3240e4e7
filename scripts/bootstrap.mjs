#!/usr/bin/env node
/*
 * The one way in: `npm start`, `npm test` and `.ci/run` come through here. Plain JavaScript that Node 18 can read, without a
 * dependency. Where the running Node does not fit `engines`, one that fits is brought from the npm registry into .node/;
 * then what is missing is installed, and the task runs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { handOver } from './hand-over.mjs';
import { broughtNode, fits, NODE_PACKAGE, NODE_VERSION } from './node-version.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task = 'check', ...rest] = process.argv.slice(2);

const TASKS = {
  start: ['scripts/start.mjs'],
  check: ['scripts/check.mjs'],
  bench: ['scripts/bench.mjs'],
  install: [],
};

function main() {
  const script = TASKS[task];
  if (script === undefined) {
    console.error(`bootstrap: no task is called "${task}"; wanted one of ${Object.keys(TASKS).join(', ')}`);
    process.exit(2);
  }
  const node = fits(process.versions.node) ? process.execPath : bringNode();
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
  };
  if (!installed()) npm(node, ['ci', '--include=dev', '--no-audit', '--no-fund'], env);
  if (script.length > 0) handOver(node, [...script, ...rest], { cwd: root, env });
}

/** A Node that fits, in .node/: 50 MB, some seconds, once. */
function bringNode() {
  const found = broughtNode(root);
  if (found !== undefined) return found;
  if (NODE_PACKAGE === undefined) {
    console.error(
      `Credence needs Node ${NODE_VERSION} or another that fits package.json's engines; this is ${process.versions.node}`,
    );
    process.exit(1);
  }
  console.error(`This Node is ${process.versions.node}; bringing ${NODE_PACKAGE}@${NODE_VERSION} into .node/`);
  npm(
    process.execPath,
    [
      'install',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--prefix',
      '.node',
      `${NODE_PACKAGE}@${NODE_VERSION}`,
    ],
    process.env,
  );
  const brought = broughtNode(root);
  if (brought !== undefined) return brought;
  console.error(`${NODE_PACKAGE}@${NODE_VERSION} was installed into .node/, and holds no node`);
  process.exit(1);
}

/** Whether node_modules is what the lock file says. */
function installed() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  return (
    existsSync(marker) &&
    statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs - 1000 &&
    complete(marker)
  );
}

function complete(marker) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = Object.keys({ ...dependencies, ...devDependencies });
  return wanted.every(name => JSON.parse(readFileSync(marker, 'utf8')).packages[`node_modules/${name}`] !== undefined);
}

/** npm as whoever called us has it, under the Node that fits. */
function npm(node, args, env) {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && cli.endsWith('.js')) run(node, [cli, ...args], env);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, env);
}

function run(command, args, env) {
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  if (error !== undefined) console.error(`bootstrap: ${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

main();
