/*
 * The command line and the server in few files. What only reads starts in a fraction of the time that finding some hundreds of small
 * modules takes, a server in half; chunks keep what a verb does not need out of its way.
 */
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve as pathOf, sep } from 'node:path';
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

/**
 * What is imported when it is asked for, and asked for together: the bundle has it in one piece. Each further piece costs a start
 * half a millisecond, and what two of them share makes a third.
 */
const TOGETHER = {
  'a local ledger': [
    'libs/runtime/src/open-ledger',
    'libs/event-store-sqlite/src/index',
    'libs/view-store-sqlite/src/index',
    'libs/capture-store-fs/src/index',
  ],
  'verbs that read': [
    ...['summary', 'list', 'show', 'why', 'chain', 'history', 'timeline', 'diff', 'blame', 'changes', 'impact'],
    ...['cite', 'source-list', 'quotes-check'],
  ].map(verb => `apps/cli/src/verbs/${verb}`),
};
const GROUPS = new Map(
  Object.entries(TOGETHER).flatMap(([group, files]) =>
    files.map((file, n) => [pathOf('dist', ...`${file}.js`.split('/')), { group, name: `part${n}` }]),
  ),
);

const grouped = (file, code) =>
  code.replace(/\bimport\('(\.[^']*)'\)/g, (whole, path) => {
    const member = GROUPS.get(pathOf(dirname(file), path));
    return member === undefined ? whole : `import('together:${member.group}').then(all => all.${member.name})`;
  });

/** No module of ours does anything by being loaded: what a verb does not use of it stays out of its way. */
const ours = {
  name: 'ours',
  setup: ({ onLoad, onResolve, resolve }) => {
    onLoad({ filter: /[\\/]dist[\\/](apps|contracts|libs)[\\/].*\.js$/ }, ({ path }) => ({
      contents: grouped(path, pastIndexes(path, readFileSync(path, 'utf8'))),
      loader: 'js',
    }));
    onResolve({ filter: /^together:/ }, ({ path }) => ({
      path: path.slice(9),
      namespace: 'together',
      sideEffects: false,
    }));
    onLoad({ filter: /./, namespace: 'together' }, ({ path }) => ({
      contents: TOGETHER[path].map((file, n) => `export * as part${n} from './${file}.js';`).join('\n'),
      resolveDir: pathOf('dist'),
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

/** Bundles dist/apps/cli/src/main.js into dist/bin/. */
export async function bundle() {
  await bundled();
  // What is kept of a file that was compiled is what its first run compiled, for good: that run should do much of what verbs do.
  spawnSync(process.execPath, [join('scripts', 'credence.mjs'), 'demo'], { stdio: 'ignore' });
}

async function bundled() {
  await build({
    entryPoints: {
      main: 'dist/apps/cli/src/main.js',
      // Each thread begins with a file of its own.
      'extraction-worker': 'dist/libs/extraction/src/worker.js',
      'anchor-worker': 'dist/libs/runtime/src/anchor-worker.js',
    },
    outdir: 'dist/bin',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: APART,
    plugins: [ours],
    minifyWhitespace: true,
    minifySyntax: true,
    // CommonJS packages inside an ES module ask for `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    legalComments: 'none',
    logLevel: 'warning',
  });
}
