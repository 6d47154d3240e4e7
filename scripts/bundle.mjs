/*
 * The command line in few files. A verb that only reads starts in a fraction of the time that finding some hundreds of small
 * modules takes; chunks keep what a verb does not need out of its way. What a server needs besides stays in node_modules.
 */
import { build } from 'esbuild';

const APART = [
  'better-sqlite3',
  'pdfjs-dist',
  '@nestjs/*',
  'fastify',
  '@fastify/*',
  'class-validator',
  'class-transformer',
  'reflect-metadata',
  'pino',
  'prom-client',
  '@kurrent/*',
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
  },
};

/** Bundles dist/apps/cli/src/main.js into dist/bin/. */
export async function bundle() {
  await build({
    entryPoints: {
      main: 'dist/apps/cli/src/main.js',
      // A thread begins with a file of its own.
      'extraction-worker': 'dist/libs/extraction/src/worker.js',
    },
    outdir: 'dist/bin',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: APART,
    plugins: [ours],
    // Of rxjs the form that can be shaken: a feed needs one class of it.
    alias: { rxjs: './node_modules/rxjs/dist/esm/index.js' },
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
