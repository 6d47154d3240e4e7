#!/usr/bin/env node
/* `npx credence`: hands over to a Node that fits, where bootstrap brought one; passes signals and the exit code on. */
import { createRequire } from 'node:module';
import { main, runCompiled } from './compiled.mjs';
import { broughtNode, fits, NODE_VERSION } from './node-version.mjs';

// `import` would look at every name that these have, and load what stands behind it: a seventh of a start.
const require = createRequire(import.meta.url);
const { existsSync } = require('node:fs');
const module = require('node:module');
const { homedir } = require('node:os');
const { dirname, join } = require('node:path');
const { fileURLToPath } = require('node:url');

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * What Node compiles besides, the server above all, it keeps: beside the code, or where that cannot be written with the user's
 * own files. Never in a folder that all write to: whoever plants compiled code there has it run by others.
 */
function keepCompiled() {
  for (const folder of [join(root, 'dist', 'compiled'), join(homedir(), '.cache', 'credence')])
    if (module.enableCompileCache?.(folder).status !== module.constants.compileCacheStatus.FAILED) return;
}

if (!existsSync(main)) {
  console.error('credence is not built yet: run `npm start`, or `npm ci && npm run build`');
  process.exit(3);
}
if (fits(process.versions.node)) {
  keepCompiled();
  if (!runCompiled()) require(main);
} else {
  const { spawn } = require('node:child_process');
  const node = broughtNode(root);
  if (node === undefined) {
    console.error(
      `credence needs Node ${NODE_VERSION} or another that fits package.json's engines; this is ${process.versions.node}. \`npm start\` brings one along.`,
    );
    process.exit(3);
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
}
