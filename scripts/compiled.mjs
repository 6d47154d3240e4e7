/*
 * The command line as the build compiled it: with every function that a read needs. What Node itself keeps (compile cache) holds no
 * function but the outermost, and compiling the rest anew is a fifth of a start.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { fileURLToPath } = require('node:url');
const { Script } = require('node:vm');

export const main = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'bin', 'main.cjs');
/** Each Node compiles in its own way. */
const compiled = `${main}.${process.version}-${process.arch}`;

/** Runs the command line as it was compiled. @returns false where this Node has not compiled it: nothing is run then */
export function runCompiled() {
  if (!existsSync(compiled)) return false;
  run(scriptOf(readFileSync(compiled)));
  return true;
}

/** Runs it, and keeps what was compiled when the process ends. */
function runAndKeep() {
  const script = scriptOf();
  process.on('exit', () => writeFileSync(compiled, script.createCachedData()));
  run(script);
}

function scriptOf(cachedData) {
  const source = readFileSync(main, 'utf8');
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  return new Script(wrapped, { filename: main, cachedData });
}

function run(script) {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(main), module, main, dirname(main));
}

if (process.argv[1]?.endsWith('compiled.mjs')) runAndKeep();
