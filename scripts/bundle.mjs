/*
 * The command line and the server in few files. What only reads starts in a fraction of the time that finding some hundreds of small
 * modules takes, a server in half; chunks keep what a verb does not need out of its way.
 */
import { build } from 'esbuild';
import { sep } from 'node:path';
import process from 'node:process';

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

/** No module of ours does anything by being loaded: what a verb does not use of it stays out of its way. */
const ours = {
  name: 'ours',
  setup: ({ onResolve, resolve }) => {
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
  },
};

/** Bundles dist/apps/cli/src/main.js into dist/bin/. */
export async function bundle() {
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
