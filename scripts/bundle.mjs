/*
 * The command line in one file, and the server in few beside it. What is not looked for among some hundreds of small modules starts
 * in a fraction of the time; what a verb does not need of the file is not run.
 */
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve as pathOf, sep } from 'node:path';
import process from 'node:process';
import { pastIndexes } from './past-indexes.mjs';

/** What has a native part, or files beside its code; and what NestJS would take along if it were installed. */
const APART = [
  'better-sqlite3',
  'pdfjs-dist',
  '@kurrent/*',
  '@nestjs/microservices',
  '@nestjs/websockets',
  '@nestjs/platform-express',
  '@fastify/static',
  '@fastify/view',
];

/** What has a bundle of its own: the frameworks of the server are more than all else. */
const SERVE = pathOf('dist', 'apps', 'cli', 'src', 'verbs', 'serve.js');

/** No module of ours does anything by being loaded: what a verb does not use of it stays out of its way. */
const ours = {
  name: 'ours',
  setup: ({ onLoad, onResolve, resolve }) => {
    onLoad({ filter: /[\\/]dist[\\/](apps|contracts|libs)[\\/].*\.js$/ }, ({ path }) => ({
      contents: pastIndexes(path, readFileSync(path, 'utf8')),
      loader: 'js',
    }));
    onResolve({ filter: /^\.\.?\// }, async ({ path, pluginData, ...from }) => {
      if (pluginData === ours || from.kind === 'entry-point' || from.importer.includes('node_modules'))
        return undefined;
      return { ...(await resolve(path, { ...from, pluginData: ours })), sideEffects: false };
    });
    // Of rxjs the libraries need one class, of the form that can be shaken; the server has it as it comes.
    onResolve({ filter: /^rxjs$/ }, ({ importer, kind }) =>
      importer.includes(`${sep}libs${sep}`)
        ? resolve('./node_modules/rxjs/dist/esm/index.js', { kind, resolveDir: process.cwd() })
        : undefined,
    );
    // Commander starts other programs for verbs that are programs; none of ours is.
    onResolve({ filter: /^(node:)?child_process$/ }, ({ importer }) =>
      importer.includes(join('node_modules', 'commander')) ? { path: 'none', namespace: 'none' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'none' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** Leaves alone what has a bundle of its own. */
const withoutServer = {
  name: 'without server',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/serve\.js$/ }, ({ path, resolveDir }) =>
      pathOf(resolveDir, path) === SERVE ? { path: './serve.js', external: true } : undefined,
    );
  },
};

/** Bundles dist/apps/cli/src/main.js into dist/bin/. */
export async function bundle() {
  // V8 takes what was compiled of another text for this one's, if only it is as long.
  rmSync(COMMON.outdir, { recursive: true, force: true });
  await commandLine();
  await apart();
  compile();
}

/** What is kept of the command line is what its first run compiles: that run does what most runs do. */
function compile() {
  const folder = join('dist', 'first-run');
  const run = (script, ...argv) =>
    spawnSync(process.execPath, [join('scripts', script), ...argv, '--ledger', `sqlite:${folder}`], {
      stdio: 'ignore',
    });
  run('credence.mjs', 'import', 'dossier', join('examples', 'back-channel', 'back-channel.dossier.yaml'));
  run('compiled.mjs', 'show', 'gave-tillerson');
  rmSync(folder, { recursive: true, force: true });
}

const DRIVER = pathOf('node_modules', 'better-sqlite3', 'lib');

const COMMON = {
  outdir: 'dist/bin',
  bundle: true,
  platform: 'node',
  target: 'node22',
  external: APART,
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** The code of SQLite's driver comes along; what finds its native part stays beside that. */
const withDriver = {
  name: 'with driver',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/binding$/ }, ({ path, resolveDir }) =>
      resolveDir === DRIVER ? { path: relative(COMMON.outdir, join(DRIVER, `${path}.js`)), external: true } : undefined,
    );
  },
};

/** CommonJS: as an ES module it would load, whatever the verb, all that any part of it imports from elsewhere. */
async function commandLine() {
  const { outputFiles } = await build({
    ...COMMON,
    external: APART.filter(name => name !== 'better-sqlite3'),
    plugins: [withoutServer, withDriver, ours],
    entryPoints: { main: 'dist/apps/cli/src/main.js' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    // A script that is run as it was compiled imports nothing; it can require, ES modules too.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    write: false,
  });
  mkdirSync(COMMON.outdir, { recursive: true });
  for (const { path, text } of outputFiles) writeFileSync(path, ascii(text));
}

/** One letter beyond ASCII doubles what a text takes in memory, and the time to read it; regular expressions have such. */
const ascii = text => text.replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

function apart() {
  return build({
    ...COMMON,
    plugins: [ours],
    entryPoints: {
      serve: SERVE,
      // Each thread begins with a file of its own.
      'extraction-worker': 'dist/libs/extraction/src/worker.js',
      'anchor-worker': 'dist/libs/runtime/src/anchor-worker.js',
    },
    splitting: true,
    format: 'esm',
    // CommonJS packages inside an ES module ask for `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
}
