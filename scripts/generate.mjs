/*
 * Writes what is generated from the code, or with --check says where it differs: contracts/generated/ (JSON Schemas of the
 * events, of the dossier, openapi.json) and contracts/frozen.json (hashes of the event definitions). Runs on the built code.
 * A definition that a release has frozen and that has changed is an error either way.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';

const OUT = join('contracts', 'generated');
const checking = process.argv.includes('--check');

await build();
const built = path => import(pathToFileURL(join(process.cwd(), 'dist', path)).href);
const text = value => `${JSON.stringify(value, null, 2)}\n`;

const { brokenFreezes, definitionHashes, jsonSchemas, today } = await built('contracts/src/index.js');
const { dossierSchema } = await built('libs/exchange/src/index.js');
const { openApiDocument } = await built('apps/api/src/openapi.js');

const wanted = new Map([
  ...Object.entries(jsonSchemas()).map(([name, schema]) => [name, text(schema)]),
  ['dossier.schema.json', text(dossierSchema)],
  ['openapi.json', text(await openApiDocument())],
]);

const FROZEN = join('contracts', 'frozen.json');
const { releases } = existsSync(FROZEN) ? JSON.parse(readFileSync(FROZEN, 'utf8')) : { releases: {} };
const unreleased = definitionHashes(content => createHash('sha256').update(content).digest('hex'));
const broken = brokenFreezes({ releases }, today(unreleased));
if (broken.length > 0) {
  console.error(broken.join('\n'));
  process.exit(1);
}

const drifted = [];
const frozen = [FROZEN, text({ unreleased, releases })];
for (const [file, content] of [...Array.from(wanted, ([name, content]) => [join(OUT, name), content]), frozen]) {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) continue;
  drifted.push(file);
  if (checking) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
for (const file of filesIn(OUT)) {
  if (wanted.has(relative(OUT, file).replaceAll('\\', '/'))) continue;
  drifted.push(file);
  if (!checking) rmSync(file);
}

if (drifted.length === 0) console.log('generated files are up to date');
else if (checking) {
  console.error(`not as the code would write them (npm run generate):\n${drifted.map(file => `  ${file}`).join('\n')}`);
  process.exit(1);
} else console.log(`wrote ${drifted.length} file(s) under contracts/`);
process.exit(0);

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map(name => join(folder, name))
    .flatMap(path => (statSync(path).isDirectory() ? filesIn(path) : [path]));
}
