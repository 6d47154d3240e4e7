import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const PATHS = (
  JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: { paths: Record<string, [string]> };
  }
).compilerOptions.paths;

/**
 * Compiles a program of the tests, and all of ours that it imports, to plain JavaScript that node runs as a process of
 * its own. No build has to come first.
 *
 * @param entry - path of the TypeScript file from the root of the repository
 * @returns where the program stands, and how to throw it away
 */
export function compiled(entry: string): { readonly file: string; remove(): void } {
  // Under node_modules, so that packages are found from there.
  const out = join(ROOT, 'node_modules/.cache/credence-tests', `${String(process.pid)}-${String(Date.now())}`);
  const done = new Set<string>();
  const outOf = (source: string) => join(out, relative(ROOT, source)).replace(/\.ts$/, '.js');

  const compile = (source: string): void => {
    if (done.has(source)) return;
    done.add(source);
    const { code } = transformSync(readFileSync(source, 'utf8'), {
      filename: source,
      jsc: { target: 'es2023', parser: { syntax: 'typescript', decorators: true } },
      module: { type: 'es6' },
    });
    const found: string[] = [];
    const linked = code.replace(
      /(\bfrom |\bimport |\bimport\()(['"])(@credence\/[^'"]+|\.[^'"]+)\2/g,
      (_, lead: string, quote: string, name: string) => {
        const alias = PATHS[name];
        const target =
          alias === undefined ? resolve(dirname(source), name.replace(/\.js$/, '.ts')) : resolve(ROOT, alias[0]);
        found.push(target);
        return `${lead}${quote}./${relative(dirname(outOf(source)), outOf(target))}${quote}`;
      },
    );
    const file = outOf(source);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, linked);
    found.forEach(compile);
  };

  compile(join(ROOT, entry));
  writeFileSync(join(out, 'package.json'), '{"type":"module"}');
  return {
    file: outOf(join(ROOT, entry)),
    remove: () => {
      rmSync(out, { recursive: true, force: true });
    },
  };
}
